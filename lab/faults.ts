import type { LabFault } from './contract.ts';

interface Planned {
  id: string;
  fault: LabFault;
  /** Matching requests seen since it was added. */
  seen: number;
  struck: number;
}

/** The faults waiting to strike one box or phone. */
export interface FaultBoard {
  add(fault: LabFault): string;
  list(): Array<LabFault & { id: string; struck: number }>;
  clear(id?: string): void;
  /** The faults that strike this request; each counts as used. */
  strike(path: string): LabFault[];
  /** Whether the service closes the connection just accepted. */
  strikeConnection(): boolean;
}

export function faultBoard(): FaultBoard {
  let planned: Planned[] = [];
  let issued = 0;
  const strikeAll = (path: string, connection: boolean) =>
    planned
      .filter((entry) => (entry.fault.kind === 'offline') === connection && strikes(entry, path))
      .map((entry) => entry.fault);

  return {
    add(fault) {
      issued += 1;
      planned.push({ id: String(issued), fault, seen: 0, struck: 0 });
      return String(issued);
    },
    list: () => planned.map(({ id, fault, struck }) => ({ ...fault, id, struck })),
    clear(id) {
      planned = id === undefined ? [] : planned.filter((entry) => entry.id !== id);
    },
    strike: (path) => strikeAll(path, false),
    strikeConnection: () => strikeAll('', true).length > 0,
  };
}

function strikes(entry: Planned, path: string): boolean {
  const { match, times = 1, kind } = entry.fault;
  if (kind !== 'offline' && match?.path !== undefined && !path.includes(match.path)) return false;
  entry.seen += 1;
  if (entry.seen < (match?.nth ?? 1)) return false;
  if (times !== 0 && entry.struck >= times) return false;
  entry.struck += 1;
  return true;
}

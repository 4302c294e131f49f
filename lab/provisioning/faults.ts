import type { LabProvisioningFault, LabProvisioningFaultKind } from './contract.ts';

/** The faults that wait for a request. */
export interface FaultList {
  add(fault: LabProvisioningFault): void;
  clear(): void;
  /** The first fault that strikes this request; it counts as used. */
  strike(path: string): LabProvisioningFaultKind | undefined;
}

export function faultList(): FaultList {
  let waiting: Array<{ kind: LabProvisioningFaultKind; path: string; left: number }> = [];
  return {
    add({ kind, path = '', times = 1 }) {
      waiting.push({ kind, path, left: times === 0 ? Number.POSITIVE_INFINITY : times });
    },
    clear() {
      waiting = [];
    },
    strike(path) {
      const fault = waiting.find((one) => path.includes(one.path));
      if (fault === undefined) return undefined;
      fault.left -= 1;
      if (fault.left <= 0) waiting = waiting.filter((one) => one !== fault);
      return fault.kind;
    },
  };
}

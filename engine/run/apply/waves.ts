import type { Change } from '../../model/index.ts';
import type { Lane } from './lane.ts';
import type { PreparedWrite } from './write.ts';

/** A secret that changes on the PBX, with the phones that must be given it at once. */
export interface Chain {
  readonly lane: Lane;
  readonly rotation: PreparedWrite;
  readonly accounts: readonly { readonly lane: Lane; readonly write: PreparedWrite }[];
}

/** Writes that are under way together, all lanes at once. What follows begins when the last of them has been committed. */
export type Wave = ReadonlySet<PreparedWrite>;

/** Everything that may start at once, and the chains that come after it. */
export interface Waves {
  readonly first: Wave;
  readonly chains: readonly Chain[];
}

export function wavesOf(lanes: readonly Lane[]): Waves {
  const chains = chainsOf(lanes);
  const chained = waveOf(chains);
  const others = lanes.flatMap(({ writes }) => writes.filter((one) => !chained.has(one) && !isWaiting(one)));
  return { first: new Set(others), chains };
}

/** A delete that runs after everything else: what it waits for must work first. */
export function isWaiting({ change }: PreparedWrite): boolean {
  return change.action === 'delete' && change.after.length > 0;
}

export function waveOf(chains: readonly Chain[]): Wave {
  return new Set(
    chains.flatMap(({ rotation, accounts }) => [rotation, ...accounts.map(({ write }) => write)]),
  );
}

/** An extension without a phone of ours that is written to has nobody to cut off: no chain. */
function chainsOf(lanes: readonly Lane[]): readonly Chain[] {
  const waiting = new Map<string, { lane: Lane; write: PreparedWrite }[]>();
  for (const lane of lanes) {
    for (const write of lane.writes.filter(({ change }) => change.action !== 'delete')) {
      for (const address of write.change.after) {
        const known = waiting.get(address) ?? [];
        known.push({ lane, write });
        waiting.set(address, known);
      }
    }
  }
  return lanes.flatMap((lane) =>
    lane.writes
      .filter(({ change }) => givesAnother(change))
      .flatMap((rotation): Chain[] => {
        const accounts = waiting.get(rotation.change.address);
        return accounts === undefined ? [] : [{ lane, rotation, accounts }];
      }),
  );
}

/** Gives an extension that exists another secret, whoever asked for it. */
export function givesAnother({ kind, action, fields }: Change): boolean {
  return kind === 'extension' && action === 'update' && fields.some(({ field }) => field === 'sip');
}

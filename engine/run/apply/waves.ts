import { rotates } from '../../plan/index.ts';
import type { Lane } from './lane.ts';
import type { PreparedWrite } from './write.ts';

/** A secret that changes on the PBX, with the phones that must be given it at once. */
export interface Chain {
  readonly lane: Lane;
  readonly rotation: PreparedWrite;
  readonly accounts: readonly { readonly lane: Lane; readonly write: PreparedWrite }[];
}

/** Writes that are under way together, all lanes at once. The next wave begins when the last of them has been committed. */
export interface Wave {
  readonly writes: ReadonlySet<PreparedWrite>;
  readonly chains: readonly Chain[];
}

/** Chains under way together, once the first has worked. */
const chainsAtOnce = 10;

/** Everything but rotations first; then one chain alone, to learn whether rotating works here; then some at a time. */
export function wavesOf(lanes: readonly Lane[]): readonly Wave[] {
  const chains = chainsOf(lanes);
  const chained = new Set(chains.flatMap(writesOf));
  const others = lanes.flatMap(({ writes }) =>
    writes.filter((write) => !chained.has(write) && !isWaiting(write)),
  );
  const [canary, ...rest] = chains;
  return [
    { writes: new Set(others), chains: [] },
    ...(canary === undefined ? [] : [waveOf([canary])]),
    ...Array.from({ length: Math.ceil(rest.length / chainsAtOnce) }, (_, batch) =>
      waveOf(rest.slice(batch * chainsAtOnce, (batch + 1) * chainsAtOnce)),
    ),
  ];
}

/** A delete that runs after everything else: what it waits for must work first. */
export function isWaiting({ change }: PreparedWrite): boolean {
  return change.action === 'delete' && change.after.length > 0;
}

export function waveOf(chains: readonly Chain[]): Wave {
  return { writes: new Set(chains.flatMap(writesOf)), chains };
}

function writesOf({ rotation, accounts }: Chain): readonly PreparedWrite[] {
  return [rotation, ...accounts.map(({ write }) => write)];
}

/** An extension without a phone of ours has nobody to cut off: no chain. */
function chainsOf(lanes: readonly Lane[]): readonly Chain[] {
  const waiting = new Map<string, { lane: Lane; write: PreparedWrite }[]>();
  for (const lane of lanes) {
    for (const write of lane.writes) {
      for (const address of write.change.after) {
        if (write.change.action !== 'delete')
          waiting.set(address, [...(waiting.get(address) ?? []), { lane, write }]);
      }
    }
  }
  return lanes.flatMap((lane) =>
    lane.writes.flatMap((rotation): Chain[] => {
      const accounts = rotates(rotation.change) ? waiting.get(rotation.change.address) : undefined;
      return accounts === undefined ? [] : [{ lane, rotation, accounts }];
    }),
  );
}

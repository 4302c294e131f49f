import { AltaError, type Diagnostic, type Target, type Written } from '../../engine/model/index.ts';
import type { Reread } from '../../engine/run/apply/settle.ts';
import type { PreparedWrite } from '../../engine/run/apply/write.ts';
import type { RunContext } from '../../engine/run/contract.ts';
import type { Sessions } from '../../engine/run/targets/sessions.ts';
import type { Workspace } from '../../engine/run/workspace/workspace.ts';
import type { Alone, Free } from './alone.ts';
import { carry, failed, type Loads } from './delivery.ts';
import type { Dues } from './dues.ts';
import type { HostLeases } from './host-leases.ts';
import type { Hub } from './hub.ts';
import type { Readings } from './readings.ts';
import type { Situation } from './situation.ts';

/** One write on its way to a target. */
export interface Load {
  readonly situation: Pick<Situation, 'id' | 'target' | 'driver' | 'sight' | 'input' | 'desired'>;
  /** Null = nothing is written: only the target's own Apply is due. */
  readonly prepared: PreparedWrite | null;
  /** Immediately before the call. @throws where nothing may be sent */
  readonly announce: () => Promise<void>;
  /** Where an Apply of the target's own is written down as due. */
  readonly dues: Dues;
  /** Nothing new starts once it is aborted. */
  readonly signal: AbortSignal;
  /** Of who writes: brought up to date by what is seen afterwards. */
  readonly readings: Readings;
}

/** What became of it. */
export interface Delivered {
  readonly result: 'done' | 'failed' | 'skipped';
  /** Of a failed one. */
  readonly written: Written;
  readonly diagnostic: Diagnostic | null;
  /** Written, and the target's own Apply failed: why. */
  readonly commitFailed: Diagnostic | null;
  /** What reading showed afterwards; null where nothing was written. */
  readonly reread: Reread | null;
}

/** Writes that Terraform asks for at the same time go to a target together: one Apply of its own and one look for all of them. */
export interface Convoys {
  send(load: Load): Promise<Delivered>;
}

/** What all convoys work with. */
export interface Depot {
  readonly context: RunContext;
  readonly workspace: Workspace;
  readonly sessions: Sessions;
  readonly alone: Alone;
  readonly free: Free;
  readonly leases: HostLeases;
  readonly enter: Hub['enter'];
  /** Tells everybody but these that what they read of a target is no longer true. */
  readonly written: (target: Target, but: ReadonlySet<Readings>) => void;
}

interface Waiting {
  readonly load: Load;
  readonly resolve: (delivered: Delivered) => void;
}

/** How long the first of a convoy waits for others, ms: Terraform asks for all that it may do at once within a few. */
const gatherMs = 20;

export function createConvoys(depot: Depot): Convoys {
  const queues = new Map<string, Waiting[]>();
  const driving = new Set<string>();
  const drive = async (key: string): Promise<void> => {
    if (driving.has(key)) return;
    driving.add(key);
    for (;;) {
      await depot.context.clock.sleep(gatherMs);
      const [first, ...others] = queues.get(key)?.splice(0) ?? [];
      if (first === undefined) break;
      const more = (): boolean => (queues.get(key)?.length ?? 0) > 0;
      await deliver(depot, [first, ...others], more);
    }
    driving.delete(key);
  };
  return {
    send: (load) =>
      new Promise((resolve) => {
        const { key } = load.situation.target;
        const queue = queues.get(key) ?? [];
        queues.set(key, queue);
        queue.push({ load, resolve });
        void drive(key);
      }),
  };
}

/** Never throws: whoever waits is told what went wrong. */
async function deliver(
  depot: Depot,
  waiting: readonly [Waiting, ...Waiting[]],
  more: () => boolean,
): Promise<void> {
  const [first, ...others] = waiting;
  const loads: Loads = [first.load, ...others.map(({ load }) => load)];
  let delivered: readonly Delivered[];
  try {
    const { target } = first.load.situation;
    const { view } = await first.load.readings.of(target);
    delivered = await depot.alone(target, async () => {
      const carried = await carry(depot, loads, view);
      if (!more()) await depot.free(target, 'write');
      return carried;
    });
  } catch (error) {
    delivered = loads.map(() => failed(error, 'nothing'));
  }
  waiting.forEach(({ resolve }, at) => {
    resolve(delivered[at] ?? failed(new AltaError('internal', { message: 'a write was lost' }), 'unknown'));
  });
}

import {
  AltaError,
  type Diagnostic,
  keyOfState,
  type StateEntry,
  type Target,
  toDiagnostic,
  type Written,
} from '../../engine/model/index.ts';
import type { TargetView } from '../../engine/plan/index.ts';
import type { Lane } from '../../engine/run/apply/lane.ts';
import { type Reread, settle } from '../../engine/run/apply/settle.ts';
import type { Driver, PoweredSession } from '../../providers/contract.ts';
import type { Delivered, Depot, Load } from './convoy.ts';

/** At least one. */
export type Loads = readonly [Load, ...Load[]];

/** Writes, puts into effect, and looks. `before`: what the target is known to show. @throws AltaError where the target cannot even be entered: nothing was sent */
export async function carry(depot: Depot, loads: Loads, before: TargetView): Promise<readonly Delivered[]> {
  const [first] = loads;
  const { target, driver, sight } = first.situation;
  const session = await sessionFor(depot, target, driver);
  const lane: Lane = {
    target,
    driver,
    session,
    commit: sight.view.reading?.can.commit === true,
    commitDue: false,
    wasOpen: false,
    broken: false,
    writes: loads.flatMap(({ prepared }) => prepared ?? []),
  };
  const sent = await writeAll(lane, loads);
  const touched = sent.some(({ result, written }) => result === 'done' || written !== 'nothing');
  if (!touched) return sent;
  const commitFailed = lane.commit ? await commit(session, target) : null;
  const reread = await look(depot, lane, { loads, sent, before });
  tell(depot, loads, reread);
  return sent.map((one) =>
    one.written === 'nothing' && one.result !== 'done' ? one : { ...one, commitFailed, reread },
  );
}

/** Some targets let one user in once: whoever read there leaves first. */
async function sessionFor(
  { sessions, leases }: Depot,
  target: Target,
  driver: Driver,
): Promise<PoweredSession> {
  await sessions.leave(target, 'read');
  return sessions.open(target, driver, 'write', leases.guard(target, driver));
}

/** As many at once as the host bears, which its gate sees to. Deletes come last: what replaces something exists before that goes. */
async function writeAll(lane: Lane, loads: Loads): Promise<readonly Delivered[]> {
  const results = new Map<Load, Delivered>();
  for (const wave of [loads.filter((load) => !isDelete(load)), loads.filter(isDelete)]) {
    await Promise.all(wave.map(async (load) => results.set(load, await write(lane, load))));
  }
  return loads.map((load) => results.get(load) ?? failed(new AltaError('aborted'), 'nothing'));
}

function isDelete({ prepared }: Load): boolean {
  return prepared?.change.action === 'delete';
}

async function write({ session }: Lane, { prepared, announce, signal }: Load): Promise<Delivered> {
  if (signal.aborted) return { ...failed(new AltaError('aborted'), 'nothing'), result: 'skipped' };
  if (prepared === null) return done;
  try {
    await announce();
  } catch (error) {
    return failed(error, 'nothing');
  }
  try {
    await session.apply(prepared.write);
    return done;
  } catch (error) {
    return failed(error, error instanceof AltaError ? (error.written ?? 'unknown') : 'unknown');
  }
}

const done: Delivered = {
  result: 'done',
  written: 'something',
  diagnostic: null,
  commitFailed: null,
  reread: null,
};

export function failed(error: unknown, written: Written): Delivered {
  return { result: 'failed', written, diagnostic: toDiagnostic(error), commitFailed: null, reread: null };
}

async function commit(session: PoweredSession, { address }: Target): Promise<Diagnostic | null> {
  try {
    await session.commit?.();
    return null;
  } catch (error) {
    return toDiagnostic(error, { address });
  }
}

/** Whoever wrote knows what is there now; whoever else has read there must read anew. */
function tell({ written }: Depot, [{ readings, situation }, ...others]: Loads, { view }: Reread): void {
  const seen = view.status === 'read';
  if (seen) readings.replace(view);
  else readings.drop(situation.target);
  written(situation.target, new Set(seen ? [readings] : []));
  for (const other of others) if (other.readings !== readings) other.readings.drop(situation.target);
}

interface Sent {
  readonly loads: Loads;
  readonly sent: readonly Delivered[];
  readonly before: TargetView;
}

/** Reads again what was written, until it shows or the driver's settle time is over. */
async function look(depot: Depot, lane: Lane, { loads, sent, before }: Sent): Promise<Reread> {
  const happened = loads.filter((_, at) => sent[at]?.result === 'done');
  const resources = happened.flatMap(({ prepared }): [string, StateEntry][] => {
    const after = prepared?.pending.after ?? null;
    const at = new Date(depot.context.clock.now()).toISOString();
    return prepared === null || after === null
      ? []
      : [[keyOfState(prepared.change), { ...after, appliedAt: at }]];
  });
  const [{ situation }] = loads;
  const { input } = situation;
  return settle(depot.context, depot.workspace, {
    lane,
    written: happened.flatMap(({ prepared }) => prepared?.change ?? []),
    keys: [...new Set(loads.map((load) => load.situation.desired.key))],
    before: () => before,
    input: {
      ...input,
      desired: loads.flatMap((load) => (isDelete(load) ? [] : [load.situation.desired])),
      state: { ...input.state, resources: Object.fromEntries(resources), outstanding: {} },
    },
  });
}

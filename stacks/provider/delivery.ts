import {
  AltaError,
  type Diagnostic,
  keyOfState,
  type StateEntry,
  type Target,
  toDiagnostic,
  type Written,
  warningDiagnostic,
} from '../../engine/model/index.ts';
import type { TargetView } from '../../engine/plan/index.ts';
import type { Lane } from '../../engine/run/apply/lane.ts';
import { type Reread, settle } from '../../engine/run/apply/settle.ts';
import type { PoweredSession } from '../../providers/contract.ts';
import type { Delivered, Depot, Load } from './convoy.ts';

/** At least one. */
export type Loads = readonly [Load, ...Load[]];

/**
 * Writes, puts into effect, and looks. `before`: what the target is known to show.
 * @throws AltaError where the target cannot even be entered: nothing was sent
 */
export async function carry(depot: Depot, loads: Loads, before: TargetView): Promise<readonly Delivered[]> {
  const [first] = loads;
  const { target, driver, sight } = first.situation;
  const session = await sessionFor(depot, first);
  const lane: Lane = {
    target,
    driver,
    session,
    commit: sight.view.reading?.can.commit === true,
    commitDue: false,
    wasOpen: first.dues.pending(target),
    broken: false,
    writes: loads.flatMap(({ prepared }) => prepared ?? []),
  };
  try {
    return await carried(depot, lane, loads, before);
  } catch (error) {
    return loads.map(() => failed(error, 'unknown'));
  }
}

async function carried(
  depot: Depot,
  lane: Lane,
  loads: Loads,
  before: TargetView,
): Promise<readonly Delivered[]> {
  const sent = await writeAll(lane, loads);
  const touched = sent.some(({ result, written }) => result === 'done' || written !== 'nothing');
  const { dues } = loads[0];
  if (!touched) {
    if (lane.commit && !lane.wasOpen) dues.done(lane.target);
    return sent;
  }
  const commitFailed = lane.commit ? await commit(lane.session, lane.target) : null;
  if (lane.commit && commitFailed === null) dues.done(lane.target);
  const reread = await look(depot, lane, { loads, sent, before });
  tell(depot, loads, reread);
  return sent.map((one) =>
    one.written === 'nothing' && one.result !== 'done' ? one : { ...one, commitFailed, reread },
  );
}

/** Some targets let one user in once: whoever read there leaves first. */
async function sessionFor({ sessions, leases, enter }: Depot, { situation, signal }: Load) {
  const { target } = situation;
  await leases.hold(situation, signal).catch((cause) => {
    if (cause instanceof AltaError) throw cause;
    throw new AltaError('aborted', { host: target.host, operation: 'apply' }, { written: 'nothing', cause });
  });
  await sessions.leave(target, 'read');
  return enter(situation);
}

/**
 * As many at once as the host bears, which its gate sees to. Deletes come last, and only where all else went well: what replaces something
 * exists before that goes.
 */
async function writeAll(lane: Lane, loads: Loads): Promise<readonly Delivered[]> {
  const results = new Map<Load, Delivered>();
  const send = (load: Load) => write(lane, load).then((delivered) => results.set(load, delivered));
  await Promise.all(loads.filter((load) => !isDelete(load)).map(send));
  const broken = [...results.values()].some(({ result }) => result !== 'done');
  const put = { written: 'nothing', result: 'skipped' } as const;
  for (const load of broken ? loads.filter(isDelete) : []) {
    const waits = warningDiagnostic('deletes-wait', { target: lane.target.address });
    results.set(load, { ...done, ...put, diagnostic: { ...waits, severity: 'error' } });
  }
  await Promise.all(loads.filter((load) => !results.has(load)).map(send));
  return loads.map((load) => results.get(load) ?? stopped(load));
}

function isDelete({ prepared }: Load): boolean {
  return prepared?.change.action === 'delete';
}

function stopped({ situation: { target }, prepared }: Load): Delivered {
  const operation = prepared?.change.action ?? 'apply';
  return {
    ...failed(new AltaError('aborted', { host: target.host, operation }), 'nothing'),
    result: 'skipped',
  };
}

async function write({ session, commit: commits, target }: Lane, load: Load): Promise<Delivered> {
  const { prepared, announce, signal, dues, situation } = load;
  if (signal.aborted) return stopped(load);
  if (prepared === null) return done;
  try {
    await announce();
    if (commits) await dues.expect(target, [situation.id]);
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

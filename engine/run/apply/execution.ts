import type { Change, ClientPlan } from '../../model/index.ts';
import { resolveReferences } from '../../plan/index.ts';
import { type Carried, type ClientRun, isoNow } from './client-run.ts';
import { completed, filledIn, latestOf } from './complete.ts';
import type { Execution, Lane, Outcome } from './lane.ts';
import { unregistered } from './registered.ts';
import { notSeen, type Rereader } from './reread.ts';
import type { Reread } from './settle.ts';

/** What the lanes of one client share while they write. */
export function executionOf(run: ClientRun, lanes: readonly Lane[], rereads: Rereader): Execution {
  const { context, hold, tally, plan } = run;
  const latest = latestOf(run, lanes, rereads);
  const silent: Execution['unregistered'] = (lane, keys) => unregistered(context, lane, keys);
  return {
    writer: hold.writer,
    now: () => isoNow(context),
    stop: context.stop,
    stepDone: (change) => tally.step(change.address),
    unmet: unmetBy(plan, lanes),
    notSeen: async (lane, written, proven) => {
      const reread = await rereads(lane, written);
      const unseen = notSeen(reread, written);
      const underWay = [...reread.waiting.map(({ address }) => address), ...untold(reread, written)];
      if (!proven) return [...unseen, ...underWay];
      const accounts = written.filter(
        ({ change }) => change.kind === 'account' && change.action !== 'delete',
      );
      const deaf = await silent(
        lane,
        accounts.map(({ change }) => change.key),
      );
      const missing = accounts.filter(({ change }) => deaf.includes(change.key));
      return [...unseen, ...underWay, ...missing.map(({ change }) => change.address)];
    },
    complete: (prepared, doneOn) => completed(run, latest, prepared, doneOn),
    unregistered: silent,
    inUse: (lane, change) => (run.acceptOutage ? Promise.resolve(false) : isInUse(lane, change)),
  };
}

/** Only the PBX's own word holds a deletion back: what it cannot say is no evidence. */
async function isInUse({ session }: Lane, { action, key, vacates }: Change): Promise<boolean> {
  if (action !== 'delete' || vacates === undefined || session.registrations === undefined) return false;
  const [found] = await session.registrations([key]);
  return found?.status === 'registered';
}

/** Nothing tells whether the device has fetched what was written: not proven in this run. */
function untold({ view }: Reread, written: readonly Outcome[]): readonly string[] {
  const { reading } = view;
  const unknown = new Set(
    (reading?.resources ?? []).filter(({ delivery }) => delivery === 'unknown').map(({ key }) => key),
  );
  const gone = reading?.delivery === 'unknown';
  const doubtful = written.filter(
    ({ change }) =>
      change.kind === 'account' && (unknown.has(change.key) || (gone && change.action === 'delete')),
  );
  return doubtful.map(({ change }) => change.address);
}

/** The run as it is known after the writes: what the plan called known after apply has its value. */
export function nowKnown(run: ClientRun, { rereads }: Carried): ClientRun {
  const { input } = run.gathered;
  const views = input.views.map((view) => {
    const again = rereads.get(view.target.address)?.view;
    return again?.status === 'read' ? again : view;
  });
  const desired = resolveReferences(input.desired, views, input.state);
  const byAddress = new Map(desired.map((one) => [one.address, one]));
  const changes = run.plan.changes.map((change) => {
    const one = byAddress.get(change.address);
    return one === undefined || !change.fields.some(({ unknown }) => unknown)
      ? change
      : filledIn(change, one);
  });
  const gathered = { ...run.gathered, input: { ...input, desired } };
  return { ...run, gathered, plan: { ...run.plan, changes } };
}

/** Changes of the plan that no lane carries out: what waits for them must not go ahead. */
function unmetBy(plan: ClientPlan, lanes: readonly Lane[]): ReadonlySet<string> {
  const written = new Set(lanes.flatMap((lane) => lane.writes.map((write) => write.change.address)));
  const due = plan.changes.filter(({ action }) => action !== 'record' && action !== 'forget');
  return new Set(due.map(({ address }) => address).filter((address) => !written.has(address)));
}

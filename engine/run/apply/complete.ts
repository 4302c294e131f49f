import {
  AltaError,
  type Change,
  type Desired,
  keyOfState,
  originOf,
  type Secret,
  type Target,
  targetOf,
} from '../../model/index.ts';
import { resolveReferences, type TargetView } from '../../plan/index.ts';
import { type Known, knownOf } from '../targets/known.ts';
import type { ClientRun } from './client-run.ts';
import type { DoneOn, Lane } from './lane.ts';
import type { Rereader } from './reread.ts';
import { type PreparedWrite, prepareWrite } from './write.ts';

/** What the other targets say by now: read again where something was written there. */
export interface Latest {
  /** The desired resource with everything filled in that is known by now. */
  desired(address: string, doneOn: DoneOn): Promise<Desired | null>;
  /** The secret of an extension as its PBX shows it now; held in memory only. */
  secret(extension: string, doneOn: DoneOn): Promise<Secret | null>;
  /** A target by its address. */
  target(address: string): Target | undefined;
  /** What was there before this run, indexed once for all that is completed. */
  readonly known: Known;
}

/** Views of the PBXs are taken from `rereads`, so that a hundred phones cost their PBX one look. */
export function latestOf(run: ClientRun, lanes: readonly Lane[], rereads: Rereader): Latest {
  const { input } = run.gathered;
  const known = knownOf(input);
  const views = new Map(input.views.map((view) => [view.target.address, view]));
  const laneOf = new Map(lanes.map((lane) => [lane.target.address, lane]));
  const untouched = new Map<string, Promise<Secret | null>>();
  const viewNow = async (target: string, doneOn: DoneOn): Promise<TargetView | undefined> => {
    const lane = laneOf.get(target);
    const done = doneOn(target);
    if (lane !== undefined && done.length > 0) return (await rereads(lane, done)).view;
    return views.get(target);
  };
  const secretNow = async (extension: string, doneOn: DoneOn): Promise<Secret | null> => {
    const target = targetOf(extension);
    const lane = laneOf.get(target);
    const done = doneOn(target);
    const key = extension.slice(extension.lastIndexOf(':') + 1);
    if (lane !== undefined && done.some(({ change }) => change.address === extension)) {
      return shownIn((await rereads(lane, done)).reading, key);
    }
    const read = untouched.get(extension) ?? readSecret(run, views.get(target), key);
    untouched.set(extension, read);
    return read;
  };
  return {
    desired: async (address, doneOn) => {
      const one = known.desired(address);
      if (one === null) return null;
      const [on = ''] = one.dependsOn;
      const referent = known.desired(on);
      const seen = [await viewNow(targetOf(on), doneOn), views.get(targetOf(address))];
      const resolved = resolveReferences(
        [one, ...(referent === null ? [] : [referent])],
        seen.flatMap((view) => view ?? []),
        input.state,
      );
      return resolved[0] ?? null;
    },
    secret: secretNow,
    target: (address) => views.get(address)?.target,
    known,
  };
}

async function readSecret(run: ClientRun, view: TargetView | undefined, key: string): Promise<Secret | null> {
  const driver = view === undefined ? null : run.workspace.drivers.get(view.target.driver);
  if (view === undefined || view.status !== 'read' || driver === null || driver === undefined) return null;
  const session = await run.sessions.open(view.target, driver, 'write');
  return shownIn(await session.read({ kinds: ['extension'], keys: [key] }), key);
}

function shownIn(reading: Awaited<ReturnType<Lane['session']['read']>> | null, key: string): Secret | null {
  const found = reading?.resources.find((one) => one.kind === 'extension' && one.key === key);
  return found?.secrets.sip ?? null;
}

/**
 * A write with everything filled in that other targets had to say first.
 * @throws AltaError `reference-unknown`, `secret-not-shown`: nothing was sent
 */
export async function completed(
  run: ClientRun,
  latest: Latest,
  { change }: PreparedWrite,
  doneOn: DoneOn,
): Promise<PreparedWrite> {
  const desired = await latest.desired(change.address, doneOn);
  const whole = desired === null ? change : filledIn(change, desired);
  const open = whole.fields.find((field) => field.unknown);
  const on = desired?.dependsOn[0] ?? '';
  if (open !== undefined) {
    throw new AltaError(
      'reference-unknown',
      { address: change.address, field: open.field, on },
      { written: 'nothing' },
    );
  }
  const target = latest.target(change.target);
  if (target === undefined) throw new AltaError('internal', { message: `no target ${change.target}` });
  const { input } = run.gathered;
  const sources = {
    desired,
    actual: latest.known.actual(change.target, change.kind, change.key),
    entry: input.state.resources[keyOfState(change)] ?? null,
    scope: input.client,
    origin: originOf(target),
    given: await givenSecrets(whole, desired, latest, doneOn),
  };
  return prepareWrite(whole, sources, run.workspace.vault);
}

async function givenSecrets(
  change: Change,
  desired: Desired | null,
  latest: Latest,
  doneOn: DoneOn,
): Promise<Record<string, Secret>> {
  const wanted = change.fields.filter(
    ({ field, sensitive }) => sensitive && desired?.secrets[field]?.source === 'pbx',
  );
  const on = desired?.dependsOn[0] ?? '';
  const found = wanted.map(async ({ field }) => {
    const secret = await latest.secret(on, doneOn);
    if (secret === null) {
      throw new AltaError('secret-not-shown', { address: change.address, on }, { written: 'nothing' });
    }
    return [field, secret] as const;
  });
  return Object.fromEntries(await Promise.all(found));
}

/** The change with its unknown fields known, and the markers of what it sends as they are now. */
export function filledIn(change: Change, { values, secrets }: Desired): Change {
  const fields = change.fields.map((field) => {
    const after = field.unknown ? (values[field.field] ?? null) : null;
    return after === null ? field : { ...field, after, unknown: false };
  });
  const revs = Object.keys(change.revs).map((field) => [field, secrets[field]?.marker ?? null]);
  return { ...change, fields, revs: Object.fromEntries(revs) };
}

import { type Change, type Diagnostic, errorDiagnostic, type StateEntry } from '../../engine/model/index.ts';
import { desiredDigest, nextState } from '../../engine/plan/index.ts';
import type { PreparedWrite } from '../../engine/run/apply/write.ts';
import type { ApplyAnswer, Remark, ValueObject } from '../plugin/contract.ts';
import type { ResourceShape } from '../schema/resource.ts';
import type { Delivered } from './convoy.ts';
import type { Instance } from './instance.ts';
import { afterPlan, decodeMemory, encodeMemory, type Memory, nothingKnown } from './memory.ts';
import { remarkOf } from './remark.ts';
import { provenSecrets } from './secrets.ts';
import { shownState, withoutUnknowns } from './shown.ts';
import { type Situation, shownSecret } from './situation.ts';

/** What apply was asked to do, with everything known now. */
export interface Task {
  readonly instance: Instance;
  readonly shape: ResourceShape;
  readonly prior: ValueObject | null;
  readonly planned: ValueObject;
  readonly memory: Memory;
  readonly situation: Situation;
}

/** Nothing is to be written: what is there becomes ours, or is called otherwise, or is what was asked for already. */
export async function recorded(task: Task, change: Change | null): Promise<ApplyAnswer> {
  const { instance, situation } = task;
  const { id, desired, entry, actual, input } = situation;
  const proven = await provenSecrets(instance, situation);
  const ended = change === null ? [] : [{ change, desired, entry, actual, result: 'recorded' as const }];
  const now = new Date(instance.hub.context.clock.now()).toISOString();
  const next = nextState(input.state, ended, { now, commit: null, targets: {}, proven: { [id]: proven } });
  return answered(task, next.resources[id] ?? entry, actual, []);
}

/** It was written, and this is what there is to say of it. */
export async function written(
  task: Task,
  prepared: PreparedWrite | null,
  delivered: Delivered,
): Promise<ApplyAnswer> {
  const { situation, instance } = task;
  const { desired, target } = situation;
  const { reread, commitFailed } = delivered;
  const actual = seenAfter(situation, delivered);
  const after = prepared?.pending.after ?? null;
  const at = new Date(instance.hub.context.clock.now()).toISOString();
  const entry = after === null ? situation.entry : { ...after, appliedAt: at };
  const { address } = desired;
  const open = reread?.remaining.find((one) => one.address === address);
  const lost = reread === null || reread.view.status !== 'read';
  const problems: Diagnostic[] = [
    ...(commitFailed === null
      ? []
      : [errorDiagnostic('provider-commit-open', { address, target: target.address }), commitFailed]),
    ...(open === undefined && !lost
      ? []
      : [errorDiagnostic('provider-unconfirmed', { address, fields: fieldsOf(open) })]),
  ];
  const answer = await answered(task, entry, actual, problems);
  const half = task.prior === null && problems.length > 0;
  return remembering(answer, {
    ...(commitFailed === null ? {} : { commitOpen: true }),
    ...(half ? { halfMade: true } : {}),
  });
}

function fieldsOf(change: Change | undefined): string {
  return change === undefined ? '*' : change.fields.map(({ field }) => field).join(', ');
}

function remembering(answer: ApplyAnswer, more: Partial<Memory>): ApplyAnswer {
  const memory = decodeMemory(answer.private ?? null) ?? nothingKnown;
  return { ...answer, private: encodeMemory({ ...memory, ...more }) };
}

function seenAfter({ desired, actual }: Situation, { reread }: Delivered) {
  const resources = reread?.view.reading?.resources;
  if (resources === undefined) return actual;
  return resources.find(({ kind, key }) => kind === desired.kind && key === desired.key) ?? null;
}

/** It was not written, as far as anybody knows: what there was stays what it was. */
export function failed(task: Task, delivered: Delivered): ApplyAnswer {
  const { instance, prior, situation, memory } = task;
  if (delivered.written === 'nothing') instance.claims.settle(situation.id);
  return { state: prior, private: encodeMemory(afterPlan(memory)), remarks: [whyFailed(task, delivered)] };
}

/** A create that was not carried through, and that is ours all the same: it is kept, so that it is not lost. */
export function halfMade(task: Task, delivered: Delivered): ApplyAnswer {
  const { actual, entry } = task.situation;
  const remarks = [whyFailed(task, delivered)];
  return { state: stateOf(task, actual), private: encodeMemory({ entry, halfMade: true }), remarks };
}

function whyFailed({ instance, shape, situation }: Task, { diagnostic }: Delivered): Remark {
  const why = diagnostic ?? errorDiagnostic('aborted', {});
  return remarkOf({ ...why, address: situation.desired.address }, instance.lang, shape);
}

async function answered(
  task: Task,
  entry: StateEntry | null,
  actual: Situation['actual'],
  problems: readonly Diagnostic[],
): Promise<ApplyAnswer> {
  const { instance, shape, situation } = task;
  const { address, dependsOn } = situation.desired;
  const [extension] = dependsOn;
  if (task.prior === null) instance.made.add(situation.id);
  const follows = extension === undefined ? null : await shownSecret(instance, extension);
  const remarks: readonly Remark[] = problems.map((one) =>
    remarkOf({ address, ...one }, instance.lang, shape),
  );
  return {
    state: stateOf(task, actual),
    private: encodeMemory({ entry, ...(follows === null ? {} : { follows }) }),
    remarks,
  };
}

function stateOf({ shape, planned, situation }: Task, actual: Situation['actual']): ValueObject {
  const { desired, sight } = situation;
  const can = sight.view.reading?.can ?? { hiddenFields: {}, guidedFields: {} };
  const shown =
    actual === null
      ? planned
      : shownState(shape, planned, { actual, can, normal: desired.values, everything: false });
  return { ...withoutUnknowns(shape, planned, shown), applied_digest: desiredDigest(desired) };
}

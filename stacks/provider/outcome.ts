import { type Change, type Diagnostic, errorDiagnostic, type StateEntry } from '../../engine/model/index.ts';
import { nextState } from '../../engine/plan/index.ts';
import type { PreparedWrite } from '../../engine/run/apply/write.ts';
import type { ApplyAnswer, Remark, ValueObject } from '../plugin/contract.ts';
import type { ResourceShape } from '../schema/resource.ts';
import type { Delivered } from './convoy.ts';
import type { Instance } from './instance.ts';
import { afterPlan, encodeMemory, type Memory } from './memory.ts';
import { remarkOf } from './remark.ts';
import { provenSecrets } from './secrets.ts';
import { appliedState } from './shown.ts';
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
  return answered(task, { entry: next.resources[id] ?? entry, actual, problems: [] });
}

/** It was written, and this is what there is to say of it. */
export async function written(
  task: Task,
  prepared: PreparedWrite | null,
  delivered: Delivered,
): Promise<ApplyAnswer> {
  const { situation, instance } = task;
  const { desired } = situation;
  const { reread } = delivered;
  const after = prepared?.pending.after ?? null;
  const at = new Date(instance.hub.context.clock.now()).toISOString();
  const open = reread?.remaining.find(({ address }) => address === desired.address);
  const lost = reread === null || reread.view.status !== 'read';
  const unconfirmed = errorDiagnostic('provider-unconfirmed', {
    address: desired.address,
    fields: fieldsOf(open),
  });
  return answered(task, {
    entry: after === null ? situation.entry : { ...after, appliedAt: at },
    actual: seenAfter(situation, delivered),
    problems: [
      ...commitProblems(situation, delivered),
      ...(open === undefined && !lost ? [] : [unconfirmed]),
    ],
    commitOpen: delivered.commitFailed !== null,
    again: open?.fields.flatMap(({ field, sensitive }) => (sensitive ? [field] : [])) ?? [],
  });
}

function fieldsOf(change: Change | undefined): string {
  return change === undefined ? '*' : change.fields.map(({ field }) => field).join(', ');
}

function commitProblems({ desired, target }: Situation, { commitFailed }: Delivered): readonly Diagnostic[] {
  if (commitFailed === null) return [];
  const params = { address: desired.address, target: target.address };
  return [errorDiagnostic('provider-commit-open', params), commitFailed];
}

function seenAfter({ desired, actual }: Situation, { reread }: Delivered) {
  const resources = reread?.view.reading?.resources;
  if (resources === undefined) return actual;
  return resources.find(({ kind, key }) => kind === desired.kind && key === desired.key) ?? null;
}

/** It was not written, as far as anybody knows: what there was stays what it was. */
export function failed(
  { instance, shape, prior, situation, memory }: Task,
  delivered: Delivered,
): ApplyAnswer {
  const { address } = situation.desired;
  const { host } = situation.target;
  const why = delivered.diagnostic ?? errorDiagnostic('aborted', { host, operation: 'apply' });
  const problems = [why, ...commitProblems(situation, delivered)];
  const open = delivered.commitFailed === null ? {} : { commitOpen: true as const };
  return {
    state: prior,
    private: encodeMemory({ ...afterPlan(memory), ...open }),
    remarks: problems.map((one) => remarkOf({ ...one, address }, instance.lang, shape)),
  };
}

/** What an apply came to. */
interface Come {
  readonly entry: StateEntry | null;
  readonly actual: Situation['actual'];
  readonly problems: readonly Diagnostic[];
  readonly commitOpen?: boolean;
  /** Secret fields that were seen to be others than the last written ones: a plan may not be shown them. */
  readonly again?: readonly string[];
}

/**
 * A create with a problem does not enter Terraform's state: Terraform would call it tainted, and destroy it one day although it is the very
 * thing that it then has. Its claim says that it is ours, and the next plan carries it through.
 */
async function answered(
  task: Task,
  { entry, actual, problems, commitOpen, again = [] }: Come,
): Promise<ApplyAnswer> {
  const { instance, shape, situation, prior, planned } = task;
  const { desired, id, sight } = situation;
  const { address } = desired;
  const remarks: readonly Remark[] = problems.map((one) =>
    remarkOf({ address, ...one }, instance.lang, shape),
  );
  if (prior === null && problems.length > 0) return { state: null, remarks };
  if (prior === null) instance.made.add(id);
  const [extension] = desired.dependsOn;
  const follows = extension === undefined ? null : await shownSecret(instance, extension);
  const serial = sight.view.reading?.identity.serial;
  const memory: Memory = {
    entry,
    ...(serial === undefined ? {} : { serial }),
    ...(follows === null ? {} : { follows }),
    ...(commitOpen === true ? { commitOpen } : {}),
    ...(again.length === 0 ? {} : { again }),
  };
  const can = sight.view.reading?.can ?? { hiddenFields: {}, guidedFields: {} };
  return {
    state: appliedState(shape, planned, { actual, can, desired }),
    private: encodeMemory(memory),
    remarks,
  };
}

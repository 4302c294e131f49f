import { warningDiagnostic } from '../../engine/model/index.ts';
import { isRemoteChange } from '../../engine/plan/index.ts';
import type { ApplyAnswer, ValueObject } from '../plugin/contract.ts';
import type { Delivered } from './convoy.ts';
import { nothingKnown } from './memory.ts';
import { failed, recorded, type Task } from './outcome.ts';
import { remarkOf } from './remark.ts';
import { situate } from './situation.ts';

/**
 * A write that was not answered as it should be. What a create left is ours only where reading proves it, as after a crash: a colleague may
 * have made the same number in that moment, and what is in Terraform's state is what it may destroy. Where a second plan has nothing to add,
 * it was done; else the next plan goes on from there.
 */
export async function doubtful(task: Task, config: ValueObject, delivered: Delivered): Promise<ApplyAnswer> {
  const { instance, shape, prior } = task;
  const unseen = delivered.reread?.view.status !== 'read' || delivered.commitFailed !== null;
  if (prior !== null || unseen) return failed(task, delivered);
  const situation = await situate(instance, shape, config, nothingKnown);
  const { actual, entry, change, desired } = situation;
  if (actual === null || entry === null || (change !== null && isRemoteChange(change)))
    return failed(task, delivered);
  const answer = await recorded({ ...task, situation }, change);
  const { address } = desired;
  const params = { address, reason: delivered.diagnostic?.code ?? 'aborted' };
  const lost = remarkOf(warningDiagnostic('provider-answer-lost', params, { address }), instance.lang, shape);
  return { ...answer, remarks: [...(answer.remarks ?? []), lost] };
}

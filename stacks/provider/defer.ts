import { type Diagnostic, warningDiagnostic } from '../../engine/model/index.ts';
import { isForLater } from '../../engine/run/apply/step.ts';
import { awayCodes } from '../../engine/run/targets/read.ts';
import type { ApplyAnswer, PlanAnswer, Value, ValueObject } from '../plugin/contract.ts';
import type { ResourceShape } from '../schema/resource.ts';
import type { Delivered } from './convoy.ts';
import { afterPlan, encodeMemory, type Memory } from './memory.ts';
import type { Task } from './outcome.ts';
import { withDigest } from './planned.ts';
import { remarkOf } from './remark.ts';
import { withoutUnknowns } from './shown.ts';
import { type Situation, unreadable } from './situation.ts';

/** A device that is often away is away now: its changes wait for it instead of failing. */
export function isAway({ sight }: Pick<Situation, 'sight'>): boolean {
  return unreadable(sight)?.severity === 'warning';
}

/** Nothing was written, and it is worth while to try again later. */
export function waits({ target }: Situation, { written, diagnostic }: Delivered): boolean {
  if (written !== 'nothing' || diagnostic === null) return false;
  return isForLater(diagnostic.code) || (target.presence === 'sometimes' && awayCodes.has(diagnostic.code));
}

/** What is not reachable is no change: it stays as Terraform has it, as far as Terraform lets it. */
export function deferredPlan(
  shape: ResourceShape,
  { prior, config }: { readonly prior: ValueObject; readonly config: ValueObject },
  memory: Memory,
): Pick<PlanAnswer, 'planned' | 'private'> {
  const kept = Object.entries(shape.schema.attributes).map(([attribute, { computed }]): [string, Value] => {
    const before = prior[attribute] ?? null;
    const given = config[attribute] ?? null;
    const label = attribute === 'target' || attribute === shape.keyAttribute;
    const stays = before !== null && !label && (given !== null || computed === true);
    return [attribute, stays ? before : given];
  });
  return { planned: withDigest(Object.fromEntries(kept), prior, false), private: encodeMemory(memory) };
}

/** Terraform holds what shall be; the next plan that reaches the device has it as a change. */
export function deferredAnswer({ instance, shape, planned, memory, situation }: Task): ApplyAnswer {
  const { applied_digest: digest = null } = planned;
  const bare = { ...planned, applied_digest: typeof digest === 'symbol' ? 'deferred' : digest };
  return {
    state: withoutUnknowns(shape, bare, {}),
    private: encodeMemory({ ...afterPlan(memory), deferred: true }),
    remarks: [remarkOf(deferral(situation), instance.lang, shape)],
  };
}

export function deferral({
  desired: { address },
  target,
}: Pick<Situation, 'desired' | 'target'>): Diagnostic {
  return warningDiagnostic('provider-deferred', { address, target: target.address }, { address });
}

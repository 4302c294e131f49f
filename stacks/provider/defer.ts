import { type Diagnostic, warningDiagnostic } from '../../engine/model/index.ts';
import { isForLater } from '../../engine/run/apply/step.ts';
import { awayCodes } from '../../engine/run/targets/read.ts';
import type { ApplyAnswer, PlanAnswer, Value, ValueObject } from '../plugin/contract.ts';
import type { ResourceShape } from '../schema/resource.ts';
import type { Delivered } from './convoy.ts';
import { afterPlan, encodeMemory, type Memory } from './memory.ts';
import type { Task } from './outcome.ts';
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
  const kept = Object.keys(shape.schema.attributes).map((attribute): [string, Value] => {
    const before = prior[attribute] ?? null;
    const given = config[attribute] ?? null;
    return [
      attribute,
      before !== null && attribute !== shape.keyAttribute && attribute !== 'target' ? before : given,
    ];
  });
  return { planned: { ...Object.fromEntries(kept), id: prior.id ?? null }, private: encodeMemory(memory) };
}

/** Terraform holds what shall be; the next plan that reaches the device has it as a change. */
export function deferredAnswer({ instance, shape, planned, memory, situation }: Task): ApplyAnswer {
  const bare = { ...planned, applied_digest: 'deferred' };
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

import {
  AltaError,
  type Diagnostic,
  errorDiagnostic,
  type StateEntry,
  stateKey,
  warningDiagnostic,
} from '../../engine/model/index.ts';
import { beforeOf } from '../../engine/plan/index.ts';
import type { PlanAnswer, PlanRequest, ValueObject } from '../plugin/contract.ts';
import type { ResourceShape } from '../schema/resource.ts';
import { deletion } from './deletion.ts';
import { keyIn } from './desired.ts';
import { type Instance, type Place, placeOfKnown } from './instance.ts';
import { encodeMemory, type Memory, remembered } from './memory.ts';
import { deletionForm } from './panel.ts';
import type { Sight } from './readings.ts';
import { remarkOf } from './remark.ts';

/** A deletion of what is there now: an apply refuses it where it has changed by then. */
export async function planDestroy(
  instance: Instance,
  shape: ResourceShape,
  { prior, priorPrivate }: PlanRequest,
): Promise<PlanAnswer> {
  if (prior === null) return { planned: null, private: priorPrivate };
  const memory = remembered(shape, prior, priorPrivate);
  const address = `${String(prior.target)}/${shape.kind}:${keyIn(shape, prior) ?? '?'}`;
  const refused = (problem: Diagnostic): PlanAnswer => ({
    planned: null,
    remarks: [remarkOf(problem, instance.lang, shape)],
  });
  if (isProtected(prior, memory.entry))
    return refused(errorDiagnostic('provider-protected', { address }, { address }));
  const look = await seenNow(instance, shape, { prior, memory, address });
  if (look === null) return { planned: null, private: priorPrivate };
  const { id, sight, target, driver, key } = look;
  if (!goes(instance, id)) return refused(errorDiagnostic('provider-both-ways', { address }, { address }));
  const rests: Memory = { ...memory, before: beforeOf(sight.find(shape.kind, key)), about: id };
  const byHand = sight.view.reading?.can.guidedActions[shape.kind]?.includes('delete') === true;
  const form = byHand ? deletionForm(deletion(shape.kind, key, target), { target, driver }) : '';
  const told = byHand ? [warningDiagnostic('provider-person-first', { address, form }, { address })] : [];
  return {
    planned: null,
    private: encodeMemory(rests),
    remarks: told.map((one) => remarkOf(one, instance.lang, shape)),
  };
}

/** Whether nothing else of this plan takes it over. What this very run made or took over is not deleted at all: see `made`. */
function goes({ planned, made }: Instance, id: string): boolean {
  if (made.has(id)) return true;
  if (planned.get(id) === 'taken') return false;
  planned.set(id, 'destroyed');
  return true;
}

interface Doomed {
  readonly prior: ValueObject;
  readonly memory: Memory;
  readonly address: string;
}

interface Look extends Place {
  readonly id: string;
  readonly key: string;
  readonly sight: Sight;
}

/** Null where it cannot be seen: an apply says why, and deletes nothing. */
async function seenNow(
  instance: Instance,
  shape: ResourceShape,
  { prior, memory, address }: Doomed,
): Promise<Look | null> {
  try {
    const place = await placeOfKnown(instance, prior, memory, address);
    if (place === null) return null;
    const sight = await instance.readings.of(place.target);
    const key = keyIn(shape, prior) ?? '';
    return sight.view.reading === null
      ? null
      : { ...place, sight, key, id: stateKey(place.target.key, shape.kind, key) };
  } catch (error) {
    if (error instanceof AltaError) return null;
    throw error;
  }
}

export function isProtected(state: ValueObject, entry: StateEntry | null): boolean {
  return state.protect === true || entry?.protect === true;
}

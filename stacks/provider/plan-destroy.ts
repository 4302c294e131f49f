import { AltaError, errorDiagnostic, type StateEntry } from '../../engine/model/index.ts';
import { beforeOf } from '../../engine/plan/index.ts';
import type { PlanAnswer, PlanRequest, ValueObject } from '../plugin/contract.ts';
import type { ResourceShape } from '../schema/resource.ts';
import { keyIn } from './desired.ts';
import { type Instance, placeOfKnown } from './instance.ts';
import { decodeMemory, encodeMemory, nothingKnown } from './memory.ts';
import { remarkOf } from './remark.ts';

/** A deletion of what is there now: an apply refuses it where it has changed by then. */
export async function planDestroy(
  instance: Instance,
  shape: ResourceShape,
  { prior, priorPrivate }: PlanRequest,
): Promise<PlanAnswer> {
  const memory = decodeMemory(priorPrivate) ?? nothingKnown;
  if (prior === null) return { planned: null, private: priorPrivate };
  const address = `${String(prior.target)}/${shape.kind}:${keyIn(shape, prior) ?? '?'}`;
  if (isProtected(prior, memory.entry)) {
    const problem = errorDiagnostic('provider-protected', { address }, { address });
    return { planned: null, remarks: [remarkOf(problem, instance.lang, shape)] };
  }
  const before = await beforeNow(instance, shape, prior, address);
  return { planned: null, private: before === null ? priorPrivate : encodeMemory({ ...memory, before }) };
}

/** Null where it cannot be seen: an apply says why, and deletes nothing. */
async function beforeNow(
  instance: Instance,
  shape: ResourceShape,
  prior: ValueObject,
  address: string,
): Promise<string | null> {
  try {
    const { target } = placeOfKnown(instance, prior, address);
    const { view, find } = await instance.readings.of(target);
    return view.reading === null ? null : beforeOf(find(shape.kind, keyIn(shape, prior) ?? ''));
  } catch (error) {
    if (error instanceof AltaError) return null;
    throw error;
  }
}

export function isProtected(state: ValueObject, entry: StateEntry | null): boolean {
  return state.protect === true || entry?.protect === true;
}

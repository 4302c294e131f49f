import {
  type ActualView,
  AltaError,
  type Scalar,
  stateKey,
  warningDiagnostic,
} from '../../engine/model/index.ts';
import { beforeOf } from '../../engine/plan/index.ts';
import type { ReadAnswer, ReadRequest, Remark, ValueObject } from '../plugin/contract.ts';
import type { ResourceShape } from '../schema/resource.ts';
import { keyIn, valuesIn } from './desired.ts';
import { emptied } from './emptied.ts';
import { leaderChanged } from './follow.ts';
import { type Instance, type Place, placeOfKnown } from './instance.ts';
import { afterPlan, encodeMemory, type Memory, remembered } from './memory.ts';
import type { Sight } from './readings.ts';
import { remarkOf, remarkOfError } from './remark.ts';
import { shownState } from './shown.ts';
import { unreadable } from './situation.ts';

/** What the target has of a resource now, out of one bulk reading of the target. */
export async function readResource(
  instance: Instance,
  shape: ResourceShape,
  request: ReadRequest,
): Promise<ReadAnswer> {
  const { state } = request;
  const key = keyIn(shape, state) ?? '';
  const address = `${String(state.target)}/${shape.kind}:${key}`;
  try {
    const memory = remembered(shape, state, request.private);
    const place = await placeOfKnown(instance, state, memory, address);
    if (place === null) return orphaned(instance, state, address);
    const sight = await instance.readings.of(place.target);
    const why = unreadable(sight);
    if (why !== null) return unchanged(request, [remarkOf({ address, ...why }, instance.lang, shape)]);
    const look: Look = { ...place, sight, key, address, memory };
    const actual = sight.find(shape.kind, key);
    return actual === null
      ? gone(instance, shape, request, look)
      : await seen(instance, shape, request, { ...look, actual });
  } catch (error) {
    if (!(error instanceof AltaError)) throw error;
    return unchanged(request, [remarkOfError(error, instance.lang, address, shape)]);
  }
}

interface Look extends Place {
  readonly sight: Sight;
  readonly key: string;
  readonly address: string;
  readonly memory: Memory;
}

function unchanged({ state, private: bytes }: ReadRequest, remarks: readonly Remark[]): ReadAnswer {
  return { state, private: bytes, remarks };
}

/** As the embedded engine does: what is on a target that nobody declares can be neither read nor written, and is let go. */
function orphaned({ lang }: Instance, { id }: ValueObject, address: string): ReadAnswer {
  const was = typeof id === 'string' ? id.slice(0, id.lastIndexOf('#')) : '?';
  return {
    state: null,
    remarks: [remarkOf(warningDiagnostic('provider-orphan', { address, was }, { address }), lang)],
  };
}

async function seen(
  instance: Instance,
  shape: ResourceShape,
  { state }: ReadRequest,
  { target, driver, sight, key, actual, memory }: Look & { readonly actual: ActualView },
): Promise<ReadAnswer> {
  const id = stateKey(target.key, shape.kind, key);
  if (memory.entry !== null) instance.claims.settle(id);
  const can = sight.view.reading?.can ?? { hiddenFields: {}, guidedFields: {} };
  const shown = shownState(shape, state, {
    actual,
    can,
    normal: normalValues(shape, state, { target, driver }),
    everything: memory.imported === true && memory.entry === null,
  });
  const serial = sight.view.reading?.identity.serial;
  const again = [...new Set([...(memory.again ?? []), ...(await leaderChanged(instance, state, memory))])];
  const rests: Memory = {
    ...afterPlan(memory),
    ...(serial === undefined ? {} : { serial }),
    ...(again.length === 0 ? {} : { again }),
    before: beforeOf(actual),
    about: id,
  };
  return { state: { ...shown, id }, private: encodeMemory(rests) };
}

/** What was to be imported, was never seen and is declared is wanted whether it is there or not: it stays in the state, and the plan creates it. */
function gone(
  instance: Instance,
  shape: ResourceShape,
  request: ReadRequest,
  { sight, address, memory }: Look,
): ReadAnswer {
  const { lang, compiled } = instance;
  const problem = emptied(instance, sight, memory, address);
  if (problem !== null) return unchanged(request, [remarkOf(problem, lang, shape)]);
  const unseen = memory.imported === true && memory.before === undefined;
  const wanted = unseen && compiled.desired.some((one) => one.address === address);
  if (!wanted) return { state: null };
  const absent = remarkOf(warningDiagnostic('provider-import-absent', { address }, { address }), lang, shape);
  return { state: request.state, private: encodeMemory({ entry: null, imported: true }), remarks: [absent] };
}

/** The values of a state in the form that reading gives back. */
export function normalValues(
  shape: ResourceShape,
  state: ValueObject,
  { target, driver }: Place,
): Readonly<Record<string, Scalar>> {
  const key = keyIn(shape, state) ?? '';
  const address = `${target.address}/${shape.kind}:${key}`;
  const values = { ...(shape.kind === 'extension' ? { number: key } : {}), ...valuesIn(shape, state) };
  const origin = { filename: '', path: [] };
  const bare = { address, kind: shape.kind, key, values, secrets: {}, references: {}, dependsOn: [], origin };
  return driver.normalise({ ...bare, protect: false, adopt: 'no' }, target).values;
}

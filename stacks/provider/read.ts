import {
  AltaError,
  errorDiagnostic,
  type Scalar,
  stateKey,
  warningDiagnostic,
} from '../../engine/model/index.ts';
import { beforeOf } from '../../engine/plan/index.ts';
import type { ReadAnswer, ReadRequest, ValueObject } from '../plugin/contract.ts';
import type { ResourceShape } from '../schema/resource.ts';
import { keyIn, valuesIn } from './desired.ts';
import { type Instance, type Place, placeOfKnown } from './instance.ts';
import { decodeMemory, encodeMemory, nothingKnown } from './memory.ts';
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
    const place = placeOfKnown(instance, state, address);
    const sight = await instance.readings.of(place.target);
    return seen(instance, shape, request, { ...place, sight, key, address });
  } catch (error) {
    if (!(error instanceof AltaError)) throw error;
    return {
      state,
      private: request.private,
      remarks: [remarkOfError(error, instance.lang, address, shape)],
    };
  }
}

interface Look extends Place {
  readonly sight: Sight;
  readonly key: string;
  readonly address: string;
}

function seen(
  instance: Instance,
  shape: ResourceShape,
  { state, private: bytes }: ReadRequest,
  { target, driver, sight, key, address }: Look,
): ReadAnswer {
  const { lang, claims } = instance;
  const why = unreadable(sight);
  if (why !== null) {
    return { state, private: bytes, remarks: [remarkOf({ address, ...why }, lang, shape)] };
  }
  const memory = decodeMemory(bytes) ?? nothingKnown;
  const id = stateKey(target.key, shape.kind, key);
  const actual = sight.find(shape.kind, key);
  if (memory.entry !== null && memory.halfMade !== true) claims.settle(id);
  if (actual === null)
    return gone(instance, shape, { state, private: bytes }, { target, driver, sight, key, address });
  const can = sight.view.reading?.can ?? { hiddenFields: {}, guidedFields: {} };
  const shown = shownState(shape, state, {
    actual,
    can,
    normal: normalValues(shape, state, { target, driver }),
    everything: memory.imported === true && memory.entry === null,
  });
  const rests = { before: beforeOf(actual), about: id };
  return { state: { ...shown, id }, private: encodeMemory({ ...memory, ...rests }) };
}

/**
 * A PBX without any extension is a reset box, another tenant or a narrow key more often than a clean sweep. What was to be imported and is
 * declared is wanted whether it is there or not: it stays in the state, and the plan creates it.
 */
function gone(
  { lang, recreate, compiled }: Instance,
  shape: ResourceShape,
  { state, private: bytes }: ReadRequest,
  { target, sight, address }: Look,
): ReadAnswer {
  const memory = decodeMemory(bytes) ?? nothingKnown;
  const emptied = target.kind === 'pbx' && (sight.view.reading?.resources.length ?? 0) === 0;
  if (emptied && !recreate && memory.entry !== null) {
    const problem = errorDiagnostic('provider-all-gone', { target: target.address, address }, { address });
    return { state, private: bytes, remarks: [remarkOf(problem, lang, shape)] };
  }
  const wanted = memory.imported === true && compiled.desired.some((one) => one.address === address);
  if (!wanted) return { state: null };
  const absent = warningDiagnostic('provider-import-absent', { address }, { address });
  return {
    state,
    private: encodeMemory({ entry: null, imported: true }),
    remarks: [remarkOf(absent, lang, shape)],
  };
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

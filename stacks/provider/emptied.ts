import { type Diagnostic, errorDiagnostic, targetOf } from '../../engine/model/index.ts';
import type { Instance } from './instance.ts';
import type { Memory } from './memory.ts';
import type { Sight } from './readings.ts';

/**
 * A PBX that shows none of the extensions that are declared there is a reset box, another tenant or a narrow key more often than a clean
 * sweep: what was ours and is gone is not created again without consent. Null where that is given, or where something of ours is left.
 */
export function emptied(
  { compiled, recreate }: Pick<Instance, 'compiled' | 'recreate'>,
  { view, find }: Sight,
  { entry }: Pick<Memory, 'entry'>,
  address: string,
): Diagnostic | null {
  const { target, reading } = view;
  if (target.kind !== 'pbx' || reading === null || recreate || entry === null) return null;
  const declared = compiled.desired.filter((one) => targetOf(one.address) === target.address);
  if (declared.some(({ kind, key }) => find(kind, key) !== null)) return null;
  return errorDiagnostic('provider-all-gone', { target: target.address, address }, { address });
}

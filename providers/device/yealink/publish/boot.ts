import { Secret, type Target } from '../../../../engine/model/index.ts';
import type { SessionContext } from '../../../contract.ts';
import type { StoreFiles } from '../../../transport/store.ts';
import { declaredModel } from '../firmware.ts';
import { asksForBoot, type CfgGeneration } from '../generation.ts';
import { commonFileOf } from '../models.ts';
import { bootFile, extendedBoot, includeOf, includesFile, includesOf } from './dialect.ts';

/** Asked for by every phone that has no boot file of its own. [vendor-docs] */
const COMMON_BOOT = 'y000000000000.boot';

/**
 * Sees to it that a phone of V81 or later comes to its own file. With a boot file of its own it fetches nothing else, so that one names
 * first what the phone fetched so far: what the common boot file names, or else the common file of its model. `overwrite_mode` is not
 * taken over. Where common files lie there and the model does not tell which is this phone's, no boot file is made: without one the
 * phone fetches common file and own file by itself. [vendor-docs]
 */
export async function ensureBoot(
  store: StoreFiles,
  mac: string,
  generation: CfgGeneration,
  target: Target,
  log: SessionContext['log'],
): Promise<void> {
  if (!asksForBoot(generation)) return;
  const name = `${mac}.boot`;
  const own = await store.read(name);
  if (own !== null) {
    if (!includesFile(own.text, mac)) await store.write(name, extendedBoot(own.text, mac));
    return;
  }
  const includes = await commonIncludes(store, mac, target);
  if (includes === null) log('boot-left-out', { target: target.address, kind: 'model-unknown' });
  else await store.write(name, bootFile(includes, mac));
}

/** Null where it is not known which of the common files is this phone's. */
async function commonIncludes(
  store: StoreFiles,
  mac: string,
  target: Target,
): Promise<readonly Secret[] | null> {
  const common = await store.read(COMMON_BOOT);
  // One that names each phone's own file by a variable: that comes last here anyway.
  if (common !== null) return includesOf(common.text).filter((line) => !includesFile(line, mac));
  const shared = (await store.list()).filter((name) => /^y\d{12}\.cfg$/.test(name));
  if (shared.length === 0) return [];
  const model = declaredModel(target);
  if (model === null) return null;
  const file = commonFileOf(model);
  return shared.includes(file) ? [new Secret(includeOf(file))] : [];
}

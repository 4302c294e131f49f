import { Secret, type Target } from '../../../../engine/model/index.ts';
import type { SessionContext } from '../../../contract.ts';
import type { StoredFile, StoreFiles } from '../../../transport/store.ts';
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
  const name = bootOf(mac);
  const own = await store.read(name);
  if (own !== null) {
    const named = includesFile(own.text, mac);
    if (!named || own.aside) await store.write(name, named ? own.text : extendedBoot(own.text, mac));
    return;
  }
  const includes = await commonIncludes(store, mac, target);
  if (includes === null) log('boot-left-out', { target: target.address, kind: 'model-unknown' });
  else await store.write(name, bootFile(includes, mac));
}

/**
 * Whether a phone comes to its own file: that is named by its boot file, by the common one where it has none of its own, or there is no
 * boot file at all. [vendor-docs]
 */
export async function leadsToFile(
  store: StoreFiles,
  mac: string,
  generation: CfgGeneration,
): Promise<boolean> {
  if (!asksForBoot(generation)) return true;
  const boot = (await served(store, bootOf(mac))) ?? (await served(store, COMMON_BOOT));
  return boot === null || includesFile(boot.text, mac);
}

/** A file as phones get it: one that lies aside they do not. */
async function served(store: StoreFiles, name: string): Promise<StoredFile | null> {
  const file = await store.read(name);
  return file?.aside ? null : file;
}

/** `805ec0000001.boot` */
function bootOf(mac: string): string {
  return `${mac}.boot`;
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

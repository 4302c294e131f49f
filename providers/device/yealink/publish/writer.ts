import { AltaError, type Target } from '../../../../engine/model/index.ts';
import type { SessionContext, Write } from '../../../contract.ts';
import { refuseOther, refuseReadOnly } from '../../../identity.ts';
import { inWrite } from '../../../transport/refusal.ts';
import type { StoredFile, StoreFiles } from '../../../transport/store.ts';
import { type Cfg, readCfg } from '../cfg.ts';
import { accountsOf, resetOf, settingsOf } from '../dialect.ts';
import { declaredModel } from '../firmware.ts';
import type { CfgGeneration } from '../generation.ts';
import { ensureBoot } from './boot.ts';
import { editFile, isMade, markOf } from './dialect.ts';
import { untoldLines } from './view.ts';

/** Everything a write needs, gathered once. */
export interface Desk {
  readonly target: Target;
  readonly context: SessionContext;
  readonly store: StoreFiles;
  /** 12 lower-case hex digits. */
  readonly mac: string;
  readonly generation: CfgGeneration;
  /** The lines that the phone itself showed last; null where it was not asked. */
  readonly lines: () => ReadonlySet<string> | null;
}

/**
 * Puts one write into the phone's file: read, changed and written as a whole, since all accounts of the phone live in it. Its boot file
 * comes first, where it needs one: whoever is cut off in between has changed nothing that a plan counts as done.
 * @throws with `written`: of the boot file where that failed, else of the phone's file
 */
export async function perform(write: Write, desk: Desk): Promise<void> {
  const { store, mac, generation, target, context } = desk;
  refuseReadOnly(write.action, write.address, target, context);
  const before = <T>(work: () => Promise<T>) => beforeWriting(work, write.address);
  const file = await before(() => store.read(fileOf(mac)));
  refuseCopied(file, target);
  const now = context.clock.now();
  const version = (file === null ? 0 : (markOf(file.text)?.version ?? 0)) + 1;
  const present = await before(async () => readFile(file, mac));
  refuseOverwriting(write, present, desk);
  const settings = withResets(settingsOf(write, generation), present, desk);
  const next = editFile(file?.text ?? null, settings, { version, at: now, mac });
  await before(() => ensureBoot(store, mac, generation, target, context.log));
  await store.write(fileOf(mac), next);
}

/** `805ec0000001.cfg` */
export function fileOf(mac: string): string {
  return `${mac}.cfg`;
}

/** The settings of the phone's file; none without one. @throws `settings-unreadable` */
export function readFile(file: StoredFile | null, mac: string): Cfg {
  return file === null ? [] : readCfg(file.text, fileOf(mac));
}

/** A phone that is ours alone: the lines of which nothing was said yet are switched off. */
function withResets(settings: Cfg, present: Cfg, { target, generation }: Desk): Cfg {
  const accounts = declaredModel(target)?.accounts ?? null;
  if (target.options.exclusive !== true || accounts === null) return settings;
  const lines = untoldLines([...present, ...settings], accounts);
  const named = new Set(settings.map(({ key }) => key));
  const resets = lines.flatMap((line) => resetOf(line, generation)).filter(({ key }) => !named.has(key));
  return [...settings, ...resets];
}

/** A file that we wrote for another phone was copied here by somebody: nobody knows what it is. @throws `wrong-identity` */
function refuseCopied(file: StoredFile | null, target: Target): void {
  const mark = file === null ? null : markOf(file.text);
  if (mark !== null) refuseOther({ mac: mark.mac }, target);
}

/**
 * A create never takes over what somebody else put on that line of the file. Where the phone itself was seen without that line, what is left in
 * the file is nobody's.
 */
function refuseOverwriting(write: Write, present: Cfg, { generation, target, lines, mac }: Desk): void {
  if (write.action !== 'create') return;
  const found = accountsOf(present, generation).find(({ key }) => key === write.key);
  if (found === undefined || isMade(found, write) || lines()?.has(write.key) === false) return;
  const params = {
    host: target.host,
    object: write.address,
    evidence: `line ${write.key} of ${fileOf(mac)}`,
  };
  throw new AltaError('already-exists', params, { address: write.address, written: 'nothing' });
}

/** Reading that fails has written nothing; a write says itself how far it came. */
async function beforeWriting<T>(work: () => Promise<T>, address: string): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw inWrite(error, 'nothing', address);
  }
}

import {
  AltaError,
  type Code,
  type Publication,
  type Target,
  warningDiagnostic,
} from '../../../../engine/model/index.ts';
import type { PoweredSession, Reading, SessionContext } from '../../../contract.ts';
import { type AccessLog, openStore, type StoreFiles } from '../../../transport/store.ts';
import { declaredGeneration, modelNameOf } from '../firmware.ts';
import type { CfgGeneration } from '../generation.ts';
import { fetchedSince } from './delivery.ts';
import { markOf } from './dialect.ts';
import { type Phone, phoneOf } from './phone.ts';
import { tellPhone } from './trigger.ts';
import { accountsSeen } from './view.ts';
import { type Desk, fileOf, perform, readFile } from './writer.ts';

/**
 * The session of a phone that fetches its settings: reads and writes its file in the store, looks at the phone itself where it can be
 * asked, and tells it to fetch where that was asked for: once, after the last write, when the session next reads or closes.
 * @throws `firmware-required`, and the codes of {@link openStore}
 */
export async function openPublishing(target: Target, context: SessionContext): Promise<PoweredSession> {
  const publication = publicationOf(target);
  const mac = macOf(target);
  const generation = generationFor(target);
  const store = await openStore(publication.store, context);
  const phone = phoneOf(target, context);
  const told: Told = { untold: false, wrote: false, failed: null, lines: null };
  const desk: Desk = { target, context, store, mac, generation, lines: () => told.lines };
  const tell = () => tellOnce(told, () => tellPhone(target, publication, mac, generation, context));
  return {
    read: async () => {
      await tell();
      return read(desk, phone, told);
    },
    apply: async (write) => {
      try {
        await perform(write, desk);
      } catch (error) {
        if (!(error instanceof AltaError) || error.written !== 'nothing') noteWrite(told);
        throw error;
      }
      noteWrite(told);
      return {};
    },
    ready: async () => {
      readFile(await store.read(fileOf(mac)), mac);
    },
    ...(phone === null ? {} : { registrations: phone.registrations }),
    close: closer(store, phone, context, tell),
  };
}

/** What this session has done to the file, and what it heard from the phone. */
interface Told {
  /** Written since the phone was last told. */
  untold: boolean;
  wrote: boolean;
  /** Why it could not be told to fetch; null where it could. */
  failed: Code | null;
  /** Lines that it showed at the last reading; null where it was not asked. */
  lines: ReadonlySet<string> | null;
}

function noteWrite(told: Told): void {
  told.untold = true;
  told.wrote = true;
}

async function tellOnce(told: Told, tell: () => Promise<Code | null>): Promise<void> {
  // A refused login is not tried again.
  if (!told.untold || told.failed === 'wrong-credentials') return;
  told.untold = false;
  told.failed = await tell();
}

async function read(desk: Desk, phone: Phone | null, told: Told): Promise<Reading> {
  const { store, mac, generation, target } = desk;
  const file = await store.read(fileOf(mac));
  const cfg = readFile(file, mac);
  const log = file === null ? null : await logOf(store, desk);
  const fetched = file === null ? 'fetched' : fetchedSince(log, mac, file.modifiedAt);
  const shown = (await phone?.read()) ?? null;
  told.lines = shown && new Set(shown.resources.map(({ key }) => key));
  const seen = { cfg, generation, fetched, justWritten: told.wrote, phone: shown?.resources ?? null };
  const owner = file === null ? mac : (markOf(file.text)?.mac ?? mac);
  return {
    edition: shown?.edition ?? editionOf(target, generation),
    identity: owner === mac ? { mac, ...shown?.identity } : { mac: owner },
    can: {
      guidedActions: {},
      guidedFields: {},
      hiddenFields: hiddenIn(shown),
      commit: false,
      resets: ['account'],
    },
    resources: accountsSeen(seen),
    ...(shown === null && fetched !== 'fetched' ? { delivery: fetched } : {}),
    ...untoldOf(told, target),
  };
}

/** The phone fetches later by itself, if at all: a person should know why it was not told. */
function untoldOf({ failed }: Told, { address, publication }: Target): Pick<Reading, 'diagnostics'> {
  if (failed === null) return {};
  const params = { target: address, trigger: publication?.trigger ?? 'none', kind: failed };
  return { diagnostics: [warningDiagnostic('trigger-failed', params, { address })] };
}

/** The file shows passwords; a phone does not. */
function hiddenIn(shown: Reading | null): Reading['can']['hiddenFields'] {
  return shown === null ? {} : { account: ['password'] };
}

/** A log that may not be read proves nothing, and stops nothing. */
async function logOf(store: StoreFiles, { context, target }: Desk): Promise<AccessLog | null> {
  try {
    return await store.readLog();
  } catch (error) {
    const known = error instanceof AltaError && ['forbidden', 'store-file'].includes(error.code);
    if (!known) throw error;
    context.log('log-unreadable', { target: target.address, code: error.code });
    return null;
  }
}

/** `T46U, cfg V83` */
function editionOf(target: Target, generation: CfgGeneration): string {
  const model = modelNameOf(target) ?? 'unknown model';
  return `${model}, cfg ${generation.toUpperCase()}`;
}

/** Tells the phone what is untold, unless the run is over, and lets everything go. */
function closer(
  store: StoreFiles,
  phone: Phone | null,
  { signal }: SessionContext,
  tell: () => Promise<void>,
): () => Promise<void> {
  let closing: Promise<void> | undefined;
  const leave = async () => {
    if (!signal.aborted) await tell().catch(() => {});
    await phone?.close().catch(() => {});
    await store.close();
  };
  return () => {
    closing ??= leave();
    return closing;
  };
}

function publicationOf({ publication }: Target): Publication {
  if (publication === undefined) throw new TypeError('a phone without a store came to be published');
  return publication;
}

function macOf({ identity }: Target): string {
  const { mac = '' } = identity;
  if (!/^[0-9a-f]{12}$/.test(mac)) throw new TypeError('a phone without MAC passed validation');
  return mac;
}

function generationFor(target: Target): CfgGeneration {
  const generation = declaredGeneration(target);
  if (generation !== null) return generation;
  const params = { target: target.address, model: modelNameOf(target) ?? '?', field: 'firmware' };
  throw new AltaError('firmware-required', params, { address: target.address });
}

import { AltaError, type Publication, type Target } from '../../../../engine/model/index.ts';
import type { PoweredSession, Reading, SessionContext } from '../../../contract.ts';
import { type AccessLog, openStore, type StoredFile, type StoreFiles } from '../../../transport/store.ts';
import { declaredGeneration, modelNameOf } from '../firmware.ts';
import type { CfgGeneration } from '../generation.ts';
import { leadsToFile } from './boot.ts';
import { type Fetched, fetchedSince } from './delivery.ts';
import { markOf } from './dialect.ts';
import { type Phone, phoneOf } from './phone.ts';
import { noteWrite, nothingTold, type Told, tellAtLast, tellOfWrites, untoldOf } from './told.ts';
import { tellPhone } from './trigger.ts';
import { accountsSeen, deliveryOf, isBehind, type Sight } from './view.ts';
import { type Desk, fileOf, perform, readFile } from './writer.ts';

/**
 * The session of a phone that fetches its settings: reads and writes its file in the store, looks at the phone itself where it can be
 * asked, and tells it to fetch where that was asked for: once, after the last write, when the session next reads or closes. A session for
 * writing also tells a phone that lacks what an earlier run wrote, once, when it closes.
 * @throws `firmware-required`, and the codes of {@link openStore}
 */
export async function openPublishing(target: Target, context: SessionContext): Promise<PoweredSession> {
  const publication = publicationOf(target);
  const mac = macOf(target);
  const generation = generationFor(target);
  const store = await openStore(publication.store, context);
  const phone = phoneOf(target, context);
  const told = nothingTold();
  const desk: Desk = { target, context, store, mac, generation, lines: () => told.lines };
  const tell = () => tellPhone(target, publication, mac, generation, context);
  return {
    read: async () => {
      await tellOfWrites(told, tell);
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
    close: closer(store, phone, context, () => tellAtLast(told, tell)),
  };
}

async function read(desk: Desk, phone: Phone | null, told: Told): Promise<Reading> {
  const { store, mac, generation, target, context } = desk;
  told.overdue = false;
  const file = await store.read(fileOf(mac));
  const cfg = readFile(file, mac);
  const log = file === null ? null : await logOf(store, desk);
  const fetched = file === null ? 'fetched' : fetchedSince(log, mac, file.modifiedAt);
  const stranded = await isStranded(file, fetched, desk);
  const shown = (await phone?.read()) ?? null;
  told.lines = shown && new Set(shown.resources.map(({ key }) => key));
  const seen: Sight = {
    cfg,
    generation,
    fetched,
    phone: shown?.resources ?? null,
    justWritten: told.wrote,
    stranded,
  };
  const owner = ownerOf(file);
  const identity = owner === null || owner === mac ? { mac, ...shown?.identity } : { mac: owner };
  told.overdue = context.purpose === 'write' && owner === mac && identity.mac === mac && isOverdue(seen);
  const delivery = deliveryOf(seen);
  return {
    edition: shown?.edition ?? editionOf(target, generation),
    identity,
    can: {
      guidedActions: {},
      guidedFields: {},
      hiddenFields: hiddenIn(shown),
      commit: false,
      resets: ['account'],
    },
    resources: accountsSeen(seen),
    ...(delivery === undefined ? {} : { delivery }),
    ...untoldOf(told, target),
  };
}

/** Telling a phone does not help where it cannot come to its file. */
function isOverdue(seen: Sight): boolean {
  return !seen.stranded && isBehind(seen);
}

/** The phone whose file we wrote; null where we never wrote it. */
function ownerOf(file: StoredFile | null): string | null {
  return file === null ? null : (markOf(file.text)?.mac ?? null);
}

/** Whether our file lies where its phone never looks. A proven fetch, and a file that others keep, say no. */
async function isStranded(file: StoredFile | null, fetched: Fetched, desk: Desk): Promise<boolean> {
  if (file?.aside) return true;
  if (fetched === 'fetched' || ownerOf(file) !== desk.mac) return false;
  return !(await leadsToFile(desk.store, desk.mac, desk.generation));
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

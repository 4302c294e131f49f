import { AltaError, reveal, Secret, type Store } from '../../engine/model/index.ts';
import type { SessionContext } from '../contract.ts';
import { DEFAULT_TIMEOUT_MS, type Errand, orAborted, startDeadline } from './deadline.ts';
import { openDirectory } from './store-directory.ts';
import { type AccessLog, readLogs } from './store-log.ts';
import { type Place, PlaceError, type Stage } from './store-place.ts';
import { openSftp } from './store-sftp.ts';

export type { AccessLog } from './store-log.ts';

/** What the transport needs of a session to open a store. */
export type StoreContext = Pick<SessionContext, 'root' | 'signal' | 'gate' | 'clock' | 'log' | 'store'>;

/** A file of a store. */
export interface StoredFile {
  /** UTF-8, exactly as it lies there, a byte order mark included. */
  readonly text: Secret;
  /** Wall clock of the machine where it lies, ms since the epoch; whole seconds over SFTP. */
  readonly modifiedAt: number;
  /** A write of it was cut off: the server has it under another name, and nobody can fetch it until it is written again. */
  readonly aside?: true;
}

/**
 * The files of a store. Names are `[A-Za-z0-9._-]+`; no symbolic link is followed. Everything throws `unreachable` and the `ssh-…` codes,
 * `forbidden`, `store-unusable` (the folder), `store-file` (one file), `timeout`, `aborted`.
 */
export interface StoreFiles {
  /** Null only where the folder is there and the file is not. */
  read(name: string): Promise<StoredFile | null>;
  /** Regular files with a name that could be read. */
  list(): Promise<readonly string[]>;
  /**
   * Replaces the whole file, or makes it, with mode 0640. Its errors say what was `written`: `nothing`; `something` where a server
   * cannot replace a file in one step and the old one now lies {@link StoredFile.aside}; `unknown` where the answer was lost.
   */
  write(name: string, content: Secret): Promise<void>;
  /** The end of the declared access log and of the one that was rotated away last; null where none is declared or there. */
  readLog(): Promise<AccessLog | null>;
  /** Never throws; safe to call twice. */
  close(): Promise<void>;
}

/** Opens a store and sees that its folder is there. */
export async function openStore(store: Store, context: StoreContext): Promise<StoreFiles> {
  const { place: where } = store;
  const open = async (signal: AbortSignal): Promise<Place> => {
    const opened =
      'sftp' in where
        ? await openSftp(where.sftp, where.path, context.store, `store:${store.name}`)
        : await openDirectory(where.directory, context.root);
    // Nobody waits for it any more.
    if (signal.aborted) opened.close();
    return opened;
  };
  const place = await inTurn(store, context, 'open', '.', open);
  let closed = false;
  const ask = <T>(operation: string, name: string, work: (signal: AbortSignal) => Promise<T>) => {
    checkName(store, operation, name);
    return inTurn(store, context, operation, name, work);
  };
  return {
    read: async (name) => {
      const found = await ask('read', name, (signal) => place.read(name, signal));
      if (found === null) return null;
      const { bytes, ...facts } = found;
      return { text: textOf(store, name, bytes), ...facts };
    },
    list: async () => {
      const names = await inTurn(store, context, 'list', '.', (signal) => place.list(signal));
      return names.filter((name) => isName(name)).sort();
    },
    write: async (name, content) => {
      checkName(store, 'write', name);
      await writeInTurn(store, context, name, (stage, signal) =>
        place.write(name, Buffer.from(reveal(content), 'utf8'), stage, signal),
      );
    },
    readLog: async () => {
      const { log } = store;
      if (log === undefined) return null;
      return inTurn(store, context, 'read-log', 'log', (signal) => readLogs(place, log, signal));
    },
    close: async () => {
      if (!closed) place.close();
      closed = true;
    },
  };
}

async function inTurn<T>(
  store: Store,
  context: StoreContext,
  operation: string,
  name: string,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  try {
    return await context.gate.read(() => timed(store, context, operation, name, work), context.signal);
  } catch (error) {
    throw failureOf(error, store, context, operation, name);
  }
}

async function writeInTurn(
  store: Store,
  context: StoreContext,
  name: string,
  work: (stage: Stage, signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const stage: Stage = { written: 'nothing' };
  const send = () => timed(store, context, 'write', name, (signal) => work(stage, signal));
  try {
    await context.gate.write(send, context.signal, DEFAULT_TIMEOUT_MS);
  } catch (error) {
    const failure = failureOf(error, store, context, 'write', name);
    if (!(failure instanceof AltaError)) throw failure;
    throw new AltaError(failure.code, failure.params, { ...failure.facts, written: stage.written });
  }
}

/** One deadline over one piece of work, and a log line of it. */
async function timed<T>(
  store: Store,
  context: StoreContext,
  operation: string,
  name: string,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const deadline = startDeadline(DEFAULT_TIMEOUT_MS, [context.signal], errandOf(store, operation));
  const started = context.clock.elapsed();
  try {
    const result = await orAborted(work(deadline.signal), deadline.signal);
    const ms = Math.round(context.clock.elapsed() - started);
    context.log('store', { store: store.name, operation, file: name, ms });
    return result;
  } finally {
    deadline.end();
  }
}

function errandOf(store: Store, operation: string): Errand {
  return { host: `store:${store.name}`, operation: `store/${operation}` };
}

const denied: ReadonlySet<string> = new Set(['EACCES', 'EPERM', 'EROFS', 'permission-denied']);

/** Missing, forbidden and unreachable are three answers. */
function failureOf(
  error: unknown,
  store: Store,
  { signal }: StoreContext,
  operation: string,
  name: string,
): unknown {
  const errand = errandOf(store, operation);
  if (error instanceof PlaceError) {
    const { kind, folder } = error;
    if (kind === 'lost') return new AltaError('unreachable', { ...errand, kind });
    if (denied.has(kind)) return new AltaError('forbidden', { ...errand, evidence: `${name}, ${kind}` });
    return folder
      ? new AltaError('store-unusable', { store: store.name, kind })
      : new AltaError('store-file', { store: store.name, file: name, operation, kind });
  }
  if (error instanceof AltaError)
    return new AltaError(error.code, { ...errand, ...error.params }, error.facts);
  return error === signal.reason ? new AltaError('aborted', { ...errand }) : error;
}

function isName(name: string): boolean {
  return /^[A-Za-z0-9._-]{1,128}$/.test(name) && !/^\.+$/.test(name);
}

function checkName(store: Store, operation: string, name: string): void {
  if (isName(name)) return;
  const params = { store: store.name, file: '?', operation, kind: 'name' };
  throw new AltaError('store-file', params, operation === 'write' ? { written: 'nothing' } : {});
}

/** Letters that are guessed would come back as differences. */
function textOf(store: Store, name: string, bytes: Buffer): Secret {
  try {
    return new Secret(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes));
  } catch {
    const params = { store: store.name, file: name, operation: 'read', kind: 'not-utf-8' };
    throw new AltaError('store-file', params);
  }
}

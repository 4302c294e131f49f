import type { Duplex } from 'node:stream';
import type { ParsedKey } from 'ssh2';
import { AltaError, canonicalJson, type Secret, type Via } from '../../engine/model/index.ts';
import { type Errand, orAborted } from './deadline.ts';
import { createSlots, type Slots } from './slots.ts';
import { nameOf, openSsh, type SshConnection } from './ssh-connection.ts';
import type { ExecAnswer } from './ssh-exec.ts';
import { type HostKeys, readHostKeys, readPrivateKey } from './ssh-keys.ts';

/**
 * How to log in to bastions. Make one object for each run: targets that are opened with the same object and the same `via`
 * share one connection, and a refusal by the bastion is remembered for it.
 */
export interface SshAccess {
  /** Text of a private key, OpenSSH or PEM. */
  readonly key: Secret;
  readonly passphrase?: Secret;
  /** Channels open at once on one bastion; default 8. */
  readonly channels?: number;
}

/** A seat at a bastion. */
export interface Bastion {
  /**
   * A stream to a host behind the bastion. Waits for a free channel. Throws `unreachable`, the `ssh-…` codes, or the
   * signal's reason.
   */
  channel(hostname: string, port: number, errand: Errand, signal: AbortSignal): Promise<Duplex>;
  /**
   * Runs one command on the bastion itself, in its login shell: `command` must be fixed text, or be put together from parts that no shell
   * sees a meaning in. Waits for a free channel; takes as long as `signal` lets it. Throws `forbidden` where it runs no commands,
   * `answer-too-large`, the `ssh-…` codes, or the signal's reason.
   */
  exec(command: string, errand: Errand, signal: AbortSignal): Promise<ExecAnswer>;
  /** Whether somebody waits for a channel. */
  isCrowded(): boolean;
  /** Gives the seat up. The connection ends a little after the last one left. Safe to call twice. */
  leave(): void;
}

interface Shared {
  readonly via: Via;
  readonly key: ParsedKey;
  readonly hostKeys: HostKeys;
  readonly slots: Slots;
  /** What each user does to give up channels it does not need. */
  readonly seats: Set<() => void>;
  connection: Promise<SshConnection> | null;
  /** A bastion that refused us is not asked again: attempts are counted there. */
  verdict: AltaError | null;
  linger: NodeJS.Timeout | null;
}

const DEFAULT_CHANNELS = 8;
/** How long a connection outlives its last user, ms: the next target often wants the same bastion at once. */
const LINGER_MS = 250;

const sharedBy = new WeakMap<SshAccess, Map<string, Shared>>();

/**
 * Takes a seat at a bastion; nothing is dialled yet. `spare` is called when somebody has to wait for a channel: close those
 * that are idle. Throws `ssh-key` for a missing or unusable key or host key.
 */
export async function joinBastion(
  via: Via,
  access: SshAccess | undefined,
  host: string,
  spare: () => void,
): Promise<Bastion> {
  const hostKeys = readHostKeys(via.hostKeys);
  if (!hostKeys) throw new AltaError('ssh-key', { bastion: nameOf(via), host, kind: 'host-keys' });
  const key = await readPrivateKey(access, nameOf(via), host);
  const shared = access
    ? sharedFor(via, access, key, hostKeys)
    : newShared(via, key, hostKeys, DEFAULT_CHANNELS);
  const seat = () => spare();
  takeSeat(shared, seat);
  return {
    channel: (hostname, port, errand, signal) => channel(shared, hostname, port, errand, signal),
    exec: (command, errand, signal) => exec(shared, command, errand, signal),
    isCrowded: () => shared.slots.isCrowded(),
    leave: () => leaveSeat(shared, seat),
  };
}

function sharedFor(via: Via, access: SshAccess, key: ParsedKey, hostKeys: HostKeys): Shared {
  const bastions = sharedBy.get(access) ?? new Map<string, Shared>();
  sharedBy.set(access, bastions);
  const name = canonicalJson([via.user, via.host, via.port, via.hostKeys]);
  const shared = bastions.get(name) ?? newShared(via, key, hostKeys, access.channels ?? DEFAULT_CHANNELS);
  bastions.set(name, shared);
  return shared;
}

function newShared(via: Via, key: ParsedKey, hostKeys: HostKeys, channels: number): Shared {
  const slots = createSlots(channels);
  return { via, key, hostKeys, slots, seats: new Set(), connection: null, verdict: null, linger: null };
}

function takeSeat(shared: Shared, seat: () => void): void {
  shared.seats.add(seat);
  if (shared.linger) clearTimeout(shared.linger);
  shared.linger = null;
}

function leaveSeat(shared: Shared, seat: () => void): void {
  if (!shared.seats.delete(seat) || shared.seats.size > 0) return;
  shared.linger = setTimeout(() => endOf(shared), LINGER_MS);
}

function endOf(shared: Shared): void {
  shared.connection?.then((connection) => connection.end()).catch(() => {});
  shared.connection = null;
}

async function channel(
  shared: Shared,
  hostname: string,
  port: number,
  errand: Errand,
  signal: AbortSignal,
): Promise<Duplex> {
  const release = await place(shared, signal);
  try {
    const connection = await orAborted(connected(shared), signal);
    const stream = await orAborted(connection.forward(hostname, port), signal, (late) => late.destroy());
    stream.once('close', release);
    return stream;
  } catch (error) {
    release();
    throw told(error, errand);
  }
}

async function exec(
  shared: Shared,
  command: string,
  errand: Errand,
  signal: AbortSignal,
): Promise<ExecAnswer> {
  const release = await place(shared, signal);
  try {
    const connection = await orAborted(connected(shared), signal);
    return await orAborted(connection.exec(command, signal), signal);
  } catch (error) {
    throw told(error, errand);
  } finally {
    release();
  }
}

/** A free channel. Whoever has one to spare is asked to give it up where there is none. */
function place(shared: Shared, signal: AbortSignal): Promise<() => void> {
  const turn = shared.slots.take(signal);
  if (shared.slots.isCrowded()) for (const spare of shared.seats) spare();
  return turn;
}

/** The connection is shared, so its errors do not know whose errand failed. */
function told(error: unknown, errand: Errand): unknown {
  return error instanceof AltaError ? new AltaError(error.code, { ...errand, ...error.params }) : error;
}

function connected(shared: Shared): Promise<SshConnection> {
  if (shared.verdict) return Promise.reject(shared.verdict);
  if (shared.connection) return shared.connection;
  const connection = connect(shared);
  // By then there may be another one in its place.
  const forget = () => {
    if (shared.connection === connection) shared.connection = null;
  };
  connection.then(({ gone }) => gone.then(forget), forget);
  shared.connection = connection;
  return connection;
}

async function connect(shared: Shared): Promise<SshConnection> {
  try {
    return await openSsh(shared.via, shared.key, shared.hostKeys);
  } catch (error) {
    if (error instanceof AltaError && REFUSALS.has(error.code)) shared.verdict = error;
    throw error;
  }
}

const REFUSALS: ReadonlySet<string> = new Set(['ssh-auth', 'ssh-host-key']);

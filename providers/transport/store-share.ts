import type { SFTPWrapper } from 'ssh2';
import { AltaError, canonicalJson, type Via } from '../../engine/model/index.ts';
import type { SshAccess } from './ssh.ts';
import { nameOf, openSsh, type SshConnection } from './ssh-connection.ts';
import { readHostKeys, readPrivateKey } from './ssh-keys.ts';

/** One user's part in a shared connection. */
export interface Seat {
  /** The one SFTP session of the connection. Throws the `ssh-…` codes without `host`, and `sftp-refused`. */
  sftp(): Promise<SFTPWrapper>;
  /** The connection ends a little after the last one left. Safe to call twice. */
  leave(): void;
}

interface Session {
  readonly ssh: SshConnection;
  readonly sftp: SFTPWrapper;
}

interface Shared {
  session: Promise<Session> | null;
  users: number;
  /** A host that refused us is not asked again: attempts are counted there. */
  verdict: AltaError | null;
  linger: NodeJS.Timeout | null;
}

/** How long a connection outlives its last user, ms: the next phone wants the same folder at once. */
const LINGER_MS = 250;

const REFUSALS: ReadonlySet<string> = new Set(['ssh-auth', 'ssh-host-key', 'sftp-refused']);

const sharedBy = new WeakMap<SshAccess, Map<string, Shared>>();

/** Takes part in the connection to a host; nothing is dialled yet. Throws `ssh-key`. */
export async function shareSsh(via: Via, access: SshAccess | undefined, host: string): Promise<Seat> {
  const hostKeys = readHostKeys(via.hostKeys);
  if (!hostKeys) throw new AltaError('ssh-key', { bastion: nameOf(via), host, kind: 'host-keys' });
  const key = await readPrivateKey(access, nameOf(via), host);
  const shared = sharedFor(via, access);
  let seated = true;
  join(shared);
  return {
    sftp: async () => (await connected(shared, async () => open(await openSsh(via, key, hostKeys)))).sftp,
    leave: () => {
      if (seated) leave(shared);
      seated = false;
    },
  };
}

async function open(ssh: SshConnection): Promise<Session> {
  try {
    return { ssh, sftp: await ssh.sftp() };
  } catch (error) {
    ssh.end();
    throw error;
  }
}

function sharedFor(via: Via, access: SshAccess | undefined): Shared {
  const fresh: Shared = { session: null, users: 0, verdict: null, linger: null };
  if (access === undefined) return fresh;
  const hosts = sharedBy.get(access) ?? new Map<string, Shared>();
  sharedBy.set(access, hosts);
  const name = canonicalJson([via.user, via.host, via.port, via.hostKeys]);
  const shared = hosts.get(name) ?? fresh;
  hosts.set(name, shared);
  return shared;
}

function join(shared: Shared): void {
  shared.users += 1;
  if (shared.linger) clearTimeout(shared.linger);
  shared.linger = null;
}

function leave(shared: Shared): void {
  shared.users -= 1;
  if (shared.users > 0) return;
  shared.linger = setTimeout(() => {
    shared.session?.then(({ ssh }) => ssh.end()).catch(() => {});
    shared.session = null;
  }, LINGER_MS);
}

function connected(shared: Shared, connect: () => Promise<Session>): Promise<Session> {
  if (shared.verdict) return Promise.reject(shared.verdict);
  if (shared.session) return shared.session;
  const session = connect();
  // By then there may be another one in its place.
  const forget = () => {
    if (shared.session === session) shared.session = null;
  };
  session.then(
    ({ ssh }) => ssh.gone.then(forget),
    (error: unknown) => {
      if (error instanceof AltaError && REFUSALS.has(error.code)) shared.verdict = error;
      forget();
    },
  );
  shared.session = session;
  return session;
}

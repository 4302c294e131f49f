import { type OfferedHostKey, peekHostKeys } from '../../../providers/transport/peek-ssh.ts';
import { setIn } from '../../edit/index.ts';
import { load, originOf } from '../../load/index.ts';
import { AltaError, errorDiagnostic, type Origin, warningDiagnostic } from '../../model/index.ts';
import { createDraft } from '../author/draft.ts';
import type { RunContext } from '../contract.ts';
import { readWorkspace } from '../workspace/files.ts';
import { writeWithConsent } from './trust-consent.ts';
import type { HostKeyOptions, SeenHostKeys, TrustFound, TrustResult } from './trust-contract.ts';

type Server = NonNullable<HostKeyOptions['server']>;

/** An access entry as far as it is declared, and where. An entry without host keys is not valid yet: that is what this is for. */
interface Entry {
  readonly name: string;
  readonly origin: Origin;
  readonly kind: 'client' | 'workspace';
  readonly ssh: Partial<{ host: string; port: number; user: string; hostKeys: readonly string[] }> | null;
}

/**
 * Looks at the host keys that an SSH server offers and, where an access entry is named, writes them there with consent. Nothing is sent
 * that tells who asks: every connection ends before the log-in.
 * @throws AltaError `unknown-client`, `trust-access-unknown`, `trust-access-differs`, `file-not-editable`, and what {@link peekHostKeys}
 * throws
 */
export async function trustHostKeys(context: RunContext, options: HostKeyOptions): Promise<TrustResult> {
  const entry = options.access === null ? null : await findEntry(context, options, options.access);
  const server = serverOf(entry, options);
  const name = `${server.host}:${server.port}`;
  context.progress({ phase: 'read', done: 0, total: 1, detail: name });
  const keys = await peekHostKeys(server.host, server.port, context.stop);
  const declared = entry?.ssh?.hostKeys ?? [];
  const verdict = verdictOf(keys, declared);
  const writable =
    entry !== null && (verdict === 'undeclared' || (verdict === 'mismatch' && options.replace));
  const seen: SeenHostKeys = {
    server: name,
    verdict,
    keys: keys.map(({ line, fingerprint }) => ({ line, fingerprint })),
    declared,
    proposed: writable ? keys.map(({ line }) => line) : null,
  };
  const found: TrustFound = { certificates: [], hostKeys: [seen] };
  const draft = createDraft(context);
  if (entry !== null && seen.proposed !== null) {
    const { filename } = entry.origin;
    const text = (await draft.read(filename)) ?? '';
    const sign = declared.length === 0 ? '+' : '~';
    const lines = seen.keys.map((key) => `${sign} access.${entry.name}  ${key.fingerprint}`);
    await draft.put(filename, withHostKeys(text, entry, server, seen.proposed), ...lines);
  }
  const diagnostics = verdict === 'mismatch' ? [mismatch(seen, options)] : [];
  return { found, ...(await writeWithConsent(draft, found, options)), diagnostics };
}

async function findEntry(context: RunContext, { client }: HostKeyOptions, name: string): Promise<Entry> {
  const { input } = await readWorkspace(context.root);
  const { workspace, clients } = load(input);
  const path = ['access', name];
  if (client === null) {
    const ssh = workspace.access?.[name]?.ssh ?? null;
    return { name, origin: { filename: 'alta.yaml', path }, kind: 'workspace', ssh };
  }
  const loaded = clients.find(({ id }) => id === client);
  if (loaded === undefined) {
    throw new AltaError('unknown-client', { client, known: clients.map(({ id }) => id) });
  }
  const origin = originOf(loaded.sources, path, `${loaded.folder}/client.yaml`);
  return { name, origin, kind: 'client', ssh: loaded.data.access?.[name]?.ssh ?? null };
}

/** The server given, or the entry's. Where both name one, they must agree: keys of one host never stand under another. */
function serverOf(entry: Entry | null, { server, access }: HostKeyOptions): Server {
  const { host, user, port = 22 } = entry?.ssh ?? {};
  const filename = entry?.origin.filename ?? '';
  const unknown = () => new AltaError('trust-access-unknown', { access: access ?? '', filename });
  if (server === null) {
    if (host === undefined) throw unknown();
    return { user: user ?? null, host, port };
  }
  if (entry === null) return server;
  if (host !== undefined && (host !== server.host || port !== server.port)) {
    const [declared, given] = [`${host}:${port}`, `${server.host}:${server.port}`];
    throw new AltaError('trust-access-differs', { access: entry.name, filename, declared, given });
  }
  if (user === undefined && server.user === null) throw unknown();
  return server;
}

/** A server shows the key of the first type that both know: of every declared type offered, the key must be a declared one. */
function verdictOf(keys: readonly OfferedHostKey[], declared: readonly string[]): SeenHostKeys['verdict'] {
  if (declared.length === 0) return 'undeclared';
  const lines = new Set(declared.map((line) => line.trim().split(/\s+/).slice(0, 2).join(' ')));
  const types = new Set([...lines].map((line) => line.split(' ')[0]));
  const expected = keys.filter(({ type }) => types.has(type));
  return expected.length > 0 && expected.every(({ line }) => lines.has(line)) ? 'declared' : 'mismatch';
}

function withHostKeys(text: string, entry: Entry, server: Server, hostKeys: readonly string[]): string {
  const { kind, origin, ssh } = entry;
  if (ssh?.host !== undefined && ssh.user !== undefined) {
    return setIn(kind, text, [...origin.path, 'ssh', 'hostKeys'], hostKeys);
  }
  const { host, port, user } = server;
  const whole = { ...ssh, host, ...(port === 22 ? {} : { port }), user: ssh?.user ?? user, hostKeys };
  return setIn(kind, text, [...origin.path, 'ssh'], whole);
}

function mismatch({ server, keys, declared }: SeenHostKeys, { access, replace }: HostKeyOptions) {
  const found = keys.map(({ line }) => line);
  const said = replace ? warningDiagnostic : errorDiagnostic;
  const facts = access === null ? {} : { address: `access.${access}` };
  return said('trust-host-key-mismatch', { server, access: access ?? '', found, declared }, facts);
}

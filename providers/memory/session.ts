import type { Target, Values } from '../../engine/model/index.ts';
import { AltaError } from '../../engine/model/index.ts';
import type {
  Capabilities,
  PoweredSession,
  Reading,
  Registration,
  Scope,
  SessionContext,
  Write,
  Written,
} from '../contract.ts';
import { holds, toActual, toLogin, toNativeKey, toRow } from './dialect.ts';
import { capabilitiesOf } from './facts.ts';
import type { Link } from './link.ts';
import { connect } from './link.ts';
import type { Row } from './world.ts';

/** Up to this many keys are cheaper to ask for one by one than to list. */
const FEW_KEYS = 10;
/** More pages than any tenant can have: a list that goes on is broken. */
const MOST_PAGES = 10_000;

/** Everything the parts of a session share. */
interface Line {
  readonly link: Link;
  readonly target: Target;
  readonly purpose: SessionContext['purpose'];
  readonly token: string;
  /** What the box answered when asked who it is. */
  readonly edition: string;
  readonly identity: Readonly<Record<string, string>>;
  readonly can: Capabilities;
}

/** Logs in once and asks the box who it is. Throws `unreachable`, `wrong-credentials`. */
export async function openSession(target: Target, context: SessionContext): Promise<PoweredSession> {
  const link = connect(target, context);
  const login = await link.read({ do: 'login', ...toLogin(context.credentials) }, target.address);
  const token = login.token ?? '';
  const close = closer(link, token);
  try {
    const { box = {} } = await link.read({ do: 'identify', token }, target.address);
    const { edition = '', ...identity } = box;
    const { purpose } = context;
    const line: Line = { link, target, purpose, token, edition, identity, can: capabilitiesOf(edition) };
    return {
      read: (scope) => read(line, scope),
      apply: (write) => apply(line, write),
      commit: () => commit(line),
      registrations: (keys) => registrations(line, keys),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

function closer(link: Link, token: string): () => Promise<void> {
  let closed = false;
  return async () => {
    if (closed) return;
    closed = true;
    await link.end({ do: 'logout', token });
  };
}

async function read(line: Line, scope: Scope): Promise<Reading> {
  const { edition, identity, can } = line;
  if (!scope.kinds.includes('extension')) return { edition, identity, can, resources: [] };
  const few = scope.keys !== undefined && scope.keys.length <= FEW_KEYS;
  const rows = few ? await rowsOf(line, scope.keys) : await allRows(line);
  return { edition, identity, can, resources: rows.map(toActual) };
}

async function allRows(line: Line): Promise<readonly Row[]> {
  const rows = new Map<string, Row>();
  for (let page = 1; page <= MOST_PAGES; page += 1) {
    const answer = await line.link.read({ do: 'list', token: line.token, page }, `page ${page}`);
    for (const row of answer.rows ?? []) rows.set(row.ext ?? '', row);
    if (answer.next === 0 && rows.size === answer.total) return [...rows.values()];
    if (answer.next !== page + 1) break;
  }
  const evidence = `${rows.size} rows, incomplete`;
  throw new AltaError('strange-answer', { host: line.link.host, operation: 'list', evidence });
}

async function rowsOf(line: Line, keys: readonly string[]): Promise<readonly Row[]> {
  const found: Row[] = [];
  for (const key of keys) {
    const row = await rowOf(line, key);
    if (row !== undefined) found.push(row);
  }
  return found;
}

/** Undefined only where the box says that there is none. */
async function rowOf(line: Line, key: string): Promise<Row | undefined> {
  try {
    const request = { do: 'get', token: line.token, ext: toNativeKey(key) } as const;
    return (await line.link.read(request, key)).rows?.[0];
  } catch (error) {
    if (error instanceof AltaError && error.code === 'not-found') return undefined;
    throw error;
  }
}

async function apply(line: Line, write: Write): Promise<Written> {
  const { token, link } = line;
  refuseWrong(line, write.action, write.address);
  refuseGuided(line, write);
  const ext = toNativeKey(write.key);
  if (write.action === 'delete') {
    await link.write({ do: 'remove', token, ext }, write.address).catch(unlessGone);
    return {};
  }
  const row = toRow(write.values, write.secrets);
  if (write.action === 'update') await link.write({ do: 'change', token, ext, row }, write.address);
  else await create(line, write, ext, row);
  return {};
}

/** Where the number is taken, the create is done if what stands there is what we would have made. */
async function create(line: Line, write: Write, ext: string, row: Row): Promise<void> {
  try {
    await line.link.write({ do: 'create', token: line.token, ext, row }, write.address);
  } catch (error) {
    if (!(error instanceof AltaError) || error.code !== 'already-exists') throw error;
    const there = await rowOf(line, write.key).catch(() => undefined);
    if (there === undefined || !holds(there, row)) throw error;
  }
}

function unlessGone(error: unknown): void {
  if (!(error instanceof AltaError) || error.code !== 'not-found') throw error;
}

async function commit(line: Line): Promise<void> {
  refuseWrong(line, 'commit', line.target.address);
  await line.link.write({ do: 'apply', token: line.token }, line.target.address);
}

async function registrations(line: Line, keys: readonly string[]): Promise<readonly Registration[]> {
  const { rows = [] } = await line.link.read({ do: 'status', token: line.token }, 'registrations');
  const words = new Map(rows.map((row) => [row.ext ?? '', row.evidence ?? '']));
  return keys.map((key) => {
    const evidence = words.get(toNativeKey(key));
    if (evidence === undefined) return { key, status: 'unknown', evidence: '' };
    return { key, status: evidence.startsWith('OK') ? 'registered' : 'unregistered', evidence };
  });
}

/** Before any write: the session may write, and the box is the one declared. */
function refuseWrong(line: Line, operation: string, object: string): void {
  const { host } = line.link;
  if (line.purpose === 'read') {
    throw new AltaError('read-only-session', { host, operation, object }, { written: 'nothing' });
  }
  const wrong = Object.entries(line.target.identity).filter(([name, value]) => line.identity[name] !== value);
  if (wrong.length === 0) return;
  const expected = wrong.map(([name, value]) => `${name} ${value}`);
  const found = wrong.map(([name]) => `${name} ${line.identity[name] ?? '?'}`);
  const params = { host, target: line.target.address, expected, found };
  throw new AltaError('wrong-identity', params, { written: 'nothing' });
}

/** What only a person can do here is not tried. */
function refuseGuided(line: Line, write: Write): void {
  const { can, edition, link } = line;
  const values: Values = write.action === 'delete' ? {} : write.values;
  const fields = Object.keys(values).filter((field) => can.guidedFields[write.kind]?.includes(field));
  const guided = can.guidedActions[write.kind]?.includes(write.action) ? [write.action] : fields;
  if (guided.length === 0) return;
  const params = { host: link.host, edition, operation: guided.join(', ') };
  throw new AltaError('unsupported-operation', params, { address: write.address, written: 'nothing' });
}

/** The box itself: takes native requests, answers in native words. Knows nothing of Alta's model or of the dialect. */
import type { Row, World } from './world.ts';
import { freshRow, worldAt } from './world.ts';

/** What the box understands. All but `login` need the token that `login` answered. */
export type Request =
  | { readonly do: 'login'; readonly username: string; readonly password: string }
  | { readonly do: 'identify' | 'apply' | 'status' | 'logout'; readonly token: string }
  | { readonly do: 'list'; readonly token: string; readonly page: number }
  | { readonly do: 'get' | 'remove'; readonly token: string; readonly ext: string }
  | { readonly do: 'create' | 'change'; readonly token: string; readonly ext: string; readonly row: Row };

/** `next` is 0 on the last page; `total` counts the rows of all pages. */
export interface Answer {
  readonly status: 'ok' | 'bad-login' | 'denied' | 'missing' | 'exists' | 'full' | 'bad-value';
  readonly token?: string;
  readonly box?: Row;
  readonly rows?: readonly Row[];
  readonly next?: number;
  readonly total?: number;
}

/** The line broke. `sent` = the request had arrived, so it may have been carried out. */
export class Disconnected extends Error {
  readonly sent: boolean;
  constructor(sent: boolean) {
    super(sent ? 'connection lost before the answer' : 'connection refused');
    this.sent = sent;
  }
}

const neverShown = ['sippw', 'webpw'];
const writable: Readonly<Record<string, RegExp>> = {
  label: /^.{1,20}$/u,
  mail: /^(\S+@\S+)?$/,
  clid: /^(00\d+|\d+|ANON|INT)$/,
  lvl: /^[19]$/,
  intonly: /^(yes|no)$/,
  maxreg: /^[1-5]$/,
  nat: /^(on|off)$/,
  grp: /^.{0,30}$/u,
  loc: /^(remote|local)$/,
  sippw: /^.{8,}$/,
  webpw: /^.*$/,
  pin: /^\d*$/,
};

/** Rejects with the signal's reason when aborted. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms);
    const stop = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    signal.addEventListener('abort', stop, { once: true });
  });
}

/** Sends one request to the box at `url`. Throws {@link Disconnected}, or the signal's reason where nobody answers. */
export async function send(url: string, request: Request, signal: AbortSignal): Promise<Answer> {
  signal.throwIfAborted();
  const world = worldAt(url);
  if (world === undefined || world.faults.unreachable) throw new Disconnected(false);
  world.counts.requests += 1;
  if (world.faults.hang) await never(signal);
  if (world.faults.slowMs !== undefined) await pause(world.faults.slowMs, signal);
  const writes = world.counts.writes;
  const answer = answerOf(world, request);
  if (world.faults.loseAnswer && world.counts.writes > writes) {
    world.faults = { ...world.faults, loseAnswer: false };
    throw new Disconnected(true);
  }
  return answer;
}

function never(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}

function answerOf(world: World, request: Request): Answer {
  if (request.do === 'login') return login(world, request.username, request.password);
  if (!world.sessions.has(request.token)) return { status: 'denied' };
  if (request.do === 'logout') world.sessions.delete(request.token);
  if (request.do === 'logout' || request.do === 'identify') return { status: 'ok', box: boxOf(world) };
  if (world.faults.forbidden) return { status: 'denied' };
  switch (request.do) {
    case 'list':
      return list(world, request.page);
    case 'get':
      return get(world, request.ext);
    case 'create':
      return create(world, request.ext, request.row);
    case 'change':
      return change(world, request.ext, request.row);
    case 'remove':
      return remove(world, request.ext);
    case 'apply':
      return apply(world);
    case 'status':
      return { status: 'ok', rows: [...world.registered].map(([ext, evidence]) => ({ ext, evidence })) };
  }
}

function login(world: World, username: string, password: string): Answer {
  world.counts.logins += 1;
  if (username !== world.login.username || password !== world.login.password) return { status: 'bad-login' };
  const token = `session-${world.counts.logins}-${world.identity.tenant}`;
  world.sessions.add(token);
  world.issued.push(token);
  return { status: 'ok', token };
}

function boxOf(world: World): Row {
  return { ...world.identity, edition: `${world.edition} edition, firmware 1.0` };
}

function list(world: World, page: number): Answer {
  if (world.faults.partialPage && page > 1) throw new Disconnected(true);
  const rows = [...world.saved.values()].sort((a, b) => ((a.ext ?? '') < (b.ext ?? '') ? -1 : 1));
  const end = page * world.pageSize;
  const shown = rows.slice(end - world.pageSize, end).map((row) => shownOf(world, row));
  return { status: 'ok', rows: shown, next: end < rows.length ? page + 1 : 0, total: rows.length };
}

function get(world: World, ext: string): Answer {
  const row = world.saved.get(ext);
  return row === undefined ? { status: 'missing' } : { status: 'ok', rows: [shownOf(world, row)] };
}

function shownOf(world: World, row: Row): Row {
  const hidden = world.edition === 'basic' ? [...neverShown, 'loc'] : neverShown;
  return Object.fromEntries(Object.entries(row).filter(([name]) => !hidden.includes(name)));
}

function create(world: World, ext: string, row: Row): Answer {
  if (world.saved.has(ext)) return { status: 'exists' };
  if (world.saved.size >= world.capacity) return { status: 'full' };
  if (!/^\d{5}$/.test(ext) || row.label === undefined || row.sippw === undefined) {
    return { status: 'bad-value' };
  }
  return store(world, ext, freshRow(world, ext), row);
}

function change(world: World, ext: string, row: Row): Answer {
  const before = world.saved.get(ext);
  if (before === undefined) return { status: 'missing' };
  if (row.lvl !== undefined && row.lvl !== before.lvl) return { status: 'bad-value' };
  return store(world, ext, before, row);
}

function store(world: World, ext: string, before: Row, row: Row): Answer {
  const cleaned = { ...row };
  if (row.label !== undefined) cleaned.label = row.label.trim().replace(/\s+/g, ' ');
  if (row.mail !== undefined) cleaned.mail = row.mail.toLowerCase();
  const wrong = Object.entries(cleaned).some(([name, value]) => !writable[name]?.test(value));
  if (wrong) return { status: 'bad-value' };
  world.saved.set(ext, { ...before, ...cleaned, ext });
  world.counts.writes += 1;
  return { status: 'ok' };
}

function remove(world: World, ext: string): Answer {
  if (world.edition === 'basic') return { status: 'denied' };
  if (!world.saved.delete(ext)) return { status: 'missing' };
  world.counts.writes += 1;
  return { status: 'ok' };
}

function apply(world: World): Answer {
  world.running.clear();
  for (const [ext, row] of world.saved) world.running.set(ext, row);
  world.counts.writes += 1;
  world.counts.commits += 1;
  return { status: 'ok' };
}

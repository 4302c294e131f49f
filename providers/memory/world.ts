/**
 * The store behind `memory://name`: simulated boxes of this process, and the hands that prepare, watch and disturb them.
 * A box keeps what is saved apart from what is running, as many real ones do. `server.ts` answers for it.
 */

/** One extension in the box's own words. Every value is text. */
export type Row = Readonly<Record<string, string>>;

/** What is wrong with the box right now. */
export interface WorldFaults {
  /** Nothing arrives. */
  readonly unreachable?: boolean;
  /** Our user may log in but do nothing else. */
  readonly forbidden?: boolean;
  /** Requests arrive and are never answered. */
  readonly hang?: boolean;
  /** The next write happens, and its answer is lost. Heals itself. */
  readonly loseAnswer?: boolean;
  /** Lists break off after their first page. */
  readonly partialPage?: boolean;
  /** Every answer takes this long, ms. */
  readonly slowMs?: number;
}

/** How often the box was asked. Writes are those it carried out: create, change, remove, apply. */
export interface WorldCounts {
  requests: number;
  logins: number;
  writes: number;
  commits: number;
}

export interface World {
  readonly url: string;
  /** `full` shows and deletes everything; `basic` hides `loc` and leaves deleting to the panel. */
  readonly edition: 'full' | 'basic';
  /** Rows in one page of a list. */
  readonly pageSize: number;
  /** Most extensions the tenant may have. */
  readonly capacity: number;
  readonly saved: Map<string, Row>;
  readonly running: Map<string, Row>;
  /** Tokens of the sessions that are logged in. */
  readonly sessions: Set<string>;
  /** Every token answered so far. */
  readonly issued: string[];
  /** Native number → the box's own words on its registration. */
  readonly registered: Map<string, string>;
  readonly counts: WorldCounts;
  /** What the box says it is. Change it to make it another box. */
  identity: { tenant: string; tenantName: string };
  login: { username: string; password: string };
  faults: WorldFaults;
}

/** Defaults: full edition, tenant `301` named `Acme S.L.`, user `alta` with password `memory`, pages of 50, room for 20,000. */
export type WorldSettings = Partial<Pick<World, 'edition' | 'pageSize' | 'capacity' | 'identity' | 'login'>>;

const worlds = new Map<string, World>();

/** Makes an empty box, in the place of any other of that URL (`memory://name`). */
export function createWorld(url: string, settings: WorldSettings = {}): World {
  const world: World = {
    url,
    edition: settings.edition ?? 'full',
    pageSize: settings.pageSize ?? 50,
    capacity: settings.capacity ?? 20_000,
    saved: new Map(),
    running: new Map(),
    sessions: new Set(),
    issued: [],
    registered: new Map(),
    counts: { requests: 0, logins: 0, writes: 0, commits: 0 },
    identity: settings.identity ?? { tenant: '301', tenantName: 'Acme S.L.' },
    login: settings.login ?? { username: 'alta', password: 'memory' },
    faults: {},
  };
  worlds.set(url, world);
  return world;
}

/** The box of a URL; undefined where nobody made one, which to a driver is an unreachable host. */
export function worldAt(url: string): World | undefined {
  return worlds.get(url);
}

/** Takes the box away. */
export function removeWorld(url: string): void {
  worlds.delete(url);
}

/** Puts the faults given in the place of whatever was wrong; `{}` heals. */
export function inject(world: World, faults: WorldFaults): void {
  world.faults = faults;
}

/** What the box fills in where nobody says otherwise. */
export function freshRow(world: World, ext: string): Row {
  const regname = `${world.identity.tenant}-${Number(ext)}`;
  const off = { mail: '', intonly: 'no', maxreg: '1', grp: '', vm: 'off', webpw: '', pin: '' };
  return { ext, regname, clid: 'INT', lvl: '1', nat: 'on', loc: 'remote', ...off };
}

/** Somebody else's extension, saved and running. `row` holds native fields beside `ext` (five digits). */
export function addForeign(world: World, ext: string, row: Row = {}): void {
  const foreign = { ...freshRow(world, ext), label: `Ajena ${ext}`, ...row };
  world.saved.set(ext, foreign);
  world.running.set(ext, foreign);
}

/** A colleague changes native fields in the panel and saves, without pressing Apply. */
export function colleagueEdits(world: World, ext: string, row: Row): void {
  world.saved.set(ext, { ...world.saved.get(ext), ...row, ext });
}

/** A colleague deletes an extension in the panel, without pressing Apply. */
export function colleagueDeletes(world: World, ext: string): void {
  world.saved.delete(ext);
}

import { join } from 'node:path';
import { AltaError, type State } from '../model/index.ts';
import { readIfExists, temporaryPrefix } from './file.ts';
import { recover } from './fold.ts';
import { freshState, parseState } from './format.ts';
import { type Io, ifExists, reasonOf } from './io.ts';
import { readJournal } from './journal.ts';
import { type Location, labelOf } from './location.ts';
import type { Decoded, HeaderRecord } from './record.ts';
import type { Recovered } from './store.ts';

/** One client's files: `<client>.json`, and beside it `<client>.journal.<epoch>`. */
export interface Shelf {
  readonly location: Location;
  readonly client: string;
  readonly altaVersion: string;
}

/** {@link Recovered}, and what a writer must know of the files it came from. */
export interface Loaded {
  readonly recovered: Recovered;
  /** A journal added something to the state file. */
  readonly journaled: boolean;
  /** Tells the file that was read from any other put in its place. */
  readonly stamp: string | undefined;
}

const CLIENT = /^[a-z0-9][a-z0-9-]{0,62}$/;
const STATE_FILE = /^([a-z0-9][a-z0-9-]{0,62})\.json$/;

/** The client's shelf. A client's id becomes a path: anything else than an id is a defect of the caller. */
export function shelfOf(location: Location, client: string, altaVersion: string): Shelf {
  if (!CLIENT.test(client)) throw new AltaError('internal', { message: `not a client id: ${client}` });
  return { location, client, altaVersion };
}

export function statePath({ location, client }: Shelf): string {
  return join(location.directory, `${client}.json`);
}

export function journalPath({ location, client }: Shelf, epoch: number): string {
  return join(location.directory, `${client}.journal.${epoch}`);
}

/** Where the state goes that could not be written in its place. */
export function erroredPath({ location, client }: Shelf): string {
  return join(location.directory, `${client}.errored.state.json`);
}

/** Clients that have a state in a folder, sorted. */
export async function clientsIn(io: Io, directory: string): Promise<readonly string[]> {
  const names = (await ifExists(io.disk.readdir(directory))) ?? [];
  return names.flatMap((name) => STATE_FILE.exec(name)?.[1] ?? []).sort();
}

/** Changes whenever the state file is replaced or written to. Undefined where there is none. */
export async function stampOf(io: Io, shelf: Shelf): Promise<string | undefined> {
  const stat = await ifExists(io.disk.lstat(statePath(shelf)));
  return stat === undefined ? undefined : `${stat.ino}:${stat.size}:${stat.mtimeMs}`;
}

/** Reads state and journals as of one moment, while a writer may be at work. Writes nothing. */
export async function load(io: Io, shelf: Shelf): Promise<Loaded> {
  for (;;) {
    const stamp = await stampOf(io, shelf);
    const state = await readState(io, shelf);
    const journals = await readJournals(io, shelf);
    if ((await stampOf(io, shelf)) !== stamp) continue;
    const journal = belonging(state, journals, shelf);
    const recovered = recover(state, journal?.records ?? [], journal?.torn ?? false);
    return { recovered, journaled: journal !== undefined, stamp };
  }
}

async function readState(io: Io, shelf: Shelf): Promise<State> {
  const file = labelOf(shelf.location, statePath(shelf));
  const data = await readIfExists(io, statePath(shelf)).catch((cause: unknown) => {
    throw new AltaError('state-unreadable', { file, problem: reasonOf(cause) }, { cause });
  });
  if (data === undefined) return freshState(shelf.client, io.id(), shelf.altaVersion);
  return parseState(data.toString(), shelf.client, file);
}

interface FoundJournal extends Decoded {
  readonly file: string;
  readonly header: HeaderRecord;
}

/** A journal without a whole header was never written to: it counts as none. */
async function readJournals(io: Io, shelf: Shelf): Promise<readonly FoundJournal[]> {
  const found: FoundJournal[] = [];
  for (const file of await journalsOf(io, shelf)) {
    const decoded = await readJournal(io, file);
    const header = decoded.records[0];
    if (header?.t === 'begin') found.push({ ...decoded, file: labelOf(shelf.location, file), header });
  }
  return found;
}

/**
 * The journal that adds to this very state. Older ones are already folded in. Should there be two, a deposed holder
 * came late with the lower epoch.
 */
function belonging(state: State, found: readonly FoundJournal[], shelf: Shelf): FoundJournal | undefined {
  for (const { file, header } of found) {
    if (header.v !== 1) {
      throw new AltaError('state-version-unknown', { file, found: header.v, known: '1' });
    }
    if (header.lineage !== state.lineage || header.serial > state.serial) {
      const stateFile = labelOf(shelf.location, statePath(shelf));
      throw new AltaError('journal-orphaned', { journal: file, file: stateFile });
    }
  }
  return found
    .filter(({ header }) => header.serial === state.serial)
    .sort((a, b) => a.header.epoch - b.header.epoch)
    .at(-1);
}

/** Paths of all journals of the client. */
async function journalsOf(io: Io, shelf: Shelf): Promise<readonly string[]> {
  return beginningWith(io, shelf, `${shelf.client}.journal.`);
}

/** Removes all journals of the client: the state holds what they held. */
export async function removeJournals(io: Io, shelf: Shelf): Promise<void> {
  for (const path of await journalsOf(io, shelf)) await ifExists(io.disk.unlink(path));
}

/** Removes what a write of the state left behind when it was killed. */
export async function removeLeftovers(io: Io, shelf: Shelf): Promise<void> {
  const left = await beginningWith(io, shelf, temporaryPrefix(statePath(shelf)));
  for (const path of left) await ifExists(io.disk.unlink(path));
}

async function beginningWith(io: Io, { location }: Shelf, prefix: string): Promise<readonly string[]> {
  const names = (await ifExists(io.disk.readdir(location.directory))) ?? [];
  return names.filter((name) => name.startsWith(prefix)).map((name) => join(location.directory, name));
}

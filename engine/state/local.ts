import { AltaError } from '../model/index.ts';
import type { Io } from './io.ts';
import { acquireLease, clientLeaseName } from './lease.ts';
import { inFolder, labelOf, locate, prepare } from './location.ts';
import { clientsIn, load, removeJournals, removeLeftovers, type Shelf, shelfOf } from './shelf.ts';
import type { Lease, StateStore, StateWriter } from './store.ts';
import { createStow } from './stow.ts';
import { createWriter } from './writer.ts';

/** What the local backend needs to know. */
export interface LocalStateOptions {
  /** The workspace's folder. */
  readonly workspace: string;
  /** `state.path` of alta.yaml, relative to the workspace. */
  readonly path: string;
  /** We run in CI, where a local file is thrown away with the machine: nothing may be written. */
  readonly ci: boolean;
  readonly altaVersion: string;
  /** Where a state goes that can be written nowhere else: the system's temporary folder. */
  readonly temporary: string;
}

/**
 * State in files of one machine: `<path>/<client>.json`, made to be committed to git, with journals and leases beside
 * it, which are not (`*.journal.*`, `*.lease.*`). In CI it can be read, never written.
 */
export function createLocalStore(io: Io, options: LocalStateOptions): StateStore {
  const location = () => locate(io, options.workspace, options.path);

  /** Works on one client's files. */
  async function on<T>(client: string, work: (shelf: Shelf) => Promise<T>): Promise<T> {
    const shelf = shelfOf(await location(), client, options.altaVersion);
    return inFolder(shelf.location, () => work(shelf));
  }

  return {
    read: (client) => on(client, async (shelf) => (await load(io, shelf)).recovered),
    async lease(name, leaseOptions) {
      const place = await location();
      if (options.ci) {
        throw new AltaError('state-local-in-ci', { path: labelOf(place, place.directory) });
      }
      return inFolder(place, async () => {
        await prepare(io, place);
        return acquireLease(io, place.directory, name, leaseOptions);
      });
    },
    openWriter: (client, lease) => on(client, (shelf) => openWriter(io, shelf, lease, options.temporary)),
    async list() {
      return clientsIn(io, (await location()).directory);
    },
  };
}

/** What a crash left in a journal is stored at once: a later journal must not hide it. */
async function openWriter(io: Io, shelf: Shelf, lease: Lease, temporary: string): Promise<StateWriter> {
  if (lease.name !== clientLeaseName(shelf.client)) {
    throw new AltaError('internal', { message: `${lease.name} is not the lease of ${shelf.client}` });
  }
  lease.assertHeld();
  const loaded = await load(io, shelf);
  await removeLeftovers(io, shelf);
  const stow = createStow(io, shelf, lease, loaded.stamp, temporary);
  const writer = createWriter(io, shelf, lease, loaded, stow);
  if (!loaded.journaled) {
    await removeJournals(io, shelf);
    return writer;
  }
  const state = await writer.save((same) => same);
  return { ...writer, recovered: { ...loaded.recovered, state } };
}

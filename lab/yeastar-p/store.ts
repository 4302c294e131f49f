import type { LabExtension } from '../settings.ts';

/** An extension as the box keeps it: the keys of the API, every value a string, lists as JSON text. */
export type StoredExtension = LabExtension & { readonly id: string; readonly type: string };

/**
 * What the box has stored and what it runs, by record id. The API reads the stored configuration. Its own writes run at once:
 * no list of the guide has an endpoint to apply (I). Only the panel saves without running.
 */
export interface Store {
  saved: Map<string, StoredExtension>;
  running: Map<string, StoredExtension>;
  nextId: number;
  /** Called after what runs changed. */
  onRun(): void;
}

/** Ids are never used twice (I). They start where none can be mistaken for a place in the list. */
const FIRST_ID = 21;

export function startStore(): Store {
  return { saved: new Map(), running: new Map(), nextId: FIRST_ID, onRun() {} };
}

export function takeId(store: Store): string {
  const id = String(store.nextId);
  store.nextId += 1;
  return id;
}

export function save(store: Store, extension: StoredExtension): void {
  store.saved.set(extension.id, extension);
}

export function discard(store: Store, id: string): void {
  store.saved.delete(id);
}

/** Makes the whole stored configuration run, a colleague's unapplied edits included (I). */
export function activate(store: Store): void {
  store.running = new Map(store.saved);
  store.onRun();
}

export function numbered(state: ReadonlyMap<string, StoredExtension>, number: string) {
  return [...state.values()].find((extension) => extension.number === number);
}

/** Flat records by number, in the order of the numbers. */
export function byNumber(state: ReadonlyMap<string, StoredExtension>): Record<string, LabExtension> {
  const sorted = [...state.values()].sort((a, b) => Number(a.number) - Number(b.number));
  return Object.fromEntries(sorted.map((extension) => [extension.number, extension]));
}

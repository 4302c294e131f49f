import type { Driver, Observer } from './contract.ts';

/** How one driver is loaded: only when a target needs it. */
export type DriverLoader = () => Promise<Driver>;

/** The drivers of this version, one line each: the `driver:` of the YAML and its folder. */
export const registry: Readonly<Record<string, DriverLoader>> = {
  yeastar: async () => (await import('./pbx/yeastar/driver.ts')).driver,
  'yeastar-p': async () => (await import('./pbx/yeastar-p/driver.ts')).driver,
  pekepbx: async () => (await import('./pbx/pekepbx/driver.ts')).driver,
  meetip: async () => (await import('./pbx/meetip/driver.ts')).driver,
  yealink: async () => (await import('./device/yealink/driver.ts')).driver,
  memory: async () => (await import('./memory/driver.ts')).driver,
};

/** Drivers for tests and training: usable, but not listed unless asked for. */
export const hiddenDrivers: ReadonlySet<string> = new Set(['memory']);

/** The names to list, in alphabetical order. */
export function driverNames(options: { readonly hidden?: boolean } = {}): readonly string[] {
  const names = Object.keys(registry).sort();
  return options.hidden === true ? names : names.filter((name) => !hiddenDrivers.has(name));
}

/** Loads a driver; null where this version has none of that name. */
export async function loadDriver(name: string): Promise<Driver | null> {
  const load = Object.hasOwn(registry, name) ? registry[name] : undefined;
  return load === undefined ? null : load();
}

/** The observers of this version: the `driver:` of the YAML's `observer`, and its folder. */
export const observers: Readonly<Record<string, () => Promise<Observer>>> = {
  asterisk: async () => (await import('./observer/asterisk/observer.ts')).observer,
};

/** Who reads what is pasted without saying where it comes from. */
export const usualObserver = 'asterisk';

/** Loads an observer; null where this version has none of that name. */
export async function loadObserver(name: string): Promise<Observer | null> {
  const load = Object.hasOwn(observers, name) ? observers[name] : undefined;
  return load === undefined ? null : load();
}

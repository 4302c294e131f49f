import type { LabPhoneDoubts } from '../settings.ts';
import { type Entry, FACTORY, scopedKey } from './cfg.ts';
import { firmwareNumber } from './models.ts';
import type { Parameter } from './parameter.ts';

/** What a phone has stored and what it runs: values other than the factory's, by key. */
export interface Config {
  model: string;
  firmware: string;
  parameters: ReadonlyMap<string, Parameter>;
  saved: Map<string, string>;
  running: Map<string, string>;
  /** Keys changed by hand while `custom.protect` was on: a server's values do not touch them (D). */
  byHand: Set<string>;
  doubts: Required<LabPhoneDoubts>;
}

/** Who changes the configuration: a person at the phone or its web pages, or the provisioning server. */
export type Source = 'hand' | 'server';

export interface Outcome {
  /** Entries of known keys. */
  known: number;
  unknown: string[];
  /** Keys whose stored value is another now. */
  changed: string[];
}

/** The value that runs. */
export function settingOf(config: Config, key: string): string {
  return config.running.get(key) ?? config.parameters.get(key)?.initial ?? '';
}

/** Carries out a file's entries in their order. Only the keys named change (C, D). */
export function applyEntries(config: Config, entries: readonly Entry[], source: Source): Outcome {
  const outcome: Outcome = { known: 0, unknown: [], changed: [] };
  for (const [key, value] of entries) {
    const parameter = find(config, key);
    if (parameter === 'elsewhere') continue;
    const judged = parameter === undefined ? undefined : judge(config, parameter, value);
    if (parameter === undefined || judged === undefined) {
      outcome.unknown.push(key);
      continue;
    }
    outcome.known += 1;
    if (judged === 'keep' || !mayChange(config, parameter.key, source)) continue;
    if (store(config, parameter, judged.value)) outcome.changed.push(parameter.key);
  }
  return outcome;
}

/** Keys of those entries that the phone would leave aside. */
export function unknownIn(config: Config, entries: readonly Entry[]): string[] {
  return entries.flatMap(([key, value]) => {
    const parameter = find(config, key);
    if (parameter === 'elsewhere') return [];
    return parameter === undefined || judge(config, parameter, value) === undefined ? [key] : [];
  });
}

/** `overwrite_mode = 1`: what the files leave out goes back to the factory (D); static keys stay (I). */
export function forgetOthers(config: Config, named: ReadonlySet<string>): void {
  const others = [...config.saved.keys()].filter((key) => {
    return !named.has(key) && !config.parameters.get(key)?.static && !config.byHand.has(key);
  });
  for (const key of others) {
    config.saved.delete(key);
    config.running.delete(key);
  }
}

/** A boot: everything stored runs. */
export function runSaved(config: Config): void {
  config.running = new Map(config.saved);
}

export function factoryConfig(config: Config): void {
  config.saved.clear();
  config.running.clear();
  config.byHand.clear();
}

/** Parameters other than the factory's, as an export shows them. */
export function exported(config: Config): Entry[] {
  const { exportedPasswords, mask } = config.doubts;
  return byKey(config.saved).flatMap(([key, value]): Entry[] => {
    if (!config.parameters.get(key)?.secret || exportedPasswords === 'clear' || value === '')
      return [[key, value]];
    return exportedPasswords === 'masked' ? [[key, mask]] : [];
  });
}

export function byKey(values: ReadonlyMap<string, string>): Entry[] {
  return [...values].sort(([one], [other]) => one.localeCompare(other, 'en', { numeric: true }));
}

function find(config: Config, key: string): Parameter | 'elsewhere' | undefined {
  if (!key.startsWith('[')) return config.parameters.get(key);
  if (firmwareNumber(config.firmware) < 86) return undefined;
  const plain = scopedKey(key, config.model);
  return plain === undefined ? 'elsewhere' : config.parameters.get(plain);
}

function judge(
  config: Config,
  { initial, range }: Parameter,
  value: string,
): { value: string } | 'keep' | undefined {
  const { emptyValue, longest, tooLong } = config.doubts;
  if (value === FACTORY) return { value: initial };
  if (value === '' && emptyValue === 'ignored') return 'keep';
  if (value === '' && (emptyValue === 'default' || range !== undefined)) return { value: initial };
  if (range !== undefined && !isWithin(value, range)) return undefined;
  if (value.length <= longest) return { value };
  return tooLong === 'truncated' ? { value: value.slice(0, longest) } : undefined;
}

function isWithin(value: string, [least, most]: readonly [number, number]): boolean {
  return /^\d+$/.test(value) && Number(value) >= least && Number(value) <= most;
}

function mayChange(config: Config, key: string, source: Source): boolean {
  if (source === 'server') return !config.byHand.has(key);
  const tracked = ['auto_provision.custom.protect', 'static.auto_provision.custom.protect'];
  if (tracked.some((name) => config.running.get(name) === '1')) config.byHand.add(key);
  return true;
}

function store(config: Config, parameter: Parameter, value: string): boolean {
  const { key, initial } = parameter;
  const changed = (config.saved.get(key) ?? initial) !== value;
  put(config.saved, parameter, value);
  if (!parameter.static || config.doubts.staticKeys === 'at-once') put(config.running, parameter, value);
  return changed;
}

function put(values: Map<string, string>, { key, initial }: Parameter, value: string): void {
  if (value === initial) values.delete(key);
  else values.set(key, value);
}

import type { LabExtension, LabYeastar } from '../settings.ts';
import { ERRNO } from './wire.ts';

/**
 * What the box has stored and what it runs.
 *
 * The API reads the stored configuration, which does not prove that the running exchange has it (D: direct database
 * access; I: the consequence).
 */
export interface Config {
  saved: Map<string, LabExtension>;
  running: Map<string, LabExtension>;
  /** Numbers saved and not yet running. */
  pending: Set<string>;
  /** Times of the latest applies asked for, to recognise a storm. */
  applies: number[];
  /** Called after what runs changed. */
  onRun(): void;
}

export function startConfig(extensions: LabExtension[]): Config {
  const saved = new Map(extensions.map((extension) => [extension.number, extension]));
  return { saved, running: new Map(saved), pending: new Set(), applies: [], onRun() {} };
}

export function save(config: Config, extension: LabExtension): void {
  config.saved.set(extension.number, extension);
  config.pending.add(extension.number);
}

export function discard(config: Config, number: string): void {
  config.saved.delete(number);
  config.pending.add(number);
}

/** Makes the whole saved configuration run, a colleague's unapplied edits included (I). */
export function activate(config: Config): void {
  for (const number of config.pending) {
    const extension = config.saved.get(number);
    if (extension === undefined) config.running.delete(number);
    else config.running.set(number, extension);
  }
  config.pending.clear();
  config.onRun();
}

/**
 * Every API write applies by itself (D: guides G17, H1). Applies too close together fail with 10025 and leave the
 * write saved and not active (D; the density that triggers it U).
 */
export function applyNow(config: Config, storm: LabYeastar['applyStorm'], now: number): string | undefined {
  if (storm !== undefined) {
    config.applies = config.applies.filter((at) => now - at < storm.windowMs);
    config.applies.push(now);
    if (config.applies.length > storm.writes) return ERRNO.applyTooOften;
  }
  activate(config);
  return undefined;
}

export function inStorm(config: Config, storm: LabYeastar['applyStorm'], now: number): boolean {
  if (storm === undefined) return false;
  return config.applies.filter((at) => now - at < storm.windowMs).length > storm.writes;
}

export function byNumber(extensions: Map<string, LabExtension>): LabExtension[] {
  return [...extensions.values()].sort((a, b) => Number(a.number) - Number(b.number));
}

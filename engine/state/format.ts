import { AltaError, canonicalJson, type State } from '../model/index.ts';
import { isObject, misfits, type Raw } from './shape.ts';

/** The state format that this version writes. A minor version adds fields; a major one needs a {@link Migration}. */
export const STATE_FORMAT = '1.0';

const KNOWN_MAJOR = 1;

/** Brings a state from one major format version to the next. Pure; sets the new `format_version` itself. */
export interface Migration {
  readonly fromMajor: number;
  readonly migrate: (state: Raw) => Raw;
}

/** In any order; one for each major version ever written but the last. */
export const migrations: readonly Migration[] = [];

/** The state of a client that has none: nothing is ours yet. */
export function freshState(client: string, lineage: string, altaVersion: string): State {
  return {
    format_version: STATE_FORMAT,
    client,
    lineage,
    serial: 0,
    alta_version: altaVersion,
    commit: null,
    updatedAt: '1970-01-01T00:00:00.000Z',
    resources: {},
    targets: {},
    guided: {},
    outstanding: {},
    pending: null,
  };
}

/** Indented JSON with sorted keys and a final newline: small diffs in git. */
export function serialiseState(state: State): string {
  return `${JSON.stringify(JSON.parse(canonicalJson(state)), null, 2)}\n`;
}

/**
 * Reads a state file's text.
 *
 * @param file its name, for errors.
 * @throws state-unreadable, state-version-unknown, state-wrong-client
 */
export function parseState(
  text: string,
  client: string,
  file: string,
  known: readonly Migration[] = migrations,
): State {
  const raw = migrated(parseObject(text, file), file, known);
  if (!isState(raw)) throw unreadable(file, misfits(raw).join(', '));
  if (raw.client !== client) {
    throw new AltaError('state-wrong-client', { file, client, found: raw.client });
  }
  return raw;
}

function parseObject(text: string, file: string): Raw {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw unreadable(file, 'JSON', cause);
  }
  if (!isObject(value)) throw unreadable(file, 'JSON');
  return value;
}

function migrated(state: Raw, file: string, known: readonly Migration[]): Raw {
  const major = majorOf(state.format_version);
  if (major === KNOWN_MAJOR) return state;
  const step = known.find((migration) => migration.fromMajor === major);
  if (step === undefined) {
    const found = String(state.format_version);
    throw new AltaError('state-version-unknown', { file, found, known: STATE_FORMAT });
  }
  return migrated(step.migrate(state), file, known);
}

function majorOf(version: unknown): number | undefined {
  const match = typeof version === 'string' ? /^(\d+)\.\d+$/.exec(version) : null;
  return match === null ? undefined : Number(match[1]);
}

const isState = (raw: Raw): raw is Raw & State => misfits(raw).length === 0;

function unreadable(file: string, problem: string, cause?: unknown): AltaError {
  return new AltaError('state-unreadable', { file, problem }, { cause });
}

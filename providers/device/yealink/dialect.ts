import {
  type Actual,
  AltaError,
  type Desired,
  reveal,
  Secret,
  type Target,
  type Values,
} from '../../../engine/model/index.ts';
import type { Write } from '../../contract.ts';
import { type Cfg, type CfgLine, EMPTY, FACTORY, flawOf } from './cfg.ts';
import { codecOf, fieldNames, type Native } from './codec.ts';
import { declaredGeneration } from './firmware.ts';
import type { CfgGeneration } from './generation.ts';
import { hasField, type KeyRow, keyOf, lineOf, managedKeys, rowsOf } from './keys.ts';

/** What a key that is not there means: nothing is known of it, or the phone uses its factory setting. */
export type Missing = 'unknown' | 'factory';

/**
 * The accounts that settings speak of, in the order of their lines. A line is there when it is switched on or holds a label, a name, a
 * server or a password. Of keys that stand there more than once the last one counts. A password that can be read is in `secrets`; a mask
 * is none.
 * @param missing `factory` for a whole export, which leaves out what was never changed [field]; `unknown` for a file, which leaves the
 *   rest to the phone [vendor-docs]
 */
export function accountsOf(
  cfg: Cfg,
  generation: CfgGeneration,
  missing: Missing = 'unknown',
): readonly Actual[] {
  const shown = new Map(cfg.map(({ key, value }) => [key, value]));
  const lines = new Set(cfg.flatMap(({ key }) => lineOf(key) ?? []));
  return [...lines]
    .sort((a, b) => Number(a) - Number(b))
    .flatMap((line) => accountOf(line, shown, generation, missing) ?? []);
}

type Shown = ReadonlyMap<string, string | Secret>;

const marks = ['label', 'displayName', 'registerName', 'userName', 'server'];

function accountOf(
  line: string,
  shown: Shown,
  generation: CfgGeneration,
  missing: Missing,
): Actual | undefined {
  const entries = fieldNames.flatMap((field) => {
    const value = codecOf(field)?.decode(nativeOf(field, line, shown, generation, missing));
    return value === undefined ? [] : [[field, value] as const];
  });
  const values: Values = Object.fromEntries(entries);
  const password = readable(shown.get(`account.${line}.password`));
  const held = marks.some((field) => values[field] !== undefined) || password !== undefined;
  if (values.active !== true && !held) return undefined;
  const secrets = password === undefined ? {} : { password };
  return { kind: 'account', key: line, values, secrets, observed: {} };
}

function nativeOf(
  field: string,
  line: string,
  shown: Shown,
  generation: CfgGeneration,
  missing: Missing,
): Native {
  const parts = rowsOf(field).flatMap((row) => {
    const text = textOf(row, line, shown, generation, missing);
    return text === undefined ? [] : [[row.part, text] as const];
  });
  return Object.fromEntries(parts);
}

function textOf(
  row: KeyRow,
  line: string,
  shown: Shown,
  generation: CfgGeneration,
  missing: Missing,
): string | undefined {
  const key = keyOf(row, line, generation);
  if (key === null) return undefined;
  const value = shown.get(key);
  if (value === undefined) return missing === 'factory' ? (row.factory ?? undefined) : undefined;
  const text = typeof value === 'string' ? value : reveal(value);
  if (text === FACTORY) return row.factory ?? undefined;
  return text === EMPTY ? '' : text;
}

/** A password that is one. Masks and the format's own words are none. */
function readable(value: string | Secret | undefined): Secret | undefined {
  if (value === undefined) return undefined;
  const clear = typeof value === 'string' ? value : reveal(value);
  const none = clear === '' || clear === FACTORY || clear === EMPTY || isMask(clear);
  return none ? undefined : new Secret(clear);
}

/** What stands in the place of a password that is not shown. */
function isMask(text: string): boolean {
  return /^[*•●]+$/u.test(text);
}

/**
 * The settings that a write sends. Create and update: exactly the fields named. Delete: the line off, and every key that may be ours back
 * to its factory setting; a key that is left out would keep its value. [vendor-docs, field]
 * @throws `field-unsupported`, `field-generation`, `value-unsupported`, `text-uncarriable`: written nothing
 */
export function settingsOf(write: Write, generation: CfgGeneration): Cfg {
  refuseOddLine(write);
  if (write.action === 'delete') return resetOf(write.key, generation);
  const values = Object.entries(write.values).flatMap(([field, value]) => {
    const codec = codecOf(field);
    if (codec === undefined) throw refusal(write, 'field-unsupported', field);
    if (!hasField(field, generation)) {
      throw refusal(write, 'field-generation', field, { generation: generation.toUpperCase() });
    }
    const native = codec.encode(value);
    if (native === null) throw refusal(write, 'value-unsupported', field, { value: String(value) });
    return rowsOf(field).flatMap((row) => settingOf(row, native[row.part], write, generation));
  });
  const secrets = Object.entries(write.secrets).flatMap(([field, secret]) => {
    if (field !== 'password') throw refusal(write, 'field-unsupported', field);
    if (isMask(reveal(secret))) throw refusal(write, 'text-uncarriable', field, { kind: 'mask' });
    return rowsOf(field).flatMap((row) => settingOf(row, secret, write, generation));
  });
  const resets = write.action === 'update' ? (write.resets ?? []) : [];
  return [...values, ...secrets, ...resets.flatMap((field) => factoryOf(field, write.key, generation))];
}

/** One field as nobody has set it. */
function factoryOf(field: string, line: string, generation: CfgGeneration): Cfg {
  return rowsOf(field).flatMap((row) => {
    const key = keyOf(row, line, generation);
    return key === null ? [] : [{ key, value: FACTORY }];
  });
}

/** A line as it is when nobody has used it. */
export function resetOf(line: string, generation: CfgGeneration): Cfg {
  return managedKeys(line, generation).map((key) => {
    const value = key === `account.${line}.enable` ? '0' : FACTORY;
    return { key, value: key.endsWith('.password') ? new Secret(value) : value };
  });
}

function settingOf(
  row: KeyRow,
  value: string | Secret | undefined,
  write: Write,
  generation: CfgGeneration,
): readonly CfgLine[] {
  const key = keyOf(row, write.key, generation);
  if (value === undefined || key === null) return [];
  const kind = flawOf(typeof value === 'string' ? value : reveal(value));
  if (kind !== null) throw refusal(write, 'text-uncarriable', row.field, { kind });
  return [{ key, value }];
}

/** The key of a write becomes part of a setting's name. */
function refuseOddLine(write: Write): void {
  if (write.kind !== 'account') throw refusal(write, 'field-unsupported', write.kind);
  if (lineOf(`account.${write.key}`) !== write.key) {
    throw refusal(write, 'value-unsupported', 'line', { value: write.key });
  }
}

function refusal(
  write: Write,
  code: 'field-unsupported' | 'field-generation' | 'value-unsupported' | 'text-uncarriable',
  field: string,
  params: Readonly<Record<string, string>> = {},
): AltaError {
  const facts = { address: write.address, written: 'nothing' } as const;
  return new AltaError(code, { driver: 'yealink', address: write.address, field, ...params }, facts);
}

/** Every value as the phone would give it back: once there and back again. Pure, idempotent. */
export function normalise(desired: Desired, target: Target): Desired {
  const generation = declaredGeneration(target);
  const known = Object.entries(desired.values).filter(
    ([field]) => generation === null || hasField(field, generation),
  );
  const values = known.map(([field, value]) => {
    const codec = codecOf(field);
    const native = codec?.encode(value) ?? null;
    return [field, (native === null ? undefined : codec?.decode(native)) ?? value];
  });
  return { ...desired, values: Object.fromEntries(values) };
}

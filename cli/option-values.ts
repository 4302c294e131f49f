import { AltaError } from '../engine/model/diagnostic.ts';
import type { Lang } from '../engine/model/messages/message.ts';

/** How one option is written, read and explained. */
export interface OptionRow {
  /** As commander takes it: `-o, --out <file>`. */
  readonly flags: string;
  readonly help: Readonly<Record<Lang, string>>;
  /** Turns the text into its value; throws `option-value`. Lists receive what was given before. */
  readonly parse?: (text: string, before: unknown) => unknown;
}

/** A whole number of at least `least`. */
export const wholeNumber = (flag: string, least: number) => (text: string) => {
  const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  if (value >= least) return value;
  throw new AltaError('option-value', { option: flag, value: text, expected: `${least}, ${least + 1}, …` });
};

/** One of a closed list. */
export const oneOf = (flag: string, choices: readonly string[]) => (text: string) => {
  if (choices.includes(text)) return text;
  throw new AltaError('option-value', { option: flag, value: text, expected: choices });
};

/** A text that says something. */
export const nonEmpty = (flag: string) => (text: string) => {
  if (text.trim() !== '') return text;
  throw new AltaError('option-value', { option: flag, value: text, expected: '…' });
};

/** `a,b`, and again for more. */
export const list = (text: string, before: unknown): readonly string[] => [
  ...(Array.isArray(before) ? before : []),
  ...text.split(',').filter((item) => item !== ''),
];

/** Once per value; commas belong to the value. */
export const repeated = (text: string, before: unknown): readonly string[] => [
  ...(Array.isArray(before) ? before : []),
  text,
];

const milliseconds: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, '': 1000 };

/** `30s`, `5m`, `500ms`; a bare number is seconds. */
export const duration = (flag: string) => (text: string) => {
  const [, digits = '', unit = ''] = /^(\d{1,6})(ms|s|m)?$/.exec(text) ?? [];
  if (digits !== '') return Number(digits) * (milliseconds[unit] ?? 0);
  throw new AltaError('option-value', { option: flag, value: text, expected: ['30s', '5m', '500ms'] });
};

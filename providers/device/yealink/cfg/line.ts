import type { Secret } from '../../../../engine/model/index.ts';

/** One setting of a phone. Secrets of any kind are wrapped: SIP and web passwords, keys, addresses that hold a login. */
export interface CfgLine {
  /** As in the file, with the models it is limited to: `account.1.label`, `[T46S,T48S]account.1.label`. */
  readonly key: string;
  readonly value: string | Secret;
}

/** The settings of a file in its order. A key may stand there more than once, and every line counts. [field] */
export type Cfg = readonly CfgLine[];

/** The first line of every settings file: the version of the format. Without it the phone ignores the file silently. [vendor-docs] */
export const HEADER = '#!version:1.0.0.1';

/** As a value: back to the factory setting. [field] */
export const FACTORY = '%NULL%';

/** As a value in exports: there, and empty. [field] */
export const EMPTY = '%EMPTY%';

/** What a key is made of, the models before it included. */
export const keyPattern = /^(?:\[[A-Za-z0-9_, -]+\])?[A-Za-z0-9_][A-Za-z0-9_.-]*$/;

const secretWords =
  /passw|passphrase|pwd|secret|psk|aes_key|private_?key|(?:^|[._])(?:pin|key|token|unlock)(?:[._]|$)/i;

/** Whether the value of a key, or this very value, is nobody's business. Says yes too often rather than too rarely. */
export function isSecret(key: string, value: string): boolean {
  return secretWords.test(key) || /:\/\/[^/\s]*@/.test(value);
}

/** One parameter of a phone. Ranges: vendor's tables (D). */
export interface Parameter {
  key: string;
  /** The factory's value. */
  initial: string;
  secret: boolean;
  /** Runs after the next boot only (D: static keys need a reboot; I for each of them). */
  static: boolean;
  /** Whole numbers it may hold (D); what is outside is left aside (I). */
  range?: readonly [least: number, most: number];
}

/** Ranges by the end of the key (D). */
const RANGES: ReadonlyArray<readonly [end: RegExp, least: number, most: number]> = [
  [/^account\.\d+\.enable$/, 0, 1],
  [/(\.port|_port)$/, 0, 65_535],
  [/^account\.\d+\.(.*\.)?(transport|transport_type)$/, 0, 3],
  [/\.expires$/, 30, 2_147_483_647],
  [/\.retry_counts$/, 0, 20],
];

/** A parameter with its factory value. */
export function parameter(key: string, initial: string, { secret = false } = {}): Parameter {
  const plain = { key, initial, secret, static: key.startsWith('static.') };
  const found = RANGES.find(([end]) => end.test(key));
  return found === undefined ? plain : { ...plain, range: [found[1], found[2]] };
}

/** 1, 2, … */
export function numbered(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index + 1);
}

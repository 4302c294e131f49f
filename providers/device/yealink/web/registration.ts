import type { Registration } from '../../../contract.ts';
import type { LineStatus } from './face.ts';

/** The phone's codes. While it is registering, nobody knows how it ends. [field; 3 from one source] */
const meanings: Readonly<Record<string, readonly [Registration['status'], string]>> = {
  0: ['unregistered', 'not registered'],
  1: ['unknown', 'registering'],
  2: ['registered', 'registered'],
  3: ['unregistered', 'registration failed'],
};

const registering = '1';

/** `registered (2)`, as observed values and evidence say it. */
export function wordsOf({ code }: LineStatus): string {
  const [, words] = meaningOf(code) ?? [];
  const shown = /^[\w -]{1,40}$/.test(code) ? code : 'nothing usable';
  return words === undefined ? shown : `${words} (${shown})`;
}

/** What the phone says of these lines; `unknown` for one that it does not mention. */
export function registrationsOf(
  keys: readonly string[],
  lines: readonly LineStatus[] | null,
): readonly Registration[] {
  return keys.map((key) => {
    const found = lines?.find(({ line }) => line === key);
    if (found === undefined)
      return { key, status: 'unknown', evidence: 'the phone does not mention this line' };
    const [status] = meaningOf(found.code) ?? ['unknown' as const];
    const trying = found.code === registering ? ({ trying: true } as const) : {};
    return { key, status, ...trying, evidence: `the phone says ${wordsOf(found)}` };
  });
}

function meaningOf(code: string) {
  return Object.hasOwn(meanings, code) ? meanings[code] : undefined;
}

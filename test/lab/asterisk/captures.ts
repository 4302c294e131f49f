import { readFileSync } from 'node:fs';
import type { LabAsteriskRelease } from '../../../lab/asterisk/index.ts';

const names: Readonly<Record<LabAsteriskRelease, string>> = {
  '13': '',
  '16': 'asterisk-16.28.0',
  '22': 'asterisk-22.10.1',
};

/** What a real daemon said, to the byte. */
export function capture(release: LabAsteriskRelease, name: string): string {
  const file = `../../fixtures/asterisk/${names[release]}_${name}.txt`;
  return readFileSync(new URL(file, import.meta.url), 'utf8');
}

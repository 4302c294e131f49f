import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { loadProfile } from '../../../engine/load/index.ts';

test.each(['a', 'b'])('%s', (e) => {
  const f = `profiles/pekepbx-lab-${e}.yaml`;
  expect(loadProfile(f, readFileSync(f, 'utf8')).diagnostics).toEqual([]);
});

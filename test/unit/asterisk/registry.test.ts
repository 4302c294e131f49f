import { expect, it } from 'vitest';
import { loadObserver, observers } from '../../../providers/registry.ts';

it.each(Object.keys(observers))('%s loads under its own name', async (name) => {
  expect((await loadObserver(name))?.name).toBe(name);
});

it('there is no other', async () => {
  expect([await loadObserver('nobody'), await loadObserver('constructor')]).toEqual([null, null]);
});

import { expect, it } from 'vitest';
import { driverNames, loadDriver, registry } from '../../../providers/registry.ts';

it.each(Object.keys(registry))('%s loads under its own name', async (name) => {
  expect((await loadDriver(name))?.name).toBe(name);
});

it('has no driver for an unknown name', async () => {
  expect([await loadDriver('nobody'), await loadDriver('constructor')]).toEqual([null, null]);
});

it('lists the in-memory driver only when asked', () => {
  expect([driverNames().includes('memory'), driverNames({ hidden: true }).includes('memory')]).toEqual([
    false,
    true,
  ]);
});

import { expect, test } from 'vitest';
import { seedExtensions } from '../../lab/index.ts';
import { bench } from './fixture.ts';
import { api } from './raw.ts';

test('seeded extensions are the same on every call', () => {
  expect(seedExtensions(50, 1000)).toEqual(seedExtensions(50, 1000));
  expect(seedExtensions(2, 1000)[1]).toMatchObject({ number: '1001', email: 'ext1001@acme.example' });
});

test('seeded names fit the box and hold accents', () => {
  const names = seedExtensions(500, 1000).map(({ username }) => username ?? '');
  expect(names.every((name) => name.length <= 31 && /^[\p{L} ]+$/u.test(name))).toBe(true);
  expect(names.some((name) => /[áéíóúñ]/i.test(name))).toBe(true);
});

test('seeded secrets satisfy the strong rule of the box itself', async () => {
  const v2 = await api((await bench({ extensions: 0, doubts: { consecutiveDigits: 2 } })).service);
  for (const seed of seedExtensions(100, 1000)) {
    expect((await v2('extension/add', seed)).json).toEqual({ status: 'Success' });
  }
});

test('ten thousand extensions are read in one answer, quickly', async () => {
  const { service } = await bench({ extensions: 10_000, firstNumber: 10_000 });
  const v2 = await api(service);
  const from = performance.now();
  const { extinfos } = (await v2('extension/query', { number: 'all' })).json;
  expect(extinfos).toHaveLength(10_000);
  expect(performance.now() - from).toBeLessThan(1500);
});

import { describe, expect, it, onTestFinished } from 'vitest';
import { startFirst, startNew } from './scenario.ts';

/** The paths of a plan that finds nothing to do, in order. */
const quietSecond = ['login', 'deviceinfo/query', 'extension/list', 'extension/query', 'logout'].map(
  (path) => `/api/v2.0.0/${path}`,
);
const quietFirst = [
  '/api/v2.0.0/login',
  ...['login', 'deviceinfo/query', 'extensionlist/query', 'extension/query', 'logout'].map(
    (path) => `/api/v1.1.0/${path}`,
  ),
];

describe('a plan without changes', () => {
  it.each([20, 2_000])(
    'of a box with %i extensions costs five requests, and none of them writes',
    async (extensions) => {
      const scenario = await startNew({ settings: { extensions, firstNumber: 3_000 } });
      onTestFinished(scenario.close);
      const { box } = scenario;
      expect((await scenario.apply()).codes).toEqual([]);
      const before = JSON.stringify([box.saved(), box.running()]);
      box.resetRequests();
      expect(await scenario.changes()).toEqual([]);
      expect(box.requests().entries.map(({ path }) => path)).toEqual(quietSecond);
      expect(JSON.stringify([box.saved(), box.running()])).toBe(before);
    },
  );

  it('of a v1.1.0 box with 2,000 extensions costs one more, to find out its version', async () => {
    const scenario = await startFirst({ settings: { extensions: 2_000 } });
    onTestFinished(scenario.close);
    const { box } = scenario;
    expect((await scenario.apply()).codes).toEqual([]);
    box.resetRequests();
    expect(await scenario.changes()).toEqual([]);
    expect(box.requests().entries.map(({ path }) => path)).toEqual(quietFirst);
  });
});

describe('a plan with changes', () => {
  it('writes nothing either', async () => {
    const scenario = await startNew({ settings: { extensions: 2_000, firstNumber: 3_000 } });
    onTestFinished(scenario.close);
    const { box } = scenario;
    const before = JSON.stringify([box.saved(), box.running()]);
    expect(await scenario.changes()).toHaveLength(1);
    expect(box.requests().entries.map(({ path }) => path)).toEqual(quietSecond);
    expect(JSON.stringify([box.saved(), box.running()])).toBe(before);
  });
});

describe('an apply of one create on a box with 2,000 extensions', () => {
  it('reads twice, writes once', async () => {
    const scenario = await startNew({ settings: { extensions: 2_000, firstNumber: 3_000 } });
    onTestFinished(scenario.close);
    expect((await scenario.apply()).codes).toEqual([]);
    const [login, ...rest] = quietSecond;
    const [reading, logout] = [rest.slice(0, -1), rest.slice(-1)];
    expect(scenario.box.requests().entries.map(({ path }) => path)).toEqual([
      login,
      ...reading,
      '/api/v2.0.0/extension/add',
      ...reading,
      ...logout,
    ]);
  });
});

import { describe, expect, it } from 'vitest';
import type { LabFault } from '../../../lab/index.ts';
import { on } from '../../support/bench.ts';
import { type Mishap, mishapOf, prove, status } from '../../support/matrix.ts';
import { mishaps, someMishaps, variantFor } from './matrix.ts';
import { asked, at, atSecond } from './moments.ts';
import { addressOf, startCalling, startSecond, startWork } from './scenario.ts';

const names = Object.keys(mishaps);

/** Where nobody hears of it, the API says something, and something else answers. */
const fewMishaps = ['a reset', 'a page of HTML', 'a lost answer', 'a complaint that nobody knows'];

/** The requests that change the server. After the first of an extension, something of it is written. */
const moments = [
  { asks: 'ext.add', number: '112', start: startCalling, names },
  { asks: 'ext.es.callerid.edit', number: '112', start: startCalling, names: someMishaps, second: true },
  { asks: 'ext.es.callerid.set', number: '112', start: startCalling, names: fewMishaps, second: true },
  { asks: 'ext.edit', number: '110', start: startWork, names: someMishaps },
  { asks: 'ext.delete', number: '111', start: startWork, names: someMishaps },
];

const trials = moments.flatMap(({ names, ...moment }) => names.map((name) => ({ ...moment, name })));

describe.concurrent('a run that meets', () => {
  it.each(trials)('$name at $asks', async ({ asks, number, start, name, second }) => {
    const mishap = mishapOf(mishaps, name);
    const match = at(asks);
    const ends = mishap.write;
    const written = second ? 'something' : mishap.written;
    const step = ends === 'converged' ? {} : { step: { address: addressOf(number), written } };
    await on(start(variantFor(mishap)), (scenario) =>
      prove(scenario, { fault: { ...mishap.fault, match }, ends, ...step }),
    );
  });
});

/** What API v2 says where it does not do what it is asked. */
const refusals = {
  'HTTP 400': { kind: 'errno', errno: '400 not valid' },
  'HTTP 401': { kind: 'errno', errno: '401 the key is refused' },
  'HTTP 403': status(403),
  'HTTP 404': status(404),
  'HTTP 409': { kind: 'errno', errno: '409 the number is taken' },
  'HTTP 429': status(429),
  'HTTP 500': { kind: 'errno', errno: '500 the extension could not be deleted' },
  'HTTP 502': status(502),
} as const satisfies Readonly<Record<string, Mishap['fault']>>;

type Refusal = keyof typeof refusals;

const lookUp = { path: '/v2/extensions/number/110' };
const [change, deletion] = [atSecond(1), atSecond(2)];

type Place = readonly [what: string, match: NonNullable<LabFault['match']>, name: string];
const placed = (
  what: string,
  match: NonNullable<LabFault['match']>,
  names: readonly string[],
): readonly Place[] => names.map((name) => [what, match, name]);

const refused: readonly Place[] = [
  ...placed('a change', change, Object.keys(refusals)),
  ...placed('a deletion', deletion, ['HTTP 404', 'HTTP 409', 'HTTP 500']),
  ...placed('a look-up', lookUp, ['HTTP 401', 'HTTP 429', 'HTTP 502']),
];

/** What got no answer may still come: it is looked up, and not sent again. A page is no answer either. */
const unanswered: readonly Place[] = [
  ...placed('110', change, ['a reset', 'a lost answer', 'a truncated answer', 'a page of HTML']),
  ...placed('111', deletion, ['a reset', 'a page of HTML']),
];

describe.concurrent('on API v2, a run that meets', () => {
  it.each(refused)('at %s %o %s goes on with the action API', (_, match, name) =>
    on(startSecond(), async (scenario) => {
      await prove(scenario, { fault: { ...refusals[name as Refusal], match }, ends: 'converged' });
    }),
  );

  it.each(unanswered)('at %s %o %s', (number, match, name) => {
    const mishap = mishapOf(mishaps, name);
    const { write: ends, written } = mishap;
    const step = ends === 'converged' ? {} : { step: { address: addressOf(number), written } };
    return on(startSecond(variantFor(mishap)), (scenario) =>
      prove(scenario, { fault: { ...mishap.fault, match }, ends, ...step }),
    );
  });

  it('a limit of requests waits for its window', () =>
    on(startSecond({ settings: { rateLimit: { requests: 2, windowMs: 1_000 } } }), async (scenario) => {
      await scenario.apply({ clock: scenario.context().clock });
      const ways = asked(scenario.box).filter((one) => one.includes('/api/'));
      expect(ways.map((one) => one.slice(0, one.indexOf(' ')))).toEqual(['GET', 'PATCH', 'GET', 'DELETE']);
      expect(await scenario.changes()).toEqual([]);
    }));
});

import { describe, it } from 'vitest';
import { on } from '../../support/bench.ts';
import { type End, mishapOf, prove } from '../../support/matrix.ts';
import { mishaps, someMishaps, variantFor } from './matrix.ts';
import { at } from './moments.ts';
import { startNew } from './scenario.ts';

const names = Object.keys(mishaps);

/** Mishaps that the first request meets otherwise than the others, and one of each class. */
const first = [
  'a late answer',
  'a reset',
  'HTTP 500',
  'HTTP 429',
  'a truncated answer',
  'a page of HTML',
  'silence',
  'no table yet',
  'HTTP 403',
  'a PHP notice before the JSON',
  'a redirect to a login page',
  'an action that is not allowed',
  'an invalid server',
  'a complaint about the key',
  'a complaint that nobody knows',
];

/** Where a session is opened, and what it reads before the first write. */
const moments = [
  { asks: 'tenant.list', names: first },
  { asks: 'license.info', names: ['a lost answer', 'HTTP 500', 'an action that is not allowed'] },
  { asks: 'uads.list', names: ['HTTP 403', 'a page of HTML'] },
  { asks: 'department.list', names: ['a truncated answer', 'HTTP 502'] },
  { asks: 'ext.list', names: names.filter((name) => name !== 'an answer without end') },
  { asks: 'ext.configuration', names: someMishaps },
  {
    asks: 'ext.es.callerid.configuration',
    names: ['a reset', 'HTTP 403', 'a page of HTML', 'a complaint that nobody knows'],
  },
  { asks: 'ext.es.callerid.get', names: ['a truncated answer', 'a complaint that nobody knows'] },
];

/** A server may keep its version for itself, and may have no licence for outgoing numbers: what it tells besides still counts. */
const exceptions: Readonly<Record<string, End>> = {
  'an action that is not allowed at license.info': 'converged',
  'a complaint that nobody knows at ext.es.callerid.configuration': 'forbidden',
  'a complaint that nobody knows at ext.es.callerid.get': 'forbidden',
};

const trials = moments.flatMap(({ names, ...moment }) => names.map((name) => ({ ...moment, name })));

describe.concurrent('a run that begins with', () => {
  it.each(trials)('$name at $asks', async ({ asks, name }) => {
    const mishap = mishapOf(mishaps, name);
    const match = at(asks);
    const usual = asks === 'tenant.list' ? mishap.login : mishap.read;
    const ends = exceptions[`${name} at ${asks}`] ?? usual;
    await on(startNew(variantFor(mishap)), (scenario) =>
      prove(scenario, { fault: { ...mishap.fault, match }, ends }),
    );
  });
});

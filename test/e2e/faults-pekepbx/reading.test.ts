import { describe, it } from 'vitest';
import { on } from '../../support/bench.ts';
import { mishapOf, prove } from '../../support/matrix.ts';
import { fewMishaps, mishaps, someMishaps, variantFor } from './matrix.ts';
import { type Dialect, startNew } from './scenario.ts';

const names = Object.keys(mishaps);

/** Where a session is opened and the company is read. What refuses a login asks for a person first: see `trust.test.ts`. */
const moments: readonly {
  readonly moment: string;
  readonly dialect: Dialect;
  readonly path: string;
  readonly names: readonly string[];
}[] = [
  {
    moment: 'the login',
    dialect: 'b',
    path: '/login',
    names: names.filter((name) => mishapOf(mishaps, name).login !== 'wrong-credentials'),
  },
  { moment: 'the company', dialect: 'a', path: '/company', names: fewMishaps },
  { moment: 'the companies', dialect: 'b', path: '/company', names: fewMishaps },
  { moment: 'the DIDs', dialect: 'a', path: '/did', names: fewMishaps },
  { moment: 'the list', dialect: 'a', path: '/extension', names },
  { moment: 'the list', dialect: 'b', path: '/extension', names: someMishaps },
];

const trials = moments.flatMap(({ names, ...moment }) => names.map((name) => ({ ...moment, name })));

describe.concurrent('a run that meets', () => {
  it.each(trials)('$name at $moment of $dialect', async ({ dialect, path, name }) => {
    const mishap = mishapOf(mishaps, name);
    const ends = path === '/login' ? mishap.login : mishap.read;
    const left = path === '/login' && mishap.heard ? 1 : 0;
    const fault = { ...mishap.fault, match: { path } };
    await on(startNew(dialect, variantFor(mishap)), (scenario) => prove(scenario, { fault, ends, left }));
  });
});

import { describe, it } from 'vitest';
import { on } from '../../support/bench.ts';
import { mishapOf, prove } from '../../support/matrix.ts';
import { fewMishaps, mishaps, mostMishaps, variantFor } from './matrix.ts';
import { startNew } from './scenario.ts';

const names = Object.keys(mishaps);

/** Where a session is opened and the box is read. */
const moments = [
  { moment: 'login', path: '/get_token', names: names.filter((name) => !isRefusal(name)) },
  { moment: 'information', path: '/system/information', names: fewMishaps },
  { moment: 'the list', path: '/extension/list', names: mostMishaps },
  { moment: 'the details', path: '/extension/query', names: fewMishaps },
];

/** What refuses credentials is not tried again, and asks for a person first: see `trust.test.ts`. */
function isRefusal(name: string): boolean {
  return mishapOf(mishaps, name).login === 'wrong-credentials';
}

const trials = moments.flatMap(({ moment, path, names }) => names.map((name) => ({ moment, path, name })));

describe.concurrent('a run that begins with', () => {
  it.each(trials)('$name at $moment', async ({ moment, path, name }) => {
    const mishap = mishapOf(mishaps, name);
    const fault = { ...mishap.fault, match: { path } };
    const login = moment === 'login';
    const ends = login ? mishap.login : mishap.read;
    const left = login && mishap.heard ? 1 : 0;
    await on(startNew(variantFor(mishap)), (scenario) => prove(scenario, { fault, ends, left }));
  });
});

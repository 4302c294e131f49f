import { describe, it } from 'vitest';
import { on } from '../../support/bench.ts';
import { mishapOf, prove } from '../../support/matrix.ts';
import { fewMishaps, mishaps, mostMishaps, someMishaps, variantFor } from './matrix.ts';
import { addressOf, startNew, startWork } from './scenario.ts';

const names = Object.keys(mishaps);

/**
 * The requests that change the box, and those between them. After the first of a step, something is written. `looks`: where no answer
 * came, the box shows whether the work was done.
 */
const moments = [
  { moment: 'the update', number: '2000', match: { path: '/extension/update' }, names },
  {
    moment: 'the create',
    number: '2002',
    match: { path: '/extension/create' },
    names: mostMishaps,
    alone: true,
    looks: true,
  },
  {
    moment: 'the delete',
    number: '2001',
    match: { path: '/extension/delete' },
    names: someMishaps,
    looks: true,
  },
  {
    moment: 'looking before the update',
    number: '2000',
    match: { path: '/extension/get?' },
    names: fewMishaps,
    reads: true,
  },
  {
    moment: 'looking for NAT after the update',
    number: '2000',
    match: { path: '/extension/get?', nth: 2 },
    names: fewMishaps,
    reads: true,
    second: true,
  },
  {
    moment: 'setting NAT after the update',
    number: '2000',
    match: { path: '/extension/update', nth: 2 },
    names: someMishaps,
    looks: true,
    second: true,
  },
  {
    moment: 'looking for NAT after the create',
    number: '2002',
    match: { path: '/extension/get?', nth: 4 },
    names: fewMishaps,
    reads: true,
    second: true,
  },
];

const trials = moments.flatMap(({ names, ...moment }) => names.map((name) => ({ ...moment, name })));

describe.concurrent('a run that meets', () => {
  it.each(trials)('$name at $moment', async ({ number, match, name, alone, looks, reads, second }) => {
    const mishap = mishapOf(mishaps, name);
    const fault = { ...mishap.fault, match };
    const ends = reads ? mishap.read : looks && mishap.heard ? 'converged' : mishap.write;
    const written = second ? 'something' : reads ? 'nothing' : mishap.written;
    const step = ends === 'converged' ? {} : { step: { address: addressOf(number), written } };
    const started = (alone ? startNew : startWork)(variantFor(mishap));
    await on(started, (scenario) => prove(scenario, { fault, ends, ...step }));
  });
});

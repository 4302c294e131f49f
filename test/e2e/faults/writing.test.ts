import { describe, it } from 'vitest';
import type { LabFault } from '../../../lab/index.ts';
import { on } from '../../support/bench.ts';
import { mishapOf, prove } from '../../support/matrix.ts';
import { mishaps, someMishaps, variantFor } from './matrix.ts';
import { addressOf, startNew, startSecond } from './scenario.ts';

const names = Object.keys(mishaps);

/** The requests that change the box, and those between them. After the first of a step, something is written. */
const moments = [
  { moment: 'the update', number: '2000', match: { path: '/extension/update' }, names },
  { moment: 'the create', number: '2002', match: { path: '/extension/add' }, names, alone: true },
  { moment: 'the delete', number: '2001', match: { path: '/extension/delete' }, names },
  {
    moment: 'looking for NAT after the create',
    number: '2002',
    match: { path: '/extension/query', nth: 2 },
    names: someMishaps,
    reads: true,
  },
  {
    moment: 'setting NAT after the create',
    number: '2002',
    match: { path: '/extension/update', nth: 2 },
    names: someMishaps,
    second: true,
  },
];

const trials = moments.flatMap(({ names, ...moment }) => names.map((name) => ({ ...moment, name })));

describe.concurrent('a run that meets', () => {
  it.each(trials)('$name at $moment', async ({ number, match, name, alone, reads, second }) => {
    const mishap = mishapOf(mishaps, name);
    const fault = { ...mishap.fault, match };
    const ends = reads ? mishap.read : mishap.write;
    const written = reads || second ? 'something' : mishap.written;
    const step = ends === 'converged' ? {} : { step: { address: addressOf(number), written } };
    const started = (alone ? startNew : startSecond)(variantFor(mishap));
    await on(started, (scenario) => prove(scenario, { fault, ends, ...step }));
  });

  it('a new extension that is gone before NAT is set', async () => {
    const fault: LabFault = { kind: 'errno', errno: '10006', match: { path: '/extension/query', nth: 2 } };
    const step = { address: addressOf('2002'), written: 'something' } as const;
    await on(startSecond(), (scenario) => prove(scenario, { fault, ends: 'not-found', step }));
  });
});

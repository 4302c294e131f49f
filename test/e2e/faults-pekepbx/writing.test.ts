import { describe, it } from 'vitest';
import { on } from '../../support/bench.ts';
import { mishapOf, prove } from '../../support/matrix.ts';
import { fewMishaps, mishaps, someMishaps, variantFor } from './matrix.ts';
import { addressOf, type Dialect, startNew, startWork } from './scenario.ts';

const names = Object.keys(mishaps);

/**
 * The requests that change the company, by their place among those about extensions: a list, a look before the update, the update, the
 * create, a look before the delete, the delete. `looks`: where no answer came, the list shows whether the work was done.
 */
const moments: readonly {
  readonly moment: string;
  readonly dialect: Dialect;
  readonly number: string;
  readonly nth: number;
  readonly names: readonly string[];
  readonly alone?: boolean;
  readonly looks?: boolean;
  readonly reads?: boolean;
}[] = [
  {
    moment: 'looking before the update',
    dialect: 'a',
    number: '30',
    nth: 2,
    names: fewMishaps,
    reads: true,
  },
  { moment: 'the update', dialect: 'a', number: '30', nth: 3, names },
  { moment: 'the update', dialect: 'b', number: '30', nth: 3, names: someMishaps },
  { moment: 'the create', dialect: 'a', number: '32', nth: 2, names: fewMishaps, alone: true, looks: true },
  { moment: 'the create', dialect: 'b', number: '32', nth: 2, names, alone: true, looks: true },
  { moment: 'the delete', dialect: 'a', number: '31', nth: 6, names: someMishaps, looks: true },
  { moment: 'the delete', dialect: 'b', number: '31', nth: 6, names: fewMishaps, looks: true },
];

const trials = moments.flatMap(({ names, ...moment }) => names.map((name) => ({ ...moment, name })));

describe.concurrent('a run that meets', () => {
  it.each(trials)(
    '$name at $moment of $dialect',
    async ({ dialect, number, nth, name, alone, looks, reads }) => {
      const mishap = mishapOf(mishaps, name);
      const fault = { ...mishap.fault, match: { path: '/extension', nth } };
      const ends = reads ? mishap.read : looks && mishap.heard ? 'converged' : mishap.write;
      const written = reads ? 'nothing' : mishap.written;
      const step = ends === 'converged' ? {} : { step: { address: addressOf(number), written } };
      const started = alone ? startNew(dialect, variantFor(mishap)) : startWork(dialect, variantFor(mishap));
      await on(started, (scenario) => prove(scenario, { fault, ends, ...step }));
    },
  );
});

import { describe, expect, it } from 'vitest';
import { on } from '../../support/bench.ts';
import { mishapOf, prove } from '../../support/matrix.ts';
import { mishaps, someMishaps, variantFor } from './matrix.ts';
import { addressOf, startFirst, startNew } from './scenario.ts';

const names = Object.keys(mishaps);

describe.concurrent('on v1.1.0, a run that meets', () => {
  it.each(someMishaps)('%s at the update', async (name) => {
    const mishap = mishapOf(mishaps, name);
    const fault = { ...mishap.fault, match: { path: '/extension/update' } };
    const step = { address: addressOf('1000'), written: mishap.written };
    const trial = { fault, ends: mishap.write, step };
    await on(startFirst(variantFor(mishap)), (scenario) => prove(scenario, trial));
  });

  it.each(names)('%s at the commit', async (name) => {
    const mishap = mishapOf(mishaps, name);
    const fault = { ...mishap.fault, match: { path: '/apply' } };
    await on(startFirst(variantFor(mishap)), async (scenario) => {
      await prove(scenario, { fault, ends: mishap.write });
      const commits = scenario.box.requests().counts['/api/v1.1.0/apply'] ?? 0;
      expect(commits, 'commits of the next run').toBe(mishap.write === 'converged' ? 0 : 1);
    });
  });
});

describe.concurrent('a run that ends with', () => {
  it.each([...someMishaps, 'a late answer', 'silence', 'HTTP 429'])(
    '%s at logout has done its work, and logs out all the same',
    async (name) => {
      const mishap = mishapOf(mishaps, name);
      const fault = { ...mishap.fault, match: { path: '/logout' } };
      await on(startNew(variantFor(mishap)), (scenario) => prove(scenario, { fault, ends: 'converged' }));
    },
  );
});

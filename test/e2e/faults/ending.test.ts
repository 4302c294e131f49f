import { describe, expect, it } from 'vitest';
import { mishaps, prove, someMishaps, variantFor } from './matrix.ts';
import { startFirst, startNew } from './scenario.ts';

const names = Object.keys(mishaps);

function mishapOf(name: string) {
  const mishap = mishaps[name];
  if (mishap === undefined) throw new Error(`no mishap ${name}`);
  return mishap;
}

describe.concurrent('on v1.1.0, a run that meets', () => {
  it.each(someMishaps)('%s at the update', async (name) => {
    const mishap = mishapOf(name);
    const scenario = await startFirst(variantFor(mishap));
    const fault = { ...mishap.fault, match: { path: '/extension/update' } };
    const step = { number: '1000', written: mishap.written };
    await prove(scenario, { fault, ends: mishap.write, step }).finally(scenario.close);
  });

  it.each(names)('%s at the commit', async (name) => {
    const mishap = mishapOf(name);
    const scenario = await startFirst(variantFor(mishap));
    const fault = { ...mishap.fault, match: { path: '/apply' } };
    await prove(scenario, { fault, ends: mishap.write })
      .then(() => {
        const commits = scenario.box.requests().counts['/api/v1.1.0/apply'] ?? 0;
        expect(commits, 'commits of the next run').toBe(mishap.write === 'converged' ? 0 : 1);
      })
      .finally(scenario.close);
  });
});

describe.concurrent('a run that ends with', () => {
  it.each([...someMishaps, 'a late answer', 'silence', 'HTTP 429'])(
    '%s at logout has done its work, and logs out all the same',
    async (name) => {
      const mishap = mishapOf(name);
      const scenario = await startNew(variantFor(mishap));
      const fault = { ...mishap.fault, match: { path: '/logout' } };
      await prove(scenario, { fault, ends: 'converged' }).finally(scenario.close);
    },
  );
});

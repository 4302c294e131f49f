import { describe, it } from 'vitest';
import { mishapOf } from '../../support/matrix.ts';
import { mishaps, moments, prove, someMishaps } from './matrix.ts';
import { webs } from './office.ts';

const all = Object.keys(mishaps);

/** What the phone hears of a goodbye. Where it does not, its session ends by itself. */
const goodbyes = [...someMishaps, 'HTTP 503', 'a late answer'];

describe.each(webs)('a run on web %s that meets', (web) => {
  it.each(all)('%s at the first import', async (name) => {
    const mishap = mishapOf(mishaps, name);
    const { write: ends, written } = mishap;
    const step = ends === 'converged' ? {} : { step: { line: '1', written } };
    await prove({ web, match: moments[web].import, mishap, ends, ...step });
  });

  it.each(someMishaps)('%s where it looks whether the line is still free', async (name) => {
    const mishap = mishapOf(mishaps, name);
    const { read: ends } = mishap;
    const step = ends === 'converged' ? {} : { step: { line: '4', written: 'nothing' as const } };
    await prove({ web, match: moments[web].taken, mishap, ends, ...step });
  });

  it.each(someMishaps)('%s at the import of a new account', async (name) => {
    const mishap = mishapOf(mishaps, name);
    const { write: ends, written } = mishap;
    const step = ends === 'converged' ? {} : { step: { line: '4', written } };
    await prove({ web, match: moments[web].create, mishap, ends, ...step });
  });

  it.each(someMishaps)('%s at the import that clears a line', async (name) => {
    const mishap = mishapOf(mishaps, name);
    const { write: ends, written } = mishap;
    const step = ends === 'converged' ? {} : { step: { line: '2', written } };
    await prove({ web, match: moments[web].delete, mishap, ends, ...step });
  });

  it.each(someMishaps)('%s when it looks at what came of it', async (name) => {
    await prove({ web, match: moments[web].check, mishap: mishapOf(mishaps, name), ends: 'converged' });
  });

  it.each(goodbyes)('%s at the logout', async (name) => {
    await prove({ web, match: moments[web].logout, mishap: mishapOf(mishaps, name), ends: 'converged' });
  });
});

describe('a run on web c that meets', () => {
  it.each(someMishaps)('%s where it asks whether a call is under way', async (name) => {
    const mishap = mishapOf(mishaps, name);
    const { read: ends } = mishap;
    const step = ends === 'converged' ? {} : { step: { line: '1', written: 'nothing' as const } };
    await prove({ web: 'c', match: moments.c.talking, mishap, ends, ...step });
  });
});

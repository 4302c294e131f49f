import { describe, it } from 'vitest';
import { type End, type Mishap, mishapOf } from '../../support/matrix.ts';
import { mishaps, moments, prove, someMishaps } from './matrix.ts';
import { webs } from './office.ts';

const all = Object.keys(mishaps);

/** After the login, which session it is can be asked for again; before, nobody knows. */
describe.each(webs)('a run on web %s that meets', (web) => {
  it.each(all)('%s at the login', async (name) => {
    const mishap = mishapOf(mishaps, name);
    // Only the answer names the session, over the JSON interface.
    const left = web === 'c' && mishap.heard === true;
    await prove({ web, match: moments[web].login, mishap, ends: mishap.login, left });
  });

  it.each(someMishaps)('%s at the status page', async (name) => {
    const mishap = mishapOf(mishaps, name);
    await prove({ web, match: moments[web].status, mishap, ends: mishap.read });
  });

  it.each(web === 'c' ? all : someMishaps)('%s at the export', async (name) => {
    const mishap = mishapOf(mishaps, name);
    await prove({ web, match: moments[web].export, mishap, ends: mishap.read });
  });
});

describe('a run on web c that meets', () => {
  const tokenEnds = (mishap: Mishap): End =>
    mishap.fault.status === 403 ? 'device-logged-out' : mishap.read;

  it.each(someMishaps)('%s where it asks for its token', async (name) => {
    const mishap = mishapOf(mishaps, name);
    await prove({ web: 'c', match: moments.c.token, mishap, ends: tokenEnds(mishap) });
  });
});

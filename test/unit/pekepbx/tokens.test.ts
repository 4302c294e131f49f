import { afterEach, beforeEach, expect, test } from 'vitest';
import { driver } from '../../../providers/pbx/pekepbx/driver.ts';
import { json, type Server } from '../../support/serve.ts';
import { type Call, hireAt, type Laravel, newLaravel, serveLaravel } from './laravel.ts';
import { issue } from './office.ts';
import { contextOf, edited, errorOf, handClock, proven, targetAt, using } from './support.ts';

let box: Laravel;
let server: Server<Call>;

beforeEach(async () => {
  box = newLaravel();
  server = await serveLaravel(box);
  hireAt(box, '10');
});

afterEach(() => server.stop());

const scope = { kinds: ['extension'] } as const;
const { refresh: _refresh, ...auth } = proven.auth;
const switching = (token?: { readonly path: string }) =>
  edited(proven, {
    auth,
    tenant: {
      ...proven.tenant,
      scopes: [
        ...proven.tenant.scopes,
        {
          by: 'switch-call',
          call: { path: '/enter/{companyId}' },
          ...(token === undefined ? {} : { token }),
        },
      ],
    },
  });

test('tokens that were got for a company that cannot be entered again are given back', async () => {
  box.life = 120;
  let entered = 0;
  box.disturb = ({ route }) => {
    if (!route.startsWith('/enter')) return undefined;
    entered += 1;
    return entered === 1 ? json({}) : json({ message: 'x' }, { status: 500 });
  };
  const clock = handClock();
  await using(server, { profile: switching(), clock }, async (session) => {
    await session.read(scope);
    clock.pass(200_000);
    for (let round = 0; round < 3; round += 1) await errorOf(session.read(scope));
  });
  expect(box.office.logins).toBeGreaterThan(1);
  expect([...box.office.tokens]).toEqual([]);
});

test('a token of its own for a company is given back, and so is the one before it', async () => {
  box.disturb = ({ route }) => {
    if (!route.startsWith('/enter')) return undefined;
    box.office.refreshes += 1;
    return json({ jwt: issue(box.office) });
  };
  await using(server, { profile: switching({ path: 'jwt' }) }, (session) => session.read(scope));
  expect([box.office.logouts, box.office.tokens.size]).toEqual([2, 0]);
});

test('closing waits for a renewal that is under way', async () => {
  box.life = 120;
  const clock = handClock();
  const session = await driver.open(
    targetAt(server.url, { profile: edited(proven, { auth }) }),
    contextOf({ clock }),
  );
  await session.read(scope);
  clock.pass(200_000);
  let closing: Promise<void> | undefined;
  box.disturb = ({ route }) => {
    if (route === '/login') closing = session.close();
    return undefined;
  };
  await session.read(scope).catch(() => null);
  await closing;
  expect(box.office.logins).toBe(2);
  expect([...box.office.tokens]).toEqual([]);
});

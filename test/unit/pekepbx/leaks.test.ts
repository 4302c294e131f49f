import { inspect } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { AltaError, Secret } from '../../../engine/model/index.ts';
import type { ProfileDocument } from '../../../engine/model/profile.ts';
import { driver } from '../../../providers/pbx/pekepbx/driver.ts';
import { probe, selftest } from '../../../providers/pbx/pekepbx/site/index.ts';
import { json, type Server } from '../../support/serve.ts';
import { galletasProfile, newGalletas, serveGalletas } from './galletas.ts';
import { type Call, hireAt, type Laravel, newLaravel, serveLaravel } from './laravel.ts';
import { hireLlano, llanoProfile, newLlano, serveLlano } from './llano.ts';
import {
  contextOf,
  creation,
  edited,
  PASSWORD,
  PORTAL_SECRET,
  proven,
  SIP_SECRET,
  targetAt,
  update,
} from './support.ts';

const NEW_SECRET = 'Hd7cRw-Kx4pVb9nTm6sQ';
const canaries = [
  PASSWORD,
  PORTAL_SECRET,
  SIP_SECRET,
  NEW_SECRET,
  'canary-token',
  'canary-session',
  'canary-content',
  encodeURIComponent(PASSWORD),
  Buffer.from(PASSWORD).toString('base64'),
];

function leaked(things: readonly unknown[]): readonly string[] {
  const text = things
    .map((thing) => {
      const details =
        thing instanceof AltaError ? [thing.message, thing.stack, thing.params, thing.facts] : [thing];
      return [
        inspect(thing, { depth: 12, showHidden: true }),
        ...details.map((one) => JSON.stringify(one)),
      ].join('\n');
    })
    .join('\n');
  return canaries.filter((canary) => text.includes(canary));
}

/** Everything that a session lets out, whatever its server answers. */
async function sightings(url: string, profile: ProfileDocument): Promise<readonly unknown[]> {
  const logs: string[] = [];
  const seen: unknown[] = [logs];
  const keep = (promise: Promise<unknown>) =>
    promise.then(
      (value) => seen.push(value),
      (error: unknown) => seen.push(error),
    );
  const opened = driver.open(targetAt(url, { profile }), contextOf({ logs }));
  await keep(opened);
  const session = await opened.catch(() => null);
  if (session === null) return seen;
  await keep(session.apply(creation()));
  await keep(session.apply(update({ name: 'x' }, { portal: new Secret(NEW_SECRET) })));
  await keep(session.read({ kinds: ['extension'] }));
  await keep(session.registrations?.(['10']) ?? Promise.resolve());
  await keep(session.callFlows?.([{ name: 'x' }]) ?? Promise.resolve());
  await session.close();
  return seen;
}

let box: Laravel;
let server: Server<Call>;

beforeEach(async () => {
  box = newLaravel();
  server = await serveLaravel(box);
});

afterEach(() => server.stop());

test('a server that behaves', async () => {
  hireAt(box, '11', { sipPassword: SIP_SECRET });
  const seen = await sightings(server.url, proven);
  expect(leaked(seen)).toEqual([]);
  expect(box.office.people).toHaveLength(2);
});

test('servers that show secrets, and that live in cookies', async () => {
  const llano = newLlano();
  const one = await serveLlano(llano);
  hireLlano(llano, '11', { clave: SIP_SECRET });
  expect(leaked(await sightings(one.url, llanoProfile))).toEqual([]);
  await one.stop();
  const galletas = newGalletas();
  const two = await serveGalletas(galletas);
  expect(leaked(await sightings(two.url, galletasProfile))).toEqual([]);
  await two.stop();
});

const echoes = [400, 401, 403, 404, 422, 429, 500].map((status) => [status] as const);

test.each(echoes)('a server that repeats in a %i what it was sent', async (status) => {
  box.disturb = (call) => {
    if (call.route === '/login' || call.method === 'GET') return undefined;
    const told = {
      message: `canary-content ${call.body}`,
      errors: { email: [call.body], 'canary-content': ['x'] },
    };
    return json(told, { status, headers: { 'x-told': call.token } });
  };
  expect(leaked(await sightings(server.url, proven))).toEqual([]);
});

test('a login that repeats the password', async () => {
  box.disturb = (call) => json({ message: call.body, token: { canary: call.body } }, { status: 200 });
  expect(leaked(await sightings(server.url, proven))).toEqual([]);
});

test('a redirection that carries the token, and keys that are secrets', async () => {
  box.disturb = (call) =>
    call.route === '/extension'
      ? { status: 302, headers: { location: `https://evil.example/?t=${call.token}` }, text: call.token }
      : undefined;
  expect(leaked(await sightings(server.url, proven))).toEqual([]);
});

test('the tools of a visit', async () => {
  hireAt(box, '11', { name: 'canary-content', sipPassword: SIP_SECRET });
  const canary = { from: '990', to: '999' };
  const target = targetAt(server.url, { profile: edited(proven, { canary }) });
  const reports = [await probe(target, contextOf()), await selftest(target, contextOf(), '990')];
  expect(leaked(reports)).toEqual([]);
});

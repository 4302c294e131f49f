/** Nothing that is said, logged or kept holds a password or a token. Every run here logs what `--debug` would print. */
import { readdir, readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { importTarget } from '../../../engine/run/index.ts';
import { findCanary } from '../../../engine/secrets/index.ts';
import { type Spite, spites } from '../canary/hostile.ts';
import { startTap, type Tap } from '../canary/tap.ts';
import { duringThe } from './colleague.ts';
import { type Dialect, dialects, extension, heldBy, startEmpty, type Work } from './scenario.ts';

const sip = 'Rb6zLm4cPf-x8QjD2tNk';
const portal = 'Hn2sYb7dCx-j8GwT5kVq';

interface Ear extends Work {
  readonly tap: Tap;
  /** `place form` of every secret in what was said and in the files of the workspace. */
  found(): Promise<readonly string[]>;
}

/** A client with one new extension, whose platform is spoken to over a wire that remembers. */
async function listen(dialect: Dialect, url?: string): Promise<Ear> {
  const ears: Tap[] = [];
  const tokens = () => ears.flatMap((tap) => tokensIn(tap.said()));
  const work = await startEmpty(dialect, { held: tokens });
  onTestFinished(work.close);
  const service = work.service('nube');
  const tap = await startTap(Number(new URL(url ?? service.url).port));
  ears.push(tap);
  await work.secret('values', 'extensions/nube/32/sip', sip);
  await work.secret('values', 'extensions/nube/32/portal', portal);
  const place = { url: `http://127.0.0.1:${tap.port}`, insecure: 'laboratorio' };
  await work.redeclare(place, [extension('32', 'Almacén')]);
  const found = async (): Promise<readonly string[]> => {
    const words = [...heldBy(work.lab), ...tokens(), service.credentials.password, sip, portal];
    const files = await filesOf(work.context().root);
    const kept = files.flatMap(([name, bytes]) =>
      [...new Set(words)].flatMap((word) => findCanary(bytes, word).map(({ form }) => `${name} ${form}`)),
    );
    return [...work.leaks(), ...kept];
  };
  return { ...work, tap, found };
}

/** Tokens that went over the wire, and what follows the last dot of each: it is as good as the whole. */
function tokensIn(said: string): readonly string[] {
  const all = said.matchAll(/"(?:token|accessToken)"\s*:\s*"([^"]+)"/g);
  return [...new Set([...all].flatMap(([, token = '']) => [token, token.split('.').at(-1) ?? '']))];
}

/** Every file of a workspace but the key of its owner. */
async function filesOf(root: string): Promise<readonly (readonly [string, Buffer])[]> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  const paths = entries.filter((one) => one.isFile()).map(({ parentPath, name }) => join(parentPath, name));
  const read = paths.filter((path) => !path.endsWith('identity.txt'));
  return Promise.all(read.map(async (path) => [path, await readFile(path)] as const));
}

describe.each(dialects)('no secret and no token of dialect %s shows', (dialect) => {
  it('where everything goes well', async () => {
    const ear = await listen(dialect);
    expect((await ear.apply()).codes).toEqual([]);
    await ear.secret('values', 'extensions/nube/32/sip', 'Gw5hXs9vKy_m3TcR6bZp');
    expect((await ear.apply()).codes).toEqual([]);
    expect(await ear.changes()).toEqual([]);
    await ear.verify();
    const options = { client: 'acme', pbx: 'nube', numbers: [], dryRun: false };
    const imported = await importTarget(ear.context({ command: 'import' }), options);
    // The wire has heard them all, so that looking for them proves something.
    expect(tokensIn(ear.tap.said()).length).toBeGreaterThan(8);
    for (const word of [sip, portal, 'Gw5hXs9vKy_m3TcR6bZp']) expect(ear.tap.said()).toContain(word);
    expect(findCanary(Buffer.from(JSON.stringify(imported)), sip)).toEqual([]);
    expect(await ear.found()).toEqual([]);
  });

  it('where tokens die and requests fail', async () => {
    const ear = await listen(dialect);
    duringThe(2, '/extension', ear, ear.box.expireTokens);
    expect((await ear.apply()).codes).toEqual([]);
    for (const errno of ['401', '403', '422', '500']) {
      ear.box.addFault({ kind: 'errno', errno, times: 0, match: { path: '/extension' } });
      expect((await ear.apply()).codes).not.toEqual([]);
      ear.box.clearFaults();
    }
    expect(await ear.found()).toEqual([]);
  });

  it('where the password is wrong', async () => {
    const ear = await listen(dialect);
    await ear.secret('connect', 'pbx/nube/password', 'Nobody-Knows-4821');
    expect((await ear.apply()).codes).toEqual(['wrong-credentials']);
    expect(ear.tap.said()).toContain('Nobody-Knows-4821');
    expect(await ear.found()).toEqual([]);
  });
});

const json = { 'content-type': 'application/json' };

/** A refusal that holds what was said, in the shapes of these dialects. */
function refusing(status: number, answer: (said: string) => object): Spite {
  return (response, said) => void response.writeHead(status, json).end(JSON.stringify(answer(said)));
}

/** Ways to send back what was said, those of this API first. */
const echoes: Readonly<Record<string, Spite>> = {
  'the request as a message': refusing(422, (said) => ({ message: said, code: said })),
  'the request as wrong fields': refusing(422, (said) => ({
    message: 'wrong',
    errors: { [said]: [said], email: [said], full_name: [said] },
    messages: [`user.mail ${said}`, said],
  })),
  'the request as a duplicate': refusing(409, (said) => ({
    errors: { extension: [`${said} has already been taken`] },
    code: 'already_exists',
    messages: [`sip.name ${said}`],
  })),
  'the request as content': refusing(200, (said) => ({ token: said, data: said, results: said, id: said })),
  ...spites,
};

const decent: Readonly<Record<string, object>> = {
  login: { token: 'c4d1e8f27b9a4063a5be61d07f3c92e8', expires_in: 3600 },
  logout: {},
  'company/90001': { data: { id: 90001, name: 'Acme S.L.' } },
  did: { data: [], meta: { total: 0, last_page: 1 } },
  extension: { data: [], meta: { total: 0, last_page: 1 } },
};

/** A platform of dialect a that is decent but for one call. Answers its address. */
async function hostileBox(call: string, spite: Spite): Promise<string> {
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { url = '', method, headers } = request;
    const said = `${url} ${headers.authorization ?? ''} ${Buffer.concat(chunks)}`;
    const action = url.replace('/api/v2/', '').replace(/\?.*$/, '');
    if (`${method} ${action}` === call) return spite(response, said);
    response.writeHead(decent[action] === undefined ? 404 : 200, json);
    response.end(JSON.stringify(decent[action] ?? { message: 'Not Found' }));
  });
  await new Promise<void>((listening) => void server.listen(0, '127.0.0.1', listening));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** What a call carries: the password, the token, all of a new extension. Where the token alone, the echoes of this API will do. */
const calls = [
  { call: 'POST login', carries: '"password":"', whats: Object.keys(echoes) },
  {
    call: 'GET extension',
    carries: 'c4d1e8f27b9a4063a5be61d07f3c92e8',
    whats: Object.keys(echoes).slice(0, 5),
  },
  { call: 'POST extension', carries: sip, whats: Object.keys(echoes) },
];
const trials = calls.flatMap(({ whats, ...call }) => whats.map((what) => ({ ...call, what })));

describe('a platform that sends back what it was told', () => {
  it.each(trials)('$what, to $call, makes nobody repeat it', async ({ call, carries, what }) => {
    const spite = echoes[what];
    if (spite === undefined) throw new Error(`no echo ${what}`);
    const ear = await listen('a', await hostileBox(call, spite));
    expect((await ear.apply()).codes.length).toBeGreaterThan(0);
    expect(ear.tap.said()).toContain(carries);
    expect(await ear.found()).toEqual([]);
  });
});

/** Nothing that is said, logged or kept holds a password, a Client Secret or a token. Every run here logs what `--debug` would print. */
import { readdir, readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { importTarget } from '../../../engine/run/index.ts';
import { findCanary } from '../../../engine/secrets/index.ts';
import type { LabYeastarP } from '../../../lab/index.ts';
import { during, startBench } from '../../support/bench.ts';
import { type Spite, spites } from '../canary/hostile.ts';
import { startTap, type Tap } from '../canary/tap.ts';
import { type PBench, passwordsOn, pbxOf, seal, sips } from './scenario.ts';

const pin = '9182736455';

interface Ear extends PBench {
  readonly tap: Tap;
  /** `place form` of every secret in what was said and in the files of the workspace. */
  found(): Promise<readonly string[]>;
}

/** A bench with one new extension, whose box is spoken to over a wire that remembers. */
async function listen(settings: Partial<LabYeastarP> = {}, url?: string): Promise<Ear> {
  const ears: Tap[] = [];
  const tokens = () => ears.flatMap((tap) => tokensIn(tap.said()));
  const bench = await startBench<LabYeastarP>({
    boxes: [{ driver: 'yeastar-p', name: 'sede', extensions: 2, tls: false, ...settings }],
    held: (lab) => [...passwordsOn(lab), ...tokens()],
  });
  onTestFinished(bench.close);
  const service = bench.service('sede');
  const tap = await startTap(Number(new URL(url ?? service.url).port));
  ears.push(tap);
  await seal(bench, 2000);
  await bench.secret('values', 'extensions/sede/2000/pin', pin);
  await bench.declare({
    pbx: { sede: pbxOf(bench, { pbx: { url: `http://127.0.0.1:${tap.port}` } }) },
    extensions: [{ pbx: 'sede', number: '2000', name: 'Recepción' }],
  });
  const found = async (): Promise<readonly string[]> => {
    const words = [...passwordsOn(bench.lab), ...tokens(), service.credentials.clientSecret, pin];
    const files = await filesOf(bench.context().root);
    const kept = files.flatMap(([name, bytes]) =>
      [...new Set(words)].flatMap((word) => findCanary(bytes, word).map(({ form }) => `${name} ${form}`)),
    );
    return [...bench.leaks(), ...kept];
  };
  return { ...bench, tap, found };
}

/** Tokens of both kinds that went over the wire. */
function tokensIn(said: string): readonly string[] {
  const all = said.matchAll(/"(?:access|refresh)_token"\s*:\s*"([^"]+)"/g);
  return [...new Set([...all].map(([, token = '']) => token))];
}

/** Every file of a workspace but the key of its owner. */
async function filesOf(root: string): Promise<readonly (readonly [string, Buffer])[]> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  const paths = entries.filter((one) => one.isFile()).map(({ parentPath, name }) => join(parentPath, name));
  const read = paths.filter((path) => !path.endsWith('identity.txt'));
  return Promise.all(read.map(async (path) => [path, await readFile(path)] as const));
}

describe('no secret and no token shows', () => {
  it('where everything goes well', async () => {
    const ear = await listen();
    expect((await ear.apply()).codes).toEqual([]);
    await ear.secret('values', 'extensions/sede/2000/sip', sips.rotated);
    expect((await ear.apply()).codes).toEqual([]);
    expect(await ear.changes()).toEqual([]);
    await ear.verify();
    const imported = await importTarget(ear.context({ command: 'import' }), {
      ...{ client: 'acme', pbx: 'sede', numbers: [], dryRun: false },
    });
    // The wire has heard them all, so that looking for them proves something.
    expect(tokensIn(ear.tap.said()).length).toBeGreaterThan(8);
    expect(ear.tap.said()).toContain(sips.rotated);
    expect(findCanary(Buffer.from(JSON.stringify(imported)), sips.rotated)).toEqual([]);
    expect(await ear.found()).toEqual([]);
  });

  it('where tokens die, are refused, and run out', async () => {
    const ear = await listen();
    const box = ear.lab.box('sede');
    during(box, '/extension/create', box.expireTokens);
    expect((await ear.apply()).codes).toEqual([]);
    box.addFault({ kind: 'errno', errno: '10004', times: 0, match: { path: '/extension/' } });
    expect((await ear.apply()).codes).toEqual(['strange-answer']);
    box.clearFaults();
    box.addFault({ kind: 'errno', errno: '60002', match: { path: '/get_token' } });
    expect((await ear.apply()).codes).toEqual(['target-busy']);
    expect(tokensIn(ear.tap.said()).length).toBeGreaterThan(4);
    expect(await ear.found()).toEqual([]);
  });

  it('where the Client Secret is wrong', async () => {
    const ear = await listen();
    await ear.secret('connect', 'pbx/sede/clientSecret', 'Nobody-Knows-4821');
    expect((await ear.apply()).codes).toEqual(['wrong-credentials']);
    expect(ear.tap.said()).toContain('Nobody-Knows-4821');
    expect(await ear.found()).toEqual([]);
  });
});

const json = { 'content-type': 'application/json' };

/** A refusal of the box that holds what was said. */
function refusing(answer: (said: string) => object): Spite {
  return (response, said) => void response.writeHead(200, json).end(JSON.stringify(answer(said)));
}

/** Ways to send back what was said, those of this API first. */
const echoes: Readonly<Record<string, Spite>> = {
  'the request as a text': refusing((said) => ({ errcode: 40002, errmsg: said })),
  'the request as a code': refusing((said) => ({ errcode: said, errmsg: 'FAILURE' })),
  'the request as a wrong value': refusing((said) => ({
    ...{ errcode: 40002, errmsg: 'PARAMETER ERROR' },
    invalid_param_list: [{ field: said, value: said }, { field: 'reg_password', value: said }, said],
  })),
  'the request as a duplicate': refusing((said) => ({
    ...{ errcode: 40003, errmsg: 'DUPLICATE KEY VALUE', submsg: said },
    duplicate_field_list: [{ field: 'number', value: said, external_source_name: said }],
  })),
  'the request as content': refusing((said) => ({ errcode: 0, id: said, data: said, access_token: said })),
  ...spites,
};

const decent: Readonly<Record<string, object>> = {
  get_token: {
    access_token: 'c4d1e8f27b9a4063a5be61d07f3c92e8',
    refresh_token: '9e8f3c07d16eb5a3604a9b72f8e1d4c2',
  },
  'system/information': { data: { model_name: 'P560', sn: '000000000000', firmware_version: '37.x' } },
  'extension/list': { total_number: 0, data: [] },
  'extension/search': { total_number: 0, data: [] },
};

/** A box that is decent but for one call. Answers its address. */
async function hostileBox(call: string, spite: Spite): Promise<string> {
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const said = `${request.url} ${Buffer.concat(chunks)}`;
    const action = (request.url ?? '').replace('/openapi/v1.0/', '').replace(/\?.*$/, '');
    if (action === call) return spite(response, said);
    const known = decent[action];
    const answer =
      known === undefined ? { errcode: 70120, errmsg: 'ORGANIZATION DISABLED' } : { errcode: 0, ...known };
    response.writeHead(200, json).end(JSON.stringify(answer));
  });
  await new Promise<void>((listening) => void server.listen(0, '127.0.0.1', listening));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** What a call carries: Client Secret, token, all of a new extension. Where the token alone, the echoes of this API will do. */
const calls = [
  { call: 'get_token', carries: '"password":"', whats: Object.keys(echoes) },
  { call: 'extension/list', carries: 'access_token=', whats: Object.keys(echoes).slice(0, 5) },
  { call: 'extension/create', carries: sips[2000], whats: Object.keys(echoes) },
];
const trials = calls.flatMap(({ whats, ...call }) => whats.map((what) => ({ ...call, what })));

describe('a box that sends back what it was told', () => {
  it.each(trials)('$what, to $call, makes nobody repeat it', async ({ call, carries, what }) => {
    const spite = echoes[what];
    if (spite === undefined) throw new Error(`no echo ${what}`);
    const ear = await listen({}, await hostileBox(call, spite));
    expect((await ear.apply()).codes.length).toBeGreaterThan(0);
    expect(ear.tap.said()).toContain(carries);
    expect(await ear.found()).toEqual([]);
  });
});

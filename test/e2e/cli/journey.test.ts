import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Lab, startLab } from '../../../lab/index.ts';
import { alta, type Ended } from './alta.ts';

/** A stranger in an empty folder, with a box on the network: each test is the next thing they do. */
let lab: Lab;
let cwd = '';

beforeAll(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'alta-stranger-'));
  lab = await startLab({ boxes: [{ name: 'sede', edition: 'v2.0.0', extensions: 3 }] });
});

afterAll(async () => {
  await lab.close();
  await rm(cwd, { recursive: true, force: true });
});

const client = 'clients/acme/client.yaml';
const run = (line: string, stdin = ''): Promise<Ended> => alta(line.split(' '), { cwd, stdin });
const read = (filename: string): Promise<string> => readFile(join(cwd, filename), 'utf8');
const edit = async (change: (text: string) => string): Promise<void> =>
  writeFile(join(cwd, client), change(await read(client)));

/** The box's block, as somebody types it at the end of the file. */
function pbxBlock(): string {
  const [service] = lab.services;
  if (service === undefined) throw new Error('no box');
  return `pbx:
  sede:
    driver: yeastar
    url: ${service.url}
    tls: { pins: ["${service.pins.spki}"] }
    credentials: { username: api, password: { secret: pbx/sede/password } }
    options: { writeIntervalMs: 0 }
`;
}

describe('a stranger', () => {
  it('makes a workspace', async () => {
    const { code, out, err } = await run('init --client acme --name Acme');
    expect([code, err]).toEqual([0, '']);
    expect(out).toContain('+ alta.yaml  created');
  });

  it('has a valid workspace at once', async () => {
    expect(await run('validate')).toMatchObject({ code: 0, out: expect.stringContaining('Valid: 1 client') });
  });

  it('has files in their usual form at once', async () => {
    expect((await run('fmt --check')).code).toBe(0);
  });

  it('is told which secret a new box needs', async () => {
    await edit((text) => `${text}${pbxBlock()}`);
    const { code, err } = await run('doctor');
    expect([code, err]).toEqual([1, expect.stringContaining('pbx/sede/password')]);
  });

  it('enters the login through standard input', async () => {
    const secret = `${lab.services[0]?.credentials.password}\n`;
    expect((await run('secrets set pbx/sede/password --client acme', secret)).code).toBe(0);
  });

  it('hears from doctor that the box can be read', async () => {
    const { code, out } = await run('doctor');
    expect([code, out]).toEqual([0, expect.stringContaining('API v2.0.0. Extensions there: 3.')]);
  });

  it('takes over what the box has', async () => {
    expect((await run('import acme/pbx:sede')).code).toBe(0);
    expect(await read(client)).toContain('number: "1000"');
  });

  it('has nothing to change after that', async () => {
    const { code, out } = await run('plan --detailed-exitcode');
    expect([code, out]).toEqual([0, expect.stringContaining('0 changes')]);
  });

  it('writes down that it is theirs, and writes nothing to the box', async () => {
    lab.box('sede').resetRequests();
    expect((await run('apply --yes')).code).toBe(0);
    expect(Object.keys(lab.box('sede').requests().counts).join()).not.toMatch(/update|add|delete/);
  });

  it('is told that a new extension has no password yet', async () => {
    await edit((text) => `${text}  - pbx: sede\n    number: "110"\n    name: Recepción\n`);
    const { code, err } = await run('validate');
    expect([code, err]).toEqual([1, expect.stringContaining('[secret-required]')]);
  });

  it('has one made', async () => {
    const { code, out } = await run('secrets generate --client acme');
    expect([code, out]).toEqual([0, expect.stringContaining('+ extensions/sede/110/sip')]);
  });

  it('finds every secret intact', async () => {
    expect(await run('secrets check')).toMatchObject({ code: 0, out: 'Every secret is there and intact.\n' });
  });

  it('saves a plan', async () => {
    expect((await run('plan -o plan.json --detailed-exitcode')).code).toBe(2);
    expect(lab.box('sede').saved()).not.toHaveProperty('110');
  });

  it('applies that plan without being asked', async () => {
    const { code, out } = await run('apply plan.json');
    expect([code, out]).toEqual([0, expect.stringContaining('Result: 1 done.')]);
    expect(lab.box('sede').running()).toHaveProperty('110');
  });

  it('is not told that a whole plan was partial', async () => {
    await edit((text) => text.replace('name: Recepción', 'name: Mostrador'));
    await run('plan -o plan.json');
    expect((await run('apply plan.json')).out).not.toContain('Partial plan');
  });

  it('has nothing left to do', async () => {
    const { code, out } = await run('plan --detailed-exitcode');
    expect([code, out]).toEqual([0, expect.stringContaining('No changes.')]);
  });

  it('has the proof, and the list of what a person must look at', async () => {
    const { code, out } = await run('verify');
    expect([code, out]).toEqual([0, expect.stringMatching(/✓ .*extension:110/)]);
    expect(out).toContain('☐');
  });

  it('sees what a colleague changed', async () => {
    lab.box('sede').edit('110', { username: 'Portería' }, { apply: true });
    const { code, out } = await run('drift');
    expect([code, out]).toEqual([2, expect.stringContaining('"Portería" → "Mostrador"')]);
  });

  it('accepts it', async () => {
    expect((await run('accept')).code).toBe(0);
    expect(await read(client)).toContain('name: Portería');
  });

  it('has nothing to change after that either', async () => {
    expect((await run('plan --detailed-exitcode')).code).toBe(0);
  });

  it('adds a second recipient, and no plan changes', async () => {
    const { generateX25519Identity, identityToRecipient } = await import('age-encryption');
    const luis = await identityToRecipient(await generateX25519Identity());
    const text = await read('alta.yaml');
    await writeFile(
      join(cwd, 'alta.yaml'),
      text.replace(/^( {4}(?:connect|values):\n)/gm, `$1      luis: ${luis}\n`),
    );
    const { code, out } = await run('secrets rekey');
    expect([code, out]).toEqual([0, expect.stringContaining('~ extensions/sede/110/sip')]);
    expect((await run('plan --detailed-exitcode')).code).toBe(0);
    expect((await run('secrets check')).code).toBe(0);
  });

  it('gets a fingerprint key again where it was lost, for the recipients of now', async () => {
    await rm(join(cwd, 'secrets.yaml'));
    expect(await run('secrets init')).toMatchObject({
      code: 0,
      out: expect.stringContaining('+ fingerprint-key'),
    });
    expect((await run('secrets check')).code).toBe(0);
  });

  it('lists what no person has to do', async () => {
    expect(await run('attest')).toMatchObject({ code: 0, out: 'No step waits for a person.\n' });
  });

  it('looks up what the driver can', async () => {
    expect(await run('drivers')).toMatchObject({ code: 0, out: expect.stringContaining('registerpassword') });
  });

  it('cannot make a second workspace over the first', async () => {
    expect(await run('init')).toMatchObject({ code: 1, err: expect.stringContaining('[workspace-exists]') });
  });
});

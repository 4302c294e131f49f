import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { reveal, Secret } from '../../engine/model/index.ts';
import { openerFor } from '../../engine/secrets/age.ts';
import { openEntry } from '../../engine/secrets/entry.ts';
import { packEnvelope } from '../../engine/secrets/envelope.ts';
import { createIdentity, findIdentities, sealSecret } from '../../engine/secrets/index.ts';

const missing = ['age', 'age-keygen'].some((program) => spawnSync(program, ['--version']).status !== 0);
const note = missing ? ': SKIPPED, no `age` and `age-keygen` on PATH, nothing was proven' : '';
if (missing) console.warn(`test/real/age.test.ts${note}`);

const binding = { scope: 'acme', name: 'extensions/main/110/sip', rev: '01KF0000000000000000000000' };
const value = 'contraseña de prueba\nsegunda línea 🔑';
const folder = mkdtempSync(join(tmpdir(), 'alta-age-'));
const identityPath = join(folder, 'identity.txt');
let recipient: string;

beforeAll(async () => {
  recipient = await createIdentity(identityPath, new Date());
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function openOurs(rev: string, age: string, path = identityPath): Promise<string> {
  const { identities } = await findIdentities(folder, { ALTA_IDENTITY: path });
  const document = {
    filename: 'clients/acme/secrets.yaml',
    file: { values: { [binding.name]: { rev, age } } },
  };
  const place = { scope: 'acme', group: 'values', name: binding.name, document } as const;
  return reveal(await openEntry(place, { rev, age }, await openerFor(identities?.keys ?? [])));
}

describe(`the age binary${note}`, () => {
  it.skipIf(missing)('opens what we sealed', async () => {
    const recipients = { connect: {}, values: { ci: recipient } };
    const input = {
      ...binding,
      group: 'values',
      value: new Secret(value),
      recipients,
      now: Date.now(),
    } as const;
    const { rev, age } = await sealSecret(input);
    const sealed = execFileSync('base64', ['-d'], { input: age });
    const text = execFileSync('age', ['-d', '-i', identityPath], { input: sealed }).toString();
    expect(text.replace(/\0+$/, '')).toBe(`alta1 acme/${binding.name} ${rev}\n${value}`);
  });

  it.skipIf(missing)('seals what we open', async () => {
    const sealed = execFileSync('age', ['-r', recipient], { input: packEnvelope(binding, value) });
    expect(await openOurs(binding.rev, sealed.toString('base64'))).toBe(value);
  });

  it.skipIf(missing)('seals for several recipients what we open', async () => {
    const other = await createIdentity(join(folder, 'other.txt'), new Date());
    const arguments_ = ['-r', other, '-r', recipient];
    const sealed = execFileSync('age', arguments_, { input: packEnvelope(binding, value) });
    expect(await openOurs(binding.rev, sealed.toString('base64'))).toBe(value);
  });

  it.skipIf(missing)('refuses what we sealed for someone else', async () => {
    const other = join(folder, 'stranger.txt');
    await createIdentity(other, new Date());
    const recipients = { connect: {}, values: { ci: recipient } };
    const input = {
      ...binding,
      group: 'values',
      value: new Secret(value),
      recipients,
      now: Date.now(),
    } as const;
    const { age } = await sealSecret(input);
    const result = spawnSync('age', ['-d', '-i', other], { input: Buffer.from(age, 'base64') });
    expect([result.status, result.stdout.length]).toEqual([1, 0]);
  });

  it.skipIf(missing)('age-keygen reads our identity, and we read its', async () => {
    expect(execFileSync('age-keygen', ['-y', identityPath]).toString().trim()).toBe(recipient);
    const path = join(folder, 'keygen.txt');
    writeFileSync(path, execFileSync('age-keygen', { stdio: ['ignore', 'pipe', 'ignore'] }), { mode: 0o600 });
    const theirs = execFileSync('age-keygen', ['-y', path]).toString().trim();
    const sealed = execFileSync('age', ['-r', theirs], { input: packEnvelope(binding, value) });
    expect(await openOurs(binding.rev, sealed.toString('base64'), path)).toBe(value);
  });
});

import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadProfile } from '../../../engine/load/index.ts';
import { digestOf } from '../../../engine/model/index.ts';
import { acquireLease, clientLeaseName, hostLeaseName, systemIo } from '../../../engine/state/index.ts';
import { realClock } from '../../../providers/transport/clock.ts';
import { type OnSite, onSite } from './site.ts';

let site: OnSite;
const profile = 'profiles/lab.yaml';
const importing = 'profile import-har recording.har --profile lab';
const trying = 'profile selftest acme/pbx:nube --canary 987';

beforeAll(async () => {
  site = await onSite({ edition: 'a' });
  await site.record();
  await site.declare([]);
  await site.alta(importing);
  await site.edit(profile, (text) => text.replace('minIntervalMs: 100', 'minIntervalMs: 0'));
});
afterAll(() => site.close());

/** The code of the one error that a line ends with. */
async function errorOf(line: string): Promise<string | undefined> {
  const { code, out } = await site.alta(`${line} --json`);
  const { diagnostics } = JSON.parse(out) as { diagnostics: { severity: string; code: string }[] };
  return code === 0 ? undefined : diagnostics.find(({ severity }) => severity === 'error')?.code;
}

describe('alta profile import-har', () => {
  it.each([
    ['profile import-har recording.har', 'missing-argument'],
    ['profile import-har recording.har --profile ../x', 'option-value'],
    [importing, 'profile-exists'],
    [`${importing}2 --from nothing`, 'profile-unknown'],
    ['profile import-har no.har --profile lab2', 'file-unreadable'],
    ['profile import-har . --profile lab2', 'file-unreadable'],
    ['profile import-har alta.yaml --profile lab2', 'har-not-json'],
    [`${importing}2 --sentinels nmae=x`, 'option-value'],
    [`${importing}2 --sentinels name=987`, 'option-value'],
    [`${importing}2 --sentinels flipped=lights`, 'option-value'],
  ])('%s → %s', async (line, code) => {
    expect(await errorOf(line)).toBe(code);
  });

  it('writes nothing where it only shows', async () => {
    const { code, out } = await site.alta(`${importing}3 --dry-run`);
    expect([code, out]).toEqual([0, expect.stringContaining('would be created')]);
    await expect(site.read('profiles/lab3.yaml')).rejects.toThrow();
  });

  it('replaces only where it is told to', async () => {
    await site.edit(profile, (text) => `${text}# mine\n`);
    expect(await errorOf(importing)).toBe('profile-exists');
    expect(await site.read(profile)).toContain('# mine');
    expect((await site.alta(`${importing} --replace`)).code).toBe(0);
    expect(await site.read(profile)).not.toContain('# mine');
    await site.edit(profile, (text) => text.replace('minIntervalMs: 100', 'minIntervalMs: 0'));
  });
});

describe('a visit', () => {
  it.each([
    ['profile probe', 'missing-argument'],
    ['profile probe acme', 'argument-value'],
    ['profile probe acme/pbx:nube acme/pbx:otra', 'excess-arguments'],
    ['profile probe nadie/pbx:nube', 'unknown-client'],
    ['profile probe acme/pbx:otra', 'unknown-pbx-label'],
    ['profile selftest acme/pbx:nube --yes', 'missing-argument'],
    [`${trying}`, 'selftest-unasked'],
    [`${trying}9 --yes`, 'canary-out-of-range'],
  ])('%s → %s', async (line, code) => {
    expect(await errorOf(line)).toBe(code);
  });

  it('takes its target by option as well', async () => {
    const { code, out } = await site.alta('profile diff --target acme/nube');
    expect([code, out]).toEqual([0, expect.stringContaining('+ call_permission  string')]);
  });

  it('says in Spanish what it found, and ends with 7 where a name is refuted', async () => {
    await site.edit(profile, (text) => text.replace('path: full_name', 'path: fullname'));
    const probed = await site.alta('profile probe acme/nube --lang es');
    const differing = await site.alta('profile diff acme/nube --lang es');
    await site.edit(profile, (text) => text.replace('path: fullname', 'path: full_name'));
    expect(probed.out).toMatch(
      /✗ fields\.name +no hay nada con ese nombre en lo leído {2}fullname: en 0 de 12/,
    );
    expect(differing.out).toContain('- fields.name  fullname');
    expect([probed.code, differing.code]).toEqual([7, 7]);
  });

  it('reads only, where it only looks', async () => {
    site.box.resetRequests();
    await site.alta('profile probe acme/nube');
    const methods = new Set(
      site.box
        .requests()
        .entries.filter(({ path }) => !path.includes('login'))
        .map(({ method }) => method),
    );
    expect([...methods]).toEqual(['GET']);
  });

  it('of a PBX whose driver has no profiles is refused', async () => {
    await site.declare([], { driver: 'yeastar', profile: undefined, tenant: undefined });
    const code = await errorOf('profile probe acme/nube');
    await site.declare([]);
    expect(code).toBe('site-tools-missing');
  });
});

describe('a self-test', () => {
  it('does not touch a number that exists', async () => {
    site.box.create({ number: '987', name: 'Otra persona' });
    const before = site.box.saved();
    expect(await errorOf(`${trying} --yes`)).toBe('canary-taken');
    expect(site.box.saved()).toEqual(before);
    site.box.remove('987');
  });

  it('waits for nobody who holds the client, and says who', async () => {
    const io = systemIo(realClock);
    const lease = await acquireLease(io, join(site.root, 'state'), clientLeaseName('acme'), {
      user: 'luis',
      command: 'apply',
    });
    site.box.resetRequests();
    const { code, err } = await site.alta(`${trying} --yes`);
    await lease.release();
    expect([code, err]).toEqual([5, expect.stringContaining('luis')]);
    expect(site.box.requests().total).toBe(0);
  });

  it('takes turns with whoever writes to the same host for another client', async () => {
    const host = site.service.url;
    const lease = await acquireLease(systemIo(realClock), join(site.root, 'state'), hostLeaseName(host), {
      user: 'eva',
      command: 'apply',
    });
    site.box.resetRequests();
    const { code, err } = await site.alta(`${trying} --yes`);
    await lease.release();
    expect([code, err]).toEqual([5, expect.stringContaining('eva')]);
    expect(site.box.requests().total).toBe(0);
  });

  it('says what it could not take away', async () => {
    const fault = site.box.addFault({
      kind: 'status',
      status: 500,
      match: { path: '/extension/' },
      times: 0,
    });
    const { code, err } = await site.alta(`${trying} --yes`);
    site.box.clearFaults(fault);
    site.box.remove('987');
    expect([code, err]).toEqual([1, expect.stringContaining('[selftest-left-behind]')]);
  }, 90_000);
});

describe('alta profile lock', () => {
  it('without a proof is refused', async () => {
    await rm(join(site.root, '.alta/profile-proofs'), { recursive: true, force: true });
    expect(await errorOf('profile lock')).toBe('profile-proof-none');
    expect(await errorOf('profile lock lab')).toBe('profile-proof-missing');
  });

  it('with the proof of another profile is refused', async () => {
    await site.alta(`${trying} --yes`);
    await site.edit(profile, (text) => text.replace('path: full_name', 'path: fullname'));
    expect(await errorOf('profile lock')).toBe('profile-proof-stale');
    await site.edit(profile, (text) => text.replace('path: fullname', 'path: full_name'));
  });

  it('with a proof that somebody wrote by hand, and badly, is refused', async () => {
    const place = '.alta/profile-proofs/lab.json';
    const proof = await site.read(place);
    await site.edit(place, () => '{"format_version":"1.0","profile":"lab","proven":"all"}');
    expect(await errorOf('profile lock lab')).toBe('profile-proof-missing');
    await site.edit(place, () => proof);
  });

  it('takes nobody’s word for what is not in doubt', async () => {
    expect(await errorOf('profile lock --vouch fields.nmae')).toBe('option-value');
    expect(await errorOf('profile lock --vouch auth.login')).toBe('option-value');
  });

  it('with a comment more is still the same profile', async () => {
    await site.edit(profile, (text) => `# seen on site\n${text}`);
    const { code, out } = await site.alta('profile lock --dry-run');
    expect([code, out]).toEqual([0, expect.stringContaining('- fields.name.verify')]);
    expect(await site.read(profile)).toMatch(/name: \{ path: full_name, required: true, verify: true \}/);
  });

  it('keeps no value in the proof', async () => {
    const proof = await site.read('.alta/profile-proofs/lab.json');
    expect(Object.keys(JSON.parse(proof))).toEqual([
      'format_version',
      'profile',
      'digest',
      'target',
      'at',
      'proven',
      'unprovable',
      'looks',
    ]);
    expect(proof).not.toMatch(/90001|example|\+34/);
  });

  it('a second time has nothing to take off', async () => {
    const { code, out } = await site.alta('profile lock --lang es');
    expect([code, out]).toEqual([0, expect.stringContaining('Siguen marcados: auth.secondFactor')]);
    const text = await site.read(profile);
    expect(text).toContain('# seen on site');
    const again = await site.alta('profile lock --json');
    expect(JSON.parse(again.out)).toMatchObject({ errored: false, cleared: [] });
    expect(await site.read(profile)).toBe(text);
  });

  it('makes a profile of the package the workspace’s own', async () => {
    const name = 'pekepbx-v36';
    const shipped = await readFile(`profiles/${name}.yaml`, 'utf8');
    const { profile: document } = loadProfile(`profiles/${name}.yaml`, shipped);
    const at = new Date(0).toISOString();
    const about = {
      format_version: '1.0',
      profile: name,
      digest: digestOf(document),
      target: 'acme/pbx:nube',
      at,
    };
    const proof = { ...about, proven: ['tenant.id', 'list.pager'], unprovable: [], looks: { id: 'number' } };
    await writeFile(join(site.root, `.alta/profile-proofs/${name}.json`), JSON.stringify(proof));
    const { code, out } = await site.alta(`profile lock ${name}`);
    expect([code, out]).toEqual([0, expect.stringContaining(`+ profiles/${name}.yaml  created`)]);
    const text = await site.read(`profiles/${name}.yaml`);
    expect(loadProfile(`profiles/${name}.yaml`, text).profile).toMatchObject({
      tenant: { id: { path: 'id' }, name: { verify: true } },
      guard: { keys: { id: 'number' } },
    });
    expect(await readFile(`profiles/${name}.yaml`, 'utf8')).toBe(shipped);
  });

  it('then stands guard: a changed server is not written to', async () => {
    await site.edit(profile, (text) =>
      text.replace('    full_name: string\n', '    full_name: string\n    gone: number\n'),
    );
    const { out } = await site.alta('plan');
    expect(out).toContain('No changes.');
    const { err } = await site.alta('plan');
    expect(err).toContain('[profile-changed]');
  });
});

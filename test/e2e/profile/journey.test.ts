import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type OnSite, onSite } from './site.ts';

/** A platform that nobody documents, and an engineer with a browser: each test is the next thing they do. */
const dialects = [
  { edition: 'a', vouched: [] },
  // Never shown, or only ever seen with one value: a person answers for these.
  { edition: 'b', vouched: ['fields.role', 'fields.sip', 'fields.portal'] },
] as const;

interface Verdict {
  readonly place: string;
  readonly verdict: string;
  readonly why: string | null;
}

interface Locked {
  readonly cleared: string[];
  readonly left: string[];
  readonly unprovable: string[];
}

describe.each(dialects)('an hour on site with dialect $edition', ({ edition, vouched }) => {
  let site: OnSite;
  const profile = 'profiles/lab.yaml';

  beforeAll(async () => {
    site = await onSite({ edition });
    await site.record();
    await site.declare([]);
  });
  afterAll(() => site.close());

  it('begins with a profile from the recording', async () => {
    const { code, out } = await site.alta('profile import-har recording.har --profile lab');
    expect([code, out]).toEqual([0, expect.stringContaining('+ profiles/lab.yaml  created')]);
    await site.edit(profile, (text) => text.replace('minIntervalMs: 100', 'minIntervalMs: 0'));
  });

  it('that says who the company is to people, and what calls carry', async () => {
    const text = await site.read(profile);
    const tenant = text.slice(text.indexOf('\ntenant:'), text.indexOf('\nresources:'));
    const { id, key, name } = {
      a: { id: 'id', key: undefined, name: 'name' },
      b: { id: 'code', key: 'uuid', name: 'legalName' },
    }[edition];
    expect(tenant).toMatch(new RegExp(`id: \\{ path: ${id}\\b`));
    expect(tenant).toMatch(new RegExp(`name: \\{ path: ${name}, verify: true`));
    if (key === undefined) expect(tenant).not.toContain('key:');
    else expect(tenant).toMatch(new RegExp(`key:\\s+(\\{ )?path: ${key}`));
    expect(tenant).toMatch(edition === 'b' ? /by: header/ : /by: query/);
  });

  it('that is valid', async () => {
    expect((await site.alta('validate')).code).toBe(0);
  });

  it('looks, and nothing of an extension is refuted', async () => {
    const { out } = await site.alta('profile probe acme/pbx:nube --json');
    const { report } = JSON.parse(out) as { report: { samples: number; verdicts: Verdict[] } };
    expect(report.samples).toBe(12);
    const refuted = report.verdicts.filter(({ verdict }) => verdict === 'refuted').map(({ place }) => place);
    expect(
      refuted.filter((place) => /^(fields|identity|list|tenant|resources\.extension)/.test(place)),
    ).toEqual([]);
    const proven = report.verdicts.filter(({ verdict }) => verdict === 'proven').map(({ place }) => place);
    expect(proven).toEqual(expect.arrayContaining(['tenant.id', 'tenant.name']));
    expect(Object.keys(site.box.requests().counts)).not.toContain('PUT');
  });

  it('writes nothing yet: apply refuses to rely on guesses', async () => {
    const values = { name: 'Puesto 50', email: 'p50@acme.example' };
    await site.secret('acme', 'values', 'extensions/nube/50/sip', 'Kf7mQ2xRtp9WbL4hZc6a');
    await site.secret('acme', 'values', 'extensions/nube/50/portal', 'Kf7mQ2xRtp9WbL4hZc6b');
    const portal = { secret: 'extensions/nube/50/portal' };
    await site.declare([{ pbx: 'nube', number: '50', ...values, secrets: { portal } }]);
    const { code, out } = await site.alta('apply --yes');
    expect([code, out]).toEqual([6, expect.stringContaining('[profile-unverified]')]);
    expect(site.box.saved()).not.toHaveProperty('50');
  });

  it('proves the names on the number of the recording, and takes it away again', async () => {
    const before = site.box.saved();
    const { out } = await site.alta('profile selftest acme/pbx:nube --canary 987 --yes --json');
    const { report, proof } = JSON.parse(out) as {
      report: { verdicts: Verdict[]; unprovable: string[] };
      proof: string;
    };
    const proven = report.verdicts.filter(({ verdict }) => verdict === 'proven').map(({ place }) => place);
    const all = [
      'identity.number',
      'fields.name',
      'fields.email',
      'fields.internalOnly',
      'fields.callerId',
      'update',
    ];
    expect(proven).toEqual(expect.arrayContaining(all));
    if (edition === 'b') expect(proven).toEqual(expect.arrayContaining(['tenant.key', 'tenant.scopes.0']));
    expect([...report.unprovable].sort()).toEqual([...vouched].sort());
    expect(proof).toBe('.alta/profile-proofs/lab.json');
    expect(site.box.saved()).toEqual(before);
    // In b a refresh is not understood, and the token that it gave lives on: one for each look.
    expect(site.box.sessions()).toBe(edition === 'a' ? 0 : 2);
  });

  it('takes the marks off, and only those that are proven', async () => {
    const { code, out } = await site.alta('profile lock lab --json');
    const { cleared, left, unprovable } = JSON.parse(out) as Locked;
    expect(code).toBe(0);
    expect(cleared).toEqual(expect.arrayContaining(['fields.name', 'update', 'tenant.id', 'tenant.name']));
    expect(left).toEqual(expect.arrayContaining(['auth.secondFactor', ...vouched]));
    expect([...unprovable].sort()).toEqual([...vouched].sort());
  });

  if (vouched.length > 0) {
    it('says whose word is missing, and takes it without another trial', async () => {
      const { code, err, out } = await site.alta('apply --yes');
      expect([code, `${out}${err}`]).toEqual([6, expect.stringContaining('alta profile lock lab --vouch')]);
      const before = site.box.requests().total;
      const again = await site.alta('profile lock lab --lang es');
      expect(again.out).toContain(`alta profile lock lab --vouch ${vouched.join(',')}`);
      const vouching = await site.alta(`profile lock lab --vouch ${vouched.join(',')} --json`);
      expect((JSON.parse(vouching.out) as Locked).cleared).toEqual(vouched);
      expect([again.code, vouching.code, site.box.requests().total]).toEqual([0, 0, before]);
    });
  }

  it('leaves the other marks and what people wrote', async () => {
    const { out } = await site.alta('profile lock lab --json');
    const { left } = JSON.parse(out) as Locked;
    const text = await site.read(profile);
    expect(text).toContain('# Servers can enforce a second factor; how they ask for it is not documented.');
    const lines = text.split('\n').filter((line) => !line.startsWith('#'));
    expect(lines.join('\n').match(/verify: true/g)?.length).toBe(left.length);
    expect(text).toMatch(/^guard:\n {2}keys:\n {4}\w/m);
  });

  it('creates the extension', async () => {
    const { code, out, err } = await site.alta('apply --yes');
    expect([code, out]).toEqual([0, expect.stringContaining('✓ created  extension 50')]);
    // Said with the plan, and not again by the look afterwards.
    expect(`${out}${err}`.split('[profile-unproven]')).toHaveLength(2);
    expect(site.box.saved()['50']).toMatchObject({
      name: 'Puesto 50',
      email: 'p50@acme.example',
      role: 'user',
    });
    expect(site.box.register('50', 'Kf7mQ2xRtp9WbL4hZc6a')).toBe(true);
  });

  it('has nothing left to do', async () => {
    const { code, out } = await site.alta('plan --detailed-exitcode');
    expect([code, out]).toEqual([0, expect.stringContaining('No changes.')]);
  });

  it('changes one field, and nothing else of it', async () => {
    const { '50': before } = site.box.saved();
    await site.edit('clients/acme/client.yaml', (text) => text.replace('Puesto 50', 'Mostrador'));
    expect((await site.alta('apply --yes')).code).toBe(0);
    expect(site.box.saved()['50']).toEqual({ ...before, name: 'Mostrador' });
    expect((await site.alta('plan --detailed-exitcode')).code).toBe(0);
  });
});

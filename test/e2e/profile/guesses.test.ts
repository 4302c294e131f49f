import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type OnSite, onSite } from './site.ts';

/** The shipped profile is full of guesses. What a look says of them must help, and agree with what a plan says. */
interface Verdict {
  readonly place: string;
  readonly verdict: string;
  readonly why: string | null;
}

function verdictsIn(out: string): ReadonlyMap<string, Verdict> {
  const { report } = JSON.parse(out) as { report: { verdicts: Verdict[] } };
  return new Map(report.verdicts.map((one) => [one.place, one]));
}

describe.each(['a', 'b'] as const)('guesses on a server of dialect %s', (edition) => {
  let site: OnSite;

  beforeAll(async () => {
    site = await onSite({ edition });
    await site.declare([], { profile: 'pekepbx-v36' });
  });
  afterAll(() => site.close());

  it('are looked at even where the company cannot be told by them', async () => {
    const { out } = await site.alta('profile probe acme/pbx:nube --json');
    const verdict = verdictsIn(out).get('tenant.id');
    const expected = { a: { verdict: 'proven' }, b: { verdict: 'refuted', why: 'not-found' } }[edition];
    expect(verdict).toMatchObject(expected);
  });

  it('are judged the same by a plan', async () => {
    const { err } = await site.alta('plan');
    const { out } = await site.alta('profile probe acme/pbx:nube --json');
    const [, named = ''] = /failed at `([^`]+)`/.exec(err) ?? [];
    expect([err, verdictsIn(out).get(named)?.verdict]).toEqual([
      expect.stringContaining('[profile-guess-wrong]'),
      'refuted',
    ]);
  });

  it('are told in Spanish, without a word of English', async () => {
    const { out, err } = await site.alta('profile probe acme/pbx:nube --lang es');
    expect(out).toMatch(/tenant\.id/);
    expect(`${out}${err}`).not.toMatch(/missing|not found|\brows\b|fails|wrong|lists at|declares/i);
  });
});

describe('a guess of the name that reads something else', () => {
  let site: OnSite;

  beforeAll(async () => {
    site = await onSite({ edition: 'b' });
    await site.record();
    await site.declare([]);
    await site.alta('profile import-har recording.har --profile lab');
    await site.edit('profiles/lab.yaml', (text) => text.replace('path: legalName', 'path: uuid'));
  });
  afterAll(() => site.close());

  it.each(['profile selftest acme/pbx:nube --canary 987 --yes', 'plan'])(
    'is the suspect of %s, and not the declaration',
    async (line) => {
      const { code, out, err } = await site.alta(`${line} --lang es`);
      const said = `${out}${err}`;
      expect([code, said]).toEqual([1, expect.stringContaining('[profile-identity-guess]')]);
      expect(said).toContain('corrija tenant.name en profiles/lab.yaml');
      expect(said).not.toContain('identidad declarada');
      expect(said).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}-/);
    },
  );

  it('is refuted by a look, which sees to all the rest', async () => {
    const { code, out } = await site.alta('profile probe acme/pbx:nube --json');
    const verdicts = verdictsIn(out);
    expect(code).toBe(7);
    expect(verdicts.get('tenant.name')).toMatchObject({ verdict: 'refuted', why: 'other-value' });
    expect(verdicts.get('tenant.id')).toMatchObject({ verdict: 'proven' });
    expect(verdicts.get('fields.name')).toMatchObject({ why: 'needs-selftest' });
  });
});

describe('a trial in Spanish', () => {
  let site: OnSite;

  beforeAll(async () => {
    site = await onSite({ edition: 'b' });
    await site.record();
    await site.declare([]);
    await site.alta('profile import-har recording.har --profile lab');
  });
  afterAll(() => site.close());

  it('says its steps in Spanish, and whose word is missing', async () => {
    const { out } = await site.alta('profile selftest acme/pbx:nube --canary 987 --yes --lang es');
    expect(out).toContain('✓ leer: se lee lo enviado');
    expect(out).toMatch(/✓ crear: campos enviados: \d+/);
    expect(out).toContain('✓ ausencia: al pedirla por su id, no hay ninguna; la lista ya no la tiene');
    expect(out).toMatch(/alta profile lock lab --vouch fields\.role,fields\.sip,fields\.portal/);
    expect(out).not.toMatch(/as sent|accepted|never|not found|\d fields|missing/);
  });
});

import { mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findIdentities, newIdentity, rekey } from '../../../engine/secrets/index.ts';
import { apply, changesOf, codesOf, outcomesOf, plan, planOf, stepsOf } from '../../support/commands.ts';
import { goodSecret, otherSecret, type Site, startSite } from '../../support/site.ts';
import { callsTo, writesTo } from '../../support/traffic.ts';
import { acmeWith, at, declare, extension, sede, sipSecrets } from './fixtures.ts';

/** Extension 2000, with its SIP secret from outside secrets.yaml. */
async function from(source: object, sources: object): Promise<Site> {
  const site = await startSite([sede]);
  await site.workspace({ secrets: { recipients: site.recipients, sources } });
  await declare(site, [extension('sede', '2000', { secrets: { sip: source } })]);
  return site;
}

const fromEnv = () => from({ env: 'SIP_2000' }, { env: { SIP_2000: { use: 'values' } } });
const withValue = (value: string) => ({ env: { PATH: process.env.PATH, SIP_2000: value } });

async function fromFile(value: string): Promise<Site> {
  const site = await from(
    { file: 'sip-2000' },
    { file: { folder: 'entregas', names: { 'sip-2000': { use: 'values' } } } },
  );
  await mkdir(join(site.root, 'entregas'));
  await writeFile(join(site.root, 'entregas', 'sip-2000'), `${value}\n`);
  return site;
}

describe('a secret from the environment', () => {
  it('is sent, and the second plan is empty', async () => {
    const site = await fromEnv();
    await apply(site, {}, withValue(goodSecret));
    expect(site.lab.box('sede').running()[2000]).toMatchObject({ registerpassword: goodSecret });
    expect(changesOf(await plan(site, {}, withValue(goodSecret)))).toEqual([]);
  });

  it('is taken out of the environment', async () => {
    const site = await fromEnv();
    const context = withValue(goodSecret);
    await apply(site, {}, context);
    expect(Object.keys(context.env)).toEqual(['PATH']);
  });

  it('is sent again once its value changes', async () => {
    const site = await fromEnv();
    await apply(site, {}, withValue(goodSecret));
    expect(outcomesOf(await apply(site, {}, withValue(otherSecret)))).toEqual([`done ${at('2000')}`]);
    expect(site.lab.box('sede').running()[2000]).toMatchObject({ registerpassword: otherSecret });
  });

  it('is said not to be compared where the variable is not set', async () => {
    const site = await fromEnv();
    await apply(site, {}, withValue(goodSecret));
    const without = planOf(await plan(site));
    expect(without.changes).toEqual([]);
    expect(without.unverifiable).toEqual([{ address: at('2000'), field: 'sip', code: 'no-marker' }]);
  });

  it('fails its own step, with nothing sent, where the variable is not set', async () => {
    const site = await fromEnv();
    const { report } = await apply(site);
    expect(stepsOf(report)).toMatchObject([
      { result: 'failed', written: 'nothing', diagnostic: { code: 'secret-source-missing' } },
    ]);
    expect(writesTo(site, 'sede')).toEqual([]);
  });

  it('is refused, with nobody contacted, where alta.yaml does not list it', async () => {
    const site = await from({ env: 'SIP_2000' }, { env: { OTRA: { use: 'values' } } });
    expect(codesOf((await apply(site, {}, withValue(goodSecret))).planned)).toEqual(['source-unlisted']);
    expect(callsTo(site, 'sede')).toEqual([]);
  });

  it('is never sent as a SIP secret where it is listed as a login', async () => {
    const site = await from(
      { env: 'SIP_2000' },
      { env: { SIP_2000: { use: 'connect', origin: 'https://192.0.2.1' } } },
    );
    expect(codesOf((await apply(site, {}, withValue(goodSecret))).planned)).toEqual(['source-use']);
    expect(callsTo(site, 'sede')).toEqual([]);
  });
});

describe('a login from the environment', () => {
  async function loginFrom(origin: (url: string) => string): Promise<Site> {
    const site = await startSite([sede]);
    const { url, credentials } = site.service('sede');
    const login = { username: credentials.username, password: { env: 'CLAVE_SEDE' } };
    await site.workspace({
      secrets: {
        recipients: site.recipients,
        sources: { env: { CLAVE_SEDE: { use: 'connect', origin: origin(url) } } },
      },
    });
    await site.client('acme', {
      pbx: { sede: site.pbx('sede', { credentials: login }) },
      extensions: [extension('sede', '2000')],
    });
    await sipSecrets(site, 'sede', ['2000']);
    return site;
  }
  const given = (site: Site) => ({
    env: { PATH: process.env.PATH, CLAVE_SEDE: site.service('sede').credentials.password },
  });

  it('opens the box that it is bound to', async () => {
    const site = await loginFrom((url) => url);
    expect(outcomesOf(await apply(site, {}, given(site)))).toEqual([`done ${at('2000')}`]);
  });

  it('goes nowhere else', async () => {
    const site = await loginFrom(() => 'https://192.0.2.1:8088');
    expect(codesOf((await apply(site, {}, given(site))).planned)).toEqual(['source-origin']);
    expect(callsTo(site, 'sede')).toEqual([]);
  });
});

describe('a secret from a file', () => {
  it('is sent without its last line end, and the second plan is empty', async () => {
    const site = await fromFile(goodSecret);
    await apply(site);
    expect(site.lab.box('sede').running()[2000]).toMatchObject({ registerpassword: goodSecret });
    expect(changesOf(await plan(site))).toEqual([]);
  });

  it('is sent again once the file changes', async () => {
    const site = await fromFile(goodSecret);
    await apply(site);
    await writeFile(join(site.root, 'entregas', 'sip-2000'), otherSecret);
    expect(outcomesOf(await apply(site))).toEqual([`done ${at('2000')}`]);
  });

  it('is not read through a symbolic link', async () => {
    const site = await fromFile(goodSecret);
    await writeFile(join(site.root, 'fuera'), goodSecret);
    await rm(join(site.root, 'entregas', 'sip-2000'));
    await symlink(join(site.root, 'fuera'), join(site.root, 'entregas', 'sip-2000'));
    await expect(apply(site)).rejects.toMatchObject({ code: 'secret-file-refused' });
    expect(writesTo(site, 'sede')).toEqual([]);
  });
});

/** Seals everything of acme again: `connect` also for a second person, who gets a key of their own. */
async function withSecondPerson(site: Site): Promise<{ readonly key: string }> {
  const { identity, recipient } = await newIdentity();
  const { identities } = await findIdentities(site.root, {});
  const recipients = {
    connect: { ...site.recipients.connect, ci: recipient },
    values: site.recipients.values,
  };
  await rekeyed(site, recipients, identities);
  return { key: identity };
}

type Search = Awaited<ReturnType<typeof findIdentities>>['identities'];

async function rekeyed(site: Site, recipients: Site['recipients'], identities: Search): Promise<void> {
  await site.workspace({ secrets: { recipients } });
  const own = { filename: 'clients/acme/secrets.yaml', file: site.secretsOf('acme') };
  const again = await rekey('acme', own, identities, recipients);
  await site.replaceSecrets('acme', again.file);
  const shared = await rekey(
    '_workspace',
    { filename: 'secrets.yaml', file: site.shared },
    identities,
    recipients,
  );
  await site.write('secrets.yaml', { apiVersion: 'alta/v1', kind: 'Secrets', ...shared.file });
}

/** The run of somebody who holds this key, and whatever lies in the workspace does not count. */
const as = ({ key }: { readonly key: string }) => ({ env: { PATH: process.env.PATH, ALTA_AGE_KEY: key } });

describe('whoever holds the key of the logins only', () => {
  it('plans the same as whoever holds both', async () => {
    const site = await acmeWith(['2000']);
    const ci = await withSecondPerson(site);
    expect(changesOf(await plan(site, {}, as(ci)))).toEqual(changesOf(await plan(site)));
  });

  it('sees a secret that somebody changed on the box', async () => {
    const site = await acmeWith(['2000']);
    const ci = await withSecondPerson(site);
    await apply(site);
    site.lab.box('sede').edit('2000', { registerpassword: otherSecret }, { apply: true });
    expect(planOf(await plan(site, {}, as(ci))).changes).toMatchObject([
      { action: 'update', section: 'drift', fields: [{ field: 'sip', sensitive: true }] },
    ]);
  });

  it('cannot apply what needs the other key: the step fails with nothing sent', async () => {
    const site = await acmeWith(['2000']);
    const ci = await withSecondPerson(site);
    const { report } = await apply(site, {}, as(ci));
    expect(stepsOf(report)).toMatchObject([
      { result: 'failed', written: 'nothing', diagnostic: { code: 'secret-unreadable' } },
    ]);
    expect(writesTo(site, 'sede')).toEqual([]);
  });

  it('applies what needs no secret', async () => {
    const site = await acmeWith(['2000']);
    const ci = await withSecondPerson(site);
    await apply(site);
    await declare(site, [extension('sede', '2000', { name: 'Almacén' })]);
    expect(outcomesOf(await apply(site, {}, as(ci)))).toEqual([`done ${at('2000')}`]);
    expect(changesOf(await plan(site))).toEqual([]);
  });
});

describe('whoever holds no key', () => {
  it('is told so for every target, and contacts nobody', async () => {
    const site = await acmeWith(['2000']);
    const stranger = { key: (await newIdentity()).identity };
    const made = await plan(site, {}, as(stranger));
    expect(codesOf(made)).toEqual(['secret-unreadable']);
    expect(planOf(made).targets[0]?.status).toBe('failed');
    expect(callsTo(site, 'sede')).toEqual([]);
  });

  it('sees without reading what the YAML asks for since the last apply', async () => {
    const site = await acmeWith(['2000']);
    await apply(site);
    const stranger = { key: (await newIdentity()).identity };
    expect((await plan(site, { noRead: true }, as(stranger))).diagnostics).toEqual([]);
  });
});

describe('sealing everything for other people', () => {
  it('leaves the plan empty', async () => {
    const site = await acmeWith(['2000']);
    await apply(site);
    await withSecondPerson(site);
    expect(changesOf(await plan(site))).toEqual([]);
  });

  it('opens everything to the new people and nothing to the old ones', async () => {
    const site = await acmeWith(['2000']);
    await apply(site);
    const { identity, recipient } = await newIdentity();
    const { identities } = await findIdentities(site.root, {});
    await rekeyed(site, { connect: { luis: recipient }, values: { luis: recipient } }, identities);
    expect(changesOf(await plan(site, {}, as({ key: identity })))).toEqual([]);
    expect(codesOf(await plan(site))).toEqual(['secret-unreadable']);
  });
});

describe('a ciphertext that stands under another name', () => {
  it('is refused at apply, and nothing is sent', async () => {
    const site = await acmeWith(['2000']);
    const file = site.secretsOf('acme');
    const copied = file.values['extensions/sede/2000/sip'];
    if (copied === undefined) throw new Error('no secret');
    await declare(site, ['2001']);
    await site.replaceSecrets('acme', { ...file, values: { 'extensions/sede/2001/sip': copied } });
    const { report } = await apply(site);
    expect(stepsOf(report)).toMatchObject([
      { result: 'failed', written: 'nothing', diagnostic: { code: 'secret-moved' } },
    ]);
    expect(writesTo(site, 'sede')).toEqual([]);
  });

  it('is refused as a login, and the box is not contacted', async () => {
    const site = await acmeWith(['2000']);
    const file = site.secretsOf('acme');
    const copied = file.connect['pbx/sede/username'];
    if (copied === undefined) throw new Error('no secret');
    await site.replaceSecrets('acme', { ...file, connect: { ...file.connect, 'pbx/sede/password': copied } });
    expect(codesOf(await plan(site))).toEqual(['secret-moved']);
    expect(callsTo(site, 'sede')).toEqual([]);
  });

  it('is refused under another version of its own name', async () => {
    const site = await acmeWith(['2000']);
    const file = site.secretsOf('acme');
    const own = file.values['extensions/sede/2000/sip'];
    if (own === undefined) throw new Error('no secret');
    const newer = { ...own, rev: '7ZZZZZZZZZZZZZZZZZZZZZZZZZ' };
    await site.replaceSecrets('acme', { ...file, values: { 'extensions/sede/2000/sip': newer } });
    const { report } = await apply(site);
    expect(stepsOf(report)[0]?.diagnostic?.code).toBe('secret-moved');
    expect(writesTo(site, 'sede')).toEqual([]);
  });
});

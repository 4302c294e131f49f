import { readFile, utimes, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { LabSftpControl } from '../../../lab/bastion/contract.ts';
import { apply } from '../../support/commands.ts';
import { alta } from '../cli/alta.ts';
import { filesOf, leaksIn } from './canaries.ts';
import { everything, type Printed, printedBy, type RunOptions } from './children.ts';
import { passesIn } from './tap.ts';
import { publishedFiles, type Telephony, telephony } from './telephony.ts';

/** Every secret there is by now: the canaries, and the cookies and tokens of the web sessions that were. */
function secretsOf({ canaries, taps }: Telephony, more: object = {}): object {
  const passes = taps.flatMap(({ said }) => passesIn(said()));
  return { ...canaries, ...more, ...Object.fromEntries(passes.map((pass, n) => [`session ${n}`, pass])) };
}

async function leaksOf(nest: Telephony, texts: object, more: object = {}): Promise<readonly string[]> {
  const all = [...Object.entries(texts), ...(await filesOf(nest.site))];
  const secrets = secretsOf(nest, more);
  return all.flatMap(([name, text]) => leaksIn(name, text, secrets));
}

/** Runs commands in a process of their own; expects no secret in anything said or written. Answers what was said. */
async function expectSilent(
  nest: Telephony,
  commands: readonly string[] = everything,
  { more = {}, ...options }: RunOptions & { readonly more?: object } = {},
): Promise<string> {
  const printed: Printed = await printedBy(nest, commands, options);
  expect(await leaksOf(nest, printed, more)).toEqual([]);
  return printed.stdout.toString();
}

const rename = 'posix-rename@openssh.com';

const paths = {
  login: '/api/auth/login',
  export: 'cfg/file?action=export',
  import: 'cfg/file?action=import',
};

describe('the ears of these tests', () => {
  it('hear what goes over the wire: passwords that a phone shows, and the sessions', async () => {
    const nest = await telephony();
    await printedBy(nest, ['plan', 'apply']);
    const said = nest.taps.map((tap) => tap.said());
    expect(said[0]).toContain(nest.canaries.foreignAccount);
    expect(said[0]).toContain(nest.canaries.phonesOwnServer);
    expect(said.map((wire) => passesIn(wire).length > 1)).toEqual([true, true]);
  });
});

describe('no secret of a phone shows', () => {
  it('where everything goes well', async () => {
    const nest = await telephony();
    const said = await expectSilent(nest);
    expect(said).toContain('"result":"done"');
    expect(nest.phone('mesa').settings()).toMatchObject({ 'account.1.password': nest.canaries.sipDesk });
    expect(nest.phone('despacho').settings()).toMatchObject({
      'account.1.password': nest.canaries.sipBehind,
    });
  });

  it('where secrets change', async () => {
    const nest = await telephony();
    await printedBy(nest, ['apply']);
    const rotated = 'Wm2zTrinarSur-b6PqJd';
    await nest.site.secret('acme', 'values', 'extensions/sede/2000/sip', rotated);
    await expectSilent(nest, ['plan', 'apply', 'plan'], { more: { rotated } });
    expect(nest.phone('mesa').settings()).toMatchObject({ 'account.1.password': rotated });
  });

  it('where somebody changed the phone by hand', async () => {
    const nest = await telephony();
    await printedBy(nest, ['apply']);
    const drifted = 'Ym4xTrinarMes-d8RsLf';
    nest.phone('mesa').edit({ 'account.1.password': drifted, 'account.1.label': 'A mano' });
    const said = await expectSilent(nest, ['plan', 'drift', 'verify', 'apply'], { more: { drifted } });
    expect(said).toContain('A mano');
  });

  it.each(['absent', 'masked'] as const)('where exports have passwords %s', async (exportedPasswords) => {
    const nest = await telephony({ exportedPasswords });
    expect(await expectSilent(nest, ['plan', 'apply', 'plan'])).toContain('"result":"done"');
  });
});

describe('no secret of a phone shows where', () => {
  it('the password is wrong, until the page is locked', async () => {
    const nest = await telephony({ lockAfter: 1 });
    const wrong = 'Rt4cTrinarPie7n7YkLs';
    await nest.site.secret('acme', 'connect', 'devices/mesa/password', wrong);
    const said = await expectSilent(nest, ['plan', 'apply', 'verify', 'drift'], { more: { wrong } });
    expect(said).toContain('wrong-credentials');
    await nest.site.secret('acme', 'connect', 'devices/mesa/password', `${wrong}9`);
    expect(await expectSilent(nest, ['plan', 'apply'], { more: { wrong } })).toContain('locked-out');
  });

  it('somebody else is logged in', async () => {
    const nest = await telephony();
    nest.phone('mesa').occupy();
    expect(await expectSilent(nest, ['plan', 'apply'])).toContain('device-busy');
  });

  it.each([
    ['the export is cut off', paths.export, { kind: 'truncate' }],
    ['a page comes in place of the export', paths.export, { kind: 'nonJson' }],
    ['the export fails', paths.export, { kind: 'status', status: 500 }],
    ['the connection breaks at the export', paths.export, { kind: 'reset' }],
    ['the import is refused', paths.import, { kind: 'status', status: 400 }],
    ['a page comes in place of the answer to the import', paths.import, { kind: 'nonJson' }],
    ['the answer to the import is lost', paths.import, { kind: 'lostAnswer' }],
    ['the answer to the import is cut off', paths.import, { kind: 'truncate' }],
    ['the import is sent elsewhere', paths.import, { kind: 'redirect' }],
    ['a page comes in place of the answer to the login', paths.login, { kind: 'nonJson' }],
    ['the login is sent elsewhere', paths.login, { kind: 'redirect' }],
  ] as const)('%s', async (_, path, fault) => {
    const nest = await telephony();
    nest.phone('mesa').addFault({ ...fault, match: { path }, times: 0 });
    const said = await expectSilent(nest, ['plan', 'apply', 'drift']);
    expect(nest.phone('mesa').faults()[0]?.struck).toBeGreaterThan(0);
    expect(said).toContain('"severity":"error"');
  });

  it('the phone takes files in another form', async () => {
    const nest = await telephony({ importField: 'file' });
    expect(await expectSilent(nest, ['apply', 'plan'])).toContain('"result":"failed"');
  });

  it('the SSH host refuses the key', async () => {
    const nest = await telephony();
    nest.bastion.control.refuseLogins(100);
    expect(await expectSilent(nest, ['plan', 'apply'])).toContain('"severity":"error"');
  });

  it('the SSH host is another one', async () => {
    const nest = await telephony();
    nest.bastion.control.changeHostKey();
    expect(await expectSilent(nest, ['plan', 'apply'])).toContain('"severity":"error"');
  });

  it.each([
    ['cannot be opened', 'forbidden', (at: LabSftpControl) => at.fail('open', 'permission-denied', 9)],
    ['cannot be written', 'store-file', (at: LabSftpControl) => at.fail('write', 'failure', 9)],
    ['cannot be renamed', 'store-file', (at: LabSftpControl) => at.fail(rename, 'failure', 9)],
    ['does not fit on the disk', 'store-file', (at: LabSftpControl) => at.quota(40)],
  ])('the published file %s', async (_, code, mishap) => {
    const nest = await telephony();
    mishap(nest.bastion.control.sftp);
    expect(await expectSilent(nest, ['apply', 'plan'])).toContain(`"code":"${code}"`);
  });

  it.each(['save:journals-removed', 'journal:synced'])('the run is killed at %s', async (killAt) => {
    const nest = await telephony();
    expect(await expectSilent(nest, ['apply'], { killAt })).not.toContain('the end');
    expect(await expectSilent(nest, ['plan'])).toContain('the end');
  });
});

describe('what a phone fetches', () => {
  it('holds its own secret, what others put there, and no more; not everybody may read it', async () => {
    const nest = await telephony();
    await printedBy(nest, ['apply']);
    const { sipFetched, publishedServer, publishedWeb, publishedAccount, ...others } = nest.canaries;
    const files = await publishedFiles(nest);
    const name = nest.published.cfg.split('/').at(-1) ?? '';
    expect(files.map((file) => file.name)).toEqual([name.replace('.cfg', '.boot'), name]);
    const [boot, cfg] = files;
    expect(leaksIn('boot', boot?.text ?? '', nest.canaries)).toEqual([]);
    expect(cfg?.text).toContain(`account.1.password = ${sipFetched}`);
    expect(
      [publishedServer, publishedWeb, publishedAccount].every((kept) => cfg?.text.includes(kept ?? '-')),
    ).toBe(true);
    expect(leaksIn('cfg', cfg?.text ?? '', others)).toEqual([]);
    expect((cfg?.mode ?? 0o777) & 0o137).toBe(0);
  });

  it.each([
    ['cannot be renamed', (at: LabSftpControl) => at.fail(rename, 'failure', 9)],
    ['does not fit on the disk', (at: LabSftpControl) => at.quota(400)],
  ])('leaves no copy behind where it %s', async (_, mishap) => {
    const nest = await telephony();
    mishap(nest.bastion.control.sftp);
    await printedBy(nest, ['apply']);
    const files = await publishedFiles(nest);
    expect(files.map(({ text }) => text).join('')).not.toContain(nest.canaries.sipFetched);
  });

  it('is half written where the connection breaks, and nobody hears of what was in it', async () => {
    const nest = await telephony();
    nest.bastion.control.sftp.dropAfter(600);
    expect(await expectSilent(nest, ['apply'])).toContain('"result":"failed"');
  });

  // What a broken connection leaves (`.<name>.<random>.tmp`) holds the SIP secret. Whoever wrote it may still be at it: only old ones go.
  it('takes away what an earlier run had to leave behind', async () => {
    const nest = await telephony();
    const { folder, cfg } = nest.published;
    const left = `.${basename(cfg)}.c79296b133e5c56ea20cdd58.tmp`;
    await writeFile(join(folder, left), `account.1.password = ${nest.canaries.sipFetched}\n`);
    const earlier = new Date(Date.now() - 20 * 60 * 1000);
    await utimes(join(folder, left), earlier, earlier);
    await apply(nest.site);
    expect((await publishedFiles(nest)).map(({ name }) => name)).not.toContain(left);
  });
});

describe('the command line shows no secret of a phone', () => {
  it('in any format, in any language, in the plan file, with --debug', async () => {
    const nest = await telephony();
    const { root } = nest.site;
    const run = (...args: string[]) => alta(args, { cwd: root });
    const shown = [
      await run('plan'),
      await run('plan', '--lang', 'es'),
      await run('plan', '--format', 'markdown'),
      await run('plan', '--format', 'markdown', '--lang', 'es'),
      await run('plan', '--json', '--lang', 'es'),
      await run('plan', '-o', 'plan.json', '--debug'),
      await run('apply', 'plan.json', '--yes', '--debug', '--lang', 'es'),
      await run('apply', '--yes', '--json'),
      await run('apply', '--yes', '--format', 'markdown'),
      await run('verify', '--wait', '0s', '--lang', 'es'),
      await run('verify', '--wait', '0s', '--json'),
      await run('verify', '--wait', '0s', '--format', 'markdown'),
      await run('drift', '--debug'),
      await run('attest', '--lang', 'es'),
      await run('doctor'),
    ];
    expect(shown.map(({ code }) => code)).not.toContain(null);
    const plan = await readFile(`${root}/plan.json`, 'utf8');
    expect(plan).toContain('acme/device:muelle/account:1');
    const texts = Object.fromEntries(
      shown.flatMap(({ out, err }, n) => [
        [`out ${n}`, out],
        [`err ${n}`, err],
      ]),
    );
    expect(await leaksOf(nest, { ...texts, plan })).toEqual([]);
    expect(shown[6]?.err).toContain('[debug]');
    expect(nest.phone('mesa').settings()).toMatchObject({ 'account.1.password': nest.canaries.sipDesk });
  });

  it.skipIf(process.platform !== 'linux')('among the processes, while it runs (needs Linux)', async () => {
    const nest = await telephony();
    const { commandLine } = await printedBy(nest, ['apply']);
    expect(leaksIn('command line', commandLine, nest.canaries)).toEqual([]);
  });
});

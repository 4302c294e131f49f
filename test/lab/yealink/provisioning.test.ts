import { describe, expect, test } from 'vitest';
import { makeIdentity } from '../../../lab/certificate.ts';
import type { LabPhone } from '../../../lab/index.ts';
import { type FileServer, fileServer } from './files.ts';
import { cfg, phoneBench } from './fixture.ts';
import { logIn } from './modern.ts';

const MAC = '805ec0000001';
const OWN = `/${MAC}.cfg`;
const COMMON = '/y000000000096.cfg';
const BOOT = `/${MAC}.boot`;
const SHARED_BOOT = '/y000000000000.boot';
const LABEL = 'account.1.label';

const boot = (...lines: string[]) => ['#!version:1.0.0.1', ...lines, ''].join('\n');

async function provisioned(files: Record<string, string>, wanted: Partial<LabPhone> = {}) {
  const server = await fileServer(files);
  const bench = await phoneBench({ mac: MAC, provisioning: { url: server.url }, ...wanted });
  return { server, ...bench };
}

describe('a phone fetches at boot', () => {
  test('its boot file, the shared one, then the common file and its own', async () => {
    const { server, phone } = await provisioned({
      [COMMON]: cfg({ [LABEL]: 'a' }),
      [OWN]: cfg({ [LABEL]: 'b' }),
    });
    expect(server.paths()).toEqual([BOOT, SHARED_BOOT, COMMON, OWN]);
    expect(phone.fetches().map(({ path, status, unchanged }) => [path, status, unchanged])).toEqual([
      [BOOT, 404, false],
      [SHARED_BOOT, 404, false],
      [COMMON, 200, false],
      [OWN, 200, false],
    ]);
    expect(phone.settings()[LABEL]).toBe('b');
  });

  test('no boot files up to V80', async () => {
    const old = { generation: 'b0', model: 'T46G' } as const;
    const { server } = await provisioned({}, old);
    expect(server.paths()).toEqual(['/y000000000028.cfg', OWN]);
  });

  test('below the folder of its server address', async () => {
    const server = await fileServer({ '/acme/805ec0000001.cfg': cfg({ [LABEL]: 'x' }) });
    const { phone } = await phoneBench({ mac: MAC, provisioning: { url: `${server.url}/acme` } });
    expect(phone.settings()[LABEL]).toBe('x');
  });

  test('and registers with what it got', async () => {
    const { account } = await phoneBench();
    const { phone } = await provisioned({ [OWN]: cfg(account) });
    expect(phone.accounts()['1']?.status).toBe('registered');
  });

  test('nothing where that is off', async () => {
    const { server } = await provisioned({}, { cfg: [['static.auto_provision.power_on', '0']] });
    expect(server.paths()).toEqual([]);
  });

  test('nothing from a server that is not there, without harm', async () => {
    const { phone } = await phoneBench({ provisioning: { url: 'http://127.0.0.1:1/' } });
    expect(phone.fetches().map(({ status }) => status)).toEqual([0, 0, 0, 0]);
  });
});

describe('a boot file', () => {
  test('names files: relative, in a folder above, absolute, or with an address; later ones win', async () => {
    const other = await fileServer({ '/far.cfg': cfg({ [LABEL]: 'far', 'account.2.label': 'far' }) });
    const { phone, server } = await provisioned({
      [BOOT]: boot(
        'include:config one.cfg',
        'include:config "/two.cfg"',
        '"sub/three.cfg"',
        `include:config ${other.url}/far.cfg`,
      ),
      '/one.cfg': cfg({ [LABEL]: 'one', 'account.3.label': 'one' }),
      '/two.cfg': cfg({ [LABEL]: 'two' }),
      '/sub/three.cfg': cfg({ [LABEL]: 'three' }),
    });
    expect([server.paths(), other.paths()]).toEqual([
      [BOOT, '/one.cfg', '/two.cfg', '/sub/three.cfg'],
      ['/far.cfg'],
    ]);
    expect(phone.settings()).toMatchObject({
      [LABEL]: 'far',
      'account.2.label': 'far',
      'account.3.label': 'one',
    });
  });

  test('for all phones is used where there is none of its own', async () => {
    const { server } = await provisioned({ [SHARED_BOOT]: boot('include:config all.cfg') });
    expect(server.paths()).toEqual([BOOT, SHARED_BOOT, '/all.cfg']);
  });

  test('without the version line is none', async () => {
    const { server } = await provisioned({ [BOOT]: 'include:config one.cfg\n' });
    expect(server.paths()).toEqual([BOOT, SHARED_BOOT, COMMON, OWN]);
  });

  test('with overwrite_mode puts back what its files leave out', async () => {
    const files = (mode: string) => ({
      [BOOT]: boot(`overwrite_mode = ${mode}`, 'include:config one.cfg'),
      '/one.cfg': cfg({ [LABEL]: 'one', 'account.3.label': '' }),
    });
    const start = {
      cfg: [
        ['account.2.label', 'x'],
        ['account.3.label', 'y'],
      ],
    } as const;
    const one = await provisioned(files('1'), start);
    expect(Object.keys(one.phone.settings())).toEqual([LABEL, 'static.auto_provision.server.url']);
    const other = await provisioned(files('0'), start);
    expect(other.phone.settings()).toMatchObject({ [LABEL]: 'one', 'account.2.label': 'x' });
  });
});

describe('a file', () => {
  async function twice(change: (server: FileServer) => void, wanted: Partial<LabPhone> = {}) {
    const made = await provisioned(
      { [COMMON]: cfg({ [LABEL]: 'common' }), [OWN]: cfg({ [LABEL]: 'own' }) },
      wanted,
    );
    made.phone.edit({ [LABEL]: 'by hand' });
    change(made.server);
    const fetched = await made.phone.fetchNow();
    return { ...made, fetched };
  }

  test('that has not changed undoes nothing', async () => {
    const { phone, fetched } = await twice(() => {});
    expect(fetched.map(({ unchanged }) => unchanged)).toEqual([false, false, true, true]);
    expect(phone.settings()[LABEL]).toBe('by hand');
  });

  test('that changed by a comment alone is applied', async () => {
    const { phone } = await twice(({ files }) => {
      files[OWN] = `${files[OWN]}# 2\n`;
    });
    expect(phone.settings()[LABEL]).toBe('own');
  });

  test('after a changed one is left alone, or applied again', async () => {
    const change = ({ files }: FileServer) => {
      files[COMMON] = `${files[COMMON]}# 2\n`;
    };
    expect((await twice(change)).phone.settings()[LABEL]).toBe('common');
    const again = await twice(change, { doubts: { unchangedFiles: 'reapplied' } });
    expect(again.phone.settings()[LABEL]).toBe('own');
  });

  test('does not change what was changed by hand under protection', async () => {
    const protect = { cfg: [['static.auto_provision.custom.protect', '1']] } as const;
    const { phone } = await twice(({ files }) => {
      files[OWN] = cfg({ [LABEL]: 'new', 'account.2.label': 'new' });
    }, protect);
    expect(phone.settings()).toMatchObject({ [LABEL]: 'by hand', 'account.2.label': 'new' });
  });

  test('that is a web page is passed over, or stops the fetch', async () => {
    const files = { [COMMON]: '<html>Please sign in</html>', [OWN]: cfg({ [LABEL]: 'own' }) };
    expect((await provisioned({ ...files })).phone.settings()[LABEL]).toBe('own');
    const stopped = await provisioned({ ...files }, { doubts: { htmlFile: 'stop' } });
    expect(stopped.phone.settings()[LABEL]).toBeUndefined();
  });

  test('without the version line is passed over, and read when it has one', async () => {
    const { phone, server } = await provisioned({ [OWN]: `${LABEL} = x\n` });
    expect(phone.settings()[LABEL]).toBeUndefined();
    server.files[OWN] = cfg({ [LABEL]: 'x' });
    await phone.fetchNow();
    expect(phone.settings()[LABEL]).toBe('x');
  });

  test('with static keys makes the phone reboot once', async () => {
    const { phone } = await provisioned({ [OWN]: cfg({ 'static.network.vlan.internet_port_vid': '7' }) });
    expect([phone.reboots(), phone.settings()['static.network.vlan.internet_port_vid']]).toEqual([1, '7']);
  });

  test('of the user’s changes comes last where that is on', async () => {
    const { server } = await provisioned({}, { cfg: [['static.auto_provision.custom.sync', '1']] });
    expect(server.paths().at(-1)).toBe(`/${MAC}-local.cfg`);
  });
});

describe('a request', () => {
  test('says who asks', async () => {
    const bare = await provisioned({});
    expect(bare.server.asked[0]?.headers['user-agent']).toBe(`Yealink SIP-T54W 96.86.0.70 ${MAC}`);
    const colons = await provisioned({}, { model: 'T46U', firmware: '108.86.0.90' });
    expect(colons.server.asked[0]?.headers['user-agent']).toBe(
      'Yealink SIP-T46U 108.86.0.90 80:5e:c0:00:00:01',
    );
  });

  test('leaves the MAC out where that is off', async () => {
    const { server } = await provisioned({}, { cfg: [['static.auto_provision.user_agent_mac.enable', '0']] });
    expect(server.asked[0]?.headers['user-agent']).toBe('Yealink SIP-T54W 96.86.0.70');
  });

  test('carries credentials once asked for, from the settings or from the address', async () => {
    const login = { username: 'acme', password: 'p@ss' };
    const server = await fileServer({ [OWN]: cfg({ [LABEL]: 'x' }) }, login);
    const one = await phoneBench({ mac: MAC, provisioning: { url: server.url, ...login } });
    const address = server.url.replace('://', '://acme:p%40ss@');
    const other = await phoneBench({ mac: MAC, provisioning: { url: address } });
    expect([one.phone.settings()[LABEL], other.phone.settings()[LABEL]]).toEqual(['x', 'x']);
    expect(server.asked[0]?.status).toBe(401);
    expect(JSON.stringify(other.phone.fetches())).not.toContain('ss@');
  });

  test('with wrong credentials changes nothing', async () => {
    const server = await fileServer({ [OWN]: cfg({ [LABEL]: 'x' }) }, { username: 'acme', password: 'p' });
    const { phone } = await phoneBench({
      mac: MAC,
      provisioning: { url: server.url, username: 'acme', password: 'q' },
    });
    expect([phone.settings()[LABEL], phone.fetches().at(-1)?.status]).toEqual([undefined, 401]);
  });
});

describe('over https', () => {
  async function secured(more: (pem: string) => Partial<LabPhone>) {
    const { key, certificate } = await makeIdentity('files', '127.0.0.1', 'default');
    const server = await fileServer({ [OWN]: cfg({ [LABEL]: 'x' }) }, undefined, { key, cert: certificate });
    const { phone } = await phoneBench({ mac: MAC, provisioning: { url: server.url }, ...more(certificate) });
    return phone.settings()[LABEL];
  }

  test('a server must be trusted', async () => {
    expect(await secured(() => ({}))).toBeUndefined();
  });

  test('a server of a known authority is', async () => {
    expect(await secured((pem) => ({ authorities: [pem] }))).toBe('x');
  });

  test('any server is, where that is off', async () => {
    expect(await secured(() => ({ cfg: [['static.security.trust_certificates', '0']] }))).toBe('x');
  });
});

describe('whoever triggers it', () => {
  test('the web interface fetches now', async () => {
    const { server, service, phone } = await provisioned({});
    const { tell } = await logIn(service);
    server.paths();
    await tell('/api/autop/now?p=SettingAutop');
    await phone.settled();
    expect(server.paths()).toHaveLength(4);
  });

  test('a factory reset forgets the server and what was fetched', async () => {
    const { phone, server, service } = await provisioned({ [OWN]: cfg({ [LABEL]: 'x' }) });
    server.paths();
    await phone.factoryReset();
    expect([phone.settings(), server.paths(), service.credentials]).toEqual([
      {},
      [],
      { username: 'admin', password: 'admin' },
    ]);
  });
});

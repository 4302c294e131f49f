import { describe, expect, it } from 'vitest';
import { canaryForms } from '../../../engine/secrets/index.ts';
import { allLeaks, filesOf, leaksIn, modern, type Nest, nestOn } from './canaries.ts';
import { everything, printedBy, type RunOptions } from './children.ts';
import { hostileBox, spites, token } from './hostile.ts';

async function expectSilent(nest: Nest, commands = everything, options: RunOptions = {}): Promise<string> {
  const printed = await printedBy(nest, commands, options);
  expect(await allLeaks(nest, printed)).toEqual([]);
  expect(leaksIn('command line', printed.commandLine, nest.canaries)).toEqual([]);
  return printed.stdout.toString();
}

describe('the search itself', () => {
  it('finds every canary in every form that it knows', async () => {
    const nest = await nestOn();
    const missed = Object.entries(nest.canaries).flatMap(([what, value]) =>
      canaryForms(value)
        .filter(
          ({ needle }) =>
            leaksIn('text', Buffer.concat([Buffer.from('a'), needle]), nest.canaries).length === 0,
        )
        .map(({ form }) => `${what} ${form}`),
    );
    expect(missed).toEqual([]);
  });

  it('looks into state, leases and the cache', async () => {
    const nest = await nestOn();
    await printedBy(nest);
    const names = [...(await filesOf(nest.site)).keys()].map((name) => name.replace(/\d+$/, 'n'));
    expect(names).toEqual(
      expect.arrayContaining([
        'state/acme.json',
        'state/client-acme.lease.n',
        '.alta/cache/parsed-0.0.0-test.json',
        'clients/acme/secrets.yaml',
      ]),
    );
  });
});

describe('no secret shows', () => {
  it('where everything goes well', async () => {
    const nest = await nestOn();
    expect(await expectSilent(nest)).toContain('"converged":true');
    expect(nest.site.lab.box('sede').saved()[2000]).toMatchObject({
      registerpassword: nest.canaries.sip,
      vmsecret: nest.canaries.pin,
    });
  });

  it('where people do the steps', async () => {
    const nest = await nestOn({ name: 'sede', edition: 'v1.1.0', extensions: 1 });
    expect(await expectSilent(nest)).toContain('"do":"secret"');
  });

  it('where the box shows another secret than ours', async () => {
    const nest = await nestOn();
    await printedBy(nest, ['apply']);
    const drifted = 'Wm2zTrinarSur-b6PqJd';
    nest.site.lab.box('sede').edit('2000', { registerpassword: drifted }, { apply: true });
    const printed = await printedBy(nest, ['plan', 'drift', 'verify']);
    expect(printed.stdout.toString()).toContain('"section":"drift"');
    expect(await allLeaks(nest, printed, { drifted })).toEqual([]);
  });

  it('where the password is wrong', async () => {
    const nest = await nestOn();
    const wrong = 'Rt4cTrinarPie-n7YkLs';
    await nest.site.secret('acme', 'connect', 'pbx/sede/password', wrong);
    const printed = await printedBy(nest, ['plan', 'apply', 'verify', 'drift']);
    expect(printed.stdout.toString()).toContain('wrong-credentials');
    expect(await allLeaks(nest, printed, { wrong })).toEqual([]);
  });

  it('where the certificate is another one', async () => {
    const nest = await nestOn();
    await nest.site.lab.box('sede').rotateCertificate();
    expect(await expectSilent(nest, ['plan', 'apply', 'verify'])).toContain('tls-pin-mismatch');
  });

  it.each([
    ['refuses a value', { kind: 'errno', errno: '10017' }],
    ['answers something unheard of', { kind: 'errno', errno: '99999' }],
    ['loses its answer', { kind: 'lostAnswer' }],
    ['cuts its answer short', { kind: 'truncate' }],
    ['answers with a page', { kind: 'nonJson' }],
    ['answers with a notice of PHP', { kind: 'phpNotice' }],
    ['redirects', { kind: 'redirect' }],
    ['fails inside', { kind: 'status', status: 500 }],
  ] as const)('where the box %s', async (_, fault) => {
    const nest = await nestOn();
    nest.site.lab.box('sede').addFault({ ...fault, match: { path: 'extension/add' } });
    expect(await expectSilent(nest, ['apply', 'plan'])).toContain('"result":"failed"');
  });

  it('where a secret cannot be opened', async () => {
    const nest = await nestOn();
    const file = nest.site.secretsOf('acme');
    const { sip, pin } = {
      sip: file.values['extensions/sede/2000/sip'],
      pin: file.values['extensions/sede/2000/pin'],
    };
    if (sip === undefined || pin === undefined) throw new Error('no secrets');
    const swapped = { 'extensions/sede/2000/sip': pin, 'extensions/sede/2000/pin': sip };
    await nest.site.replaceSecrets('acme', { ...file, values: { ...file.values, ...swapped } });
    expect(await expectSilent(nest, ['validate', 'plan', 'apply'])).toContain('secret-moved');
  });

  it.each(['save:journals-removed', 'journal:synced', 'state:temp-written'])(
    'where the run is killed at %s',
    async (killAt) => {
      const nest = await nestOn();
      expect(await expectSilent(nest, ['apply'], { killAt })).not.toContain('the end');
      expect(await expectSilent(nest, ['plan'])).toContain('the end');
    },
  );
});

describe('no secret shows where the box sends back what it was told:', () => {
  const cases = ['login', 'extension/query', 'extension/add'].flatMap((call) =>
    Object.keys(spites).map((name) => [call, name] as const),
  );

  it.each(cases)('at %s, %s', async (call, name) => {
    const spite = spites[name];
    if (spite === undefined) throw new Error(name);
    const url = await hostileBox(call, spite);
    const nest = await nestOn({ ...modern, tls: false }, () => ({ url, insecure: 'laboratorio' }));
    const printed = await printedBy(nest, ['plan', 'apply']);
    expect(await allLeaks(nest, printed, { token })).toEqual([]);
    expect(printed.stdout.toString()).toContain('"severity":"error"');
  });
});

describe('with NODE_DEBUG', () => {
  it('of http, tls and net, no secret shows', async () => {
    const nest = await nestOn();
    await expectSilent(nest, ['plan', 'apply'], { nodeDebug: 'http,tls,net,stream' });
  });

  it('of undici, no password and no SIP secret shows', async () => {
    const nest = await nestOn();
    await expectSilent(nest, ['plan', 'apply'], { nodeDebug: 'undici,fetch' });
  });

  // Node reads the variable before our first line runs, and prints the URLs that undici asks for, with the session's token.
  // Only a process that was never started with it is silent: the command line's affair.
  it.fails('of undici, no token of a session shows', async () => {
    const { stderr } = await printedBy(await nestOn(), ['plan'], { nodeDebug: 'undici' });
    expect(stderr.toString()).not.toMatch(/token=[0-9a-f]{32}/);
  });
});

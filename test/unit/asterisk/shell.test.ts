import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { observer } from '../../../providers/observer/asterisk/observer.ts';
import { newKey } from '../transport/bastion.ts';
import { thrown } from '../transport/servers.ts';
import { contextOf, type FakeHost, type Outcome, startHost, targetOf } from './host.ts';

const capture = (name: string) => readFileSync(`test/fixtures/asterisk/asterisk-${name}.txt`, 'utf8');
const noSuchCommand = { stdout: capture('22.10.1_sip-show-peers_no-such-command-no-chan_sip') };

/** What an Asterisk 16 leaves; `{}` in a test's own answers takes precedence. */
const sixteen: Readonly<Record<string, Outcome>> = {
  'core show version': { stdout: capture('16.28.0_core-show-version') },
  'sip show peers': { stdout: capture('16.28.0_sip-show-peers_all-states') },
  'sip show peers like ^1': { stdout: capture('16.28.0_sip-show-peers_like-1') },
  'pjsip show endpoints': { stdout: capture('16.28.0_pjsip-show-endpoints_all-states') },
  'sip show peer 999 load': { stdout: capture('16.28.0_sip-show-peer_not-found') },
  'sip show peer recepcion-planta-principal-madrid load': {
    stdout: capture('16.28.0_sip-show-peer_long-name'),
  },
};

const twentyTwo: Readonly<Record<string, Outcome>> = {
  'core show version': { stdout: capture('22.10.1_core-show-version') },
  'sip show peers': noSuchCommand,
  'pjsip show endpoints': { stdout: capture('22.10.1_pjsip-show-endpoints_all-states') },
};

const cleanup: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of cleanup.splice(0).reverse()) await end();
});

async function hostOf(answers: Readonly<Record<string, Outcome>>): Promise<FakeHost> {
  const host = await startHost((line) => {
    const command = /-rx '(.*)'$/.exec(line)?.[1] ?? '';
    return answers[command] ?? { stderr: 'not allowed\n', code: 126 };
  });
  cleanup.push(host.close);
  return host;
}

async function look(
  answers: Readonly<Record<string, Outcome>>,
  keys: readonly string[],
  options: Readonly<Record<string, unknown>> = {},
) {
  const host = await hostOf(answers);
  const log: unknown[] = [];
  const context = contextOf(host.access, { log: (...entry) => log.push(entry) });
  const session = await observer.open(targetOf(host.via, { options }), context);
  cleanup.push(session.close);
  const found = await session.registrations(keys);
  return { host, found, log, statuses: found.map(({ status }) => status) };
}

describe('an Asterisk 16', () => {
  it('tells who is registered, over one connection', async () => {
    const keys = ['10', '12', '14', 'recepcion-planta-principal-madrid', '999'];
    const { host, statuses, found, log } = await look(sixteen, keys);
    expect(statuses).toEqual(['registered', 'unregistered', 'unregistered', 'registered', 'unregistered']);
    expect(found.map(({ key }) => key)).toEqual(keys);
    expect(host.connections()).toBe(1);
    expect(log).toEqual([
      ['asterisk', { host: `127.0.0.1:${host.port}`, version: '16.28.0~dfsg-0+deb11u10' }],
    ]);
  });

  it('is asked what stands in a closed list, and nothing else', async () => {
    const { host } = await look(sixteen, ['10', '999']);
    expect(host.lines).toEqual([
      "asterisk -rx 'core show version'",
      "asterisk -rx 'sip show peers'",
      "asterisk -rx 'pjsip show endpoints'",
      "asterisk -rx 'sip show peer 999 load'",
    ]);
  });

  it('is asked by another program, as somebody else, about some, where the options say so', async () => {
    const options = { command: '/usr/sbin/asterisk', sudo: true, like: '^1', technology: 'sip' };
    const { host, statuses } = await look(sixteen, ['10', '12'], options);
    expect(statuses).toEqual(['registered', 'unregistered']);
    expect(host.lines).toEqual([
      "sudo -n /usr/sbin/asterisk -rx 'core show version'",
      "sudo -n /usr/sbin/asterisk -rx 'sip show peers like ^1'",
    ]);
  });

  it('whose login shell greets first is understood all the same', async () => {
    const noisy = Object.fromEntries(
      Object.entries(sixteen).map(([command, outcome]) => [
        command,
        typeof outcome === 'string' ? outcome : { stdout: `Welcome to the PBX\r\n${outcome.stdout}` },
      ]),
    );
    expect((await look(noisy, ['10', '12'])).statuses).toEqual(['registered', 'unregistered']);
  });
});

it('an Asterisk 22, which has no chan_sip, tells who is registered', async () => {
  const { statuses, host } = await look(twentyTwo, ['10', '12', '13', '14', '999']);
  expect(statuses).toEqual(['registered', 'unregistered', 'registered', 'unregistered', 'unregistered']);
  expect(host.lines).toHaveLength(3);
});

describe('who cannot look is told why', () => {
  const down = { stderr: capture('16.28.0_rx_asterisk-not-running_stdout+stderr_rc1'), code: 1 };

  it.each([
    ['Asterisk does not run', down, 'unreachable', 'asterisk.ctl: not running, or closed to this account'],
    ['the forced command refuses', { stderr: 'no\n', code: 126 }, 'forbidden', 'exit code 126'],
    [
      'there is no such program',
      { code: 127 },
      'strange-answer',
      "exit code 127: no such program in the account's PATH",
    ],
    [
      'sudo wants a password',
      { stderr: 'sudo: a password is required\n', code: 1 },
      'forbidden',
      'sudo refuses',
    ],
    ['it dies', 'is killed', 'strange-answer', 'ended by a signal'],
    ['it fails in another way', { stderr: 'Kf7mQ2 secret\n', code: 9 }, 'strange-answer', 'exit code 9'],
    ['the host runs no commands', 'is refused', 'forbidden', 'ssh exec refused'],
    ['it is something else', { stdout: 'FreeSWITCH version 1.10\n' }, 'strange-answer', 'no version'],
  ] as const)('%s', async (_what, outcome, code, evidence) => {
    const host = await hostOf({ 'core show version': outcome });
    const error = await thrown(observer.open(targetOf(host.via), contextOf(host.access)));
    const said = code === 'unreachable' ? { kind: evidence } : { evidence };
    expect(error).toMatchObject({
      code,
      params: { host: `Asterisk (127.0.0.1:${host.port})`, operation: 'core show version', ...said },
    });
    expect(JSON.stringify(error)).not.toContain('Kf7mQ2');
  });

  it('a list that is not one', async () => {
    const error = await thrown(look({ ...sixteen, 'sip show peers': { stdout: '' } }, ['10']));
    expect(error).toMatchObject({
      code: 'strange-answer',
      params: { operation: 'sip show peers', evidence: '0 characters, none of them known' },
    });
  });

  it('neither of the two channel drivers is there', async () => {
    const bare = {
      ...twentyTwo,
      'pjsip show endpoints': { stdout: "No such command 'pjsip show endpoints'\n" },
    };
    expect(await thrown(look(bare, ['10']))).toMatchObject({ code: 'strange-answer' });
  });

  it('the host shows another key than the declared one: nothing is run', async () => {
    const host = await hostOf(sixteen);
    const via = { ...host.via, hostKeys: [newKey().public.trim()] };
    const error = await thrown(observer.open(targetOf(via), contextOf(host.access)));
    expect(error).toMatchObject({ code: 'ssh-host-key' });
    expect(host.lines).toEqual([]);
  });
});

it('an abort ends a command that hangs', async () => {
  const host = await hostOf({ ...sixteen, 'sip show peers': 'hangs' });
  const stop = new AbortController();
  const context = contextOf(host.access, { signal: stop.signal });
  const session = await observer.open(targetOf(host.via), context);
  const work = thrown(session.registrations(['10']));
  while (host.lines.length < 2) await new Promise((resolve) => setTimeout(resolve, 5));
  stop.abort(new Error('stop'));
  expect(await work).toMatchObject({ code: 'aborted', params: { operation: 'sip show peers' } });
  await session.close();
  await session.close();
});

it('a torn list of chan_pjsip proves nobody absent', async () => {
  const torn = capture('22.10.1_pjsip-show-endpoints_all-states').replace(/ Endpoint: {2}15[\s\S]*/, '');
  const { statuses } = await look({ ...twentyTwo, 'pjsip show endpoints': { stdout: torn } }, ['10', '15']);
  expect(statuses).toEqual(['registered', 'unknown']);
});

import { describe, expect, it } from 'vitest';
import { capture } from './captures.ts';
import { start } from './fixture.ts';
import { office } from './office.ts';

const peers = capture('16', 'sip-show-peers_all-states');

describe('a line that asks the daemon', () => {
  it.each([
    "asterisk -rx 'sip show peers'",
    'asterisk -rx "sip show peers"',
    "/usr/sbin/asterisk -rx 'sip show peers'",
    "sudo -n asterisk -rx 'sip show peers'",
    'sudo /usr/sbin/asterisk -rx "sip show peers"',
    "asterisk -r -x 'sip show peers'",
    "asterisk -rx'sip show peers'",
    "asterisk -x 'sip show peers'",
    "  asterisk\t-nrx sip' show 'peers ",
  ])('%s', async (line) => {
    const host = await start(office());
    expect(await host.exec(line)).toEqual({ stdout: peers, stderr: '', code: 0 });
    const [noted] = host.control.lines();
    expect(noted).toMatchObject({ line, kind: 'asterisk', command: 'sip show peers', code: 0 });
  });

  it('hands over one word alone where quotes are missing', async () => {
    const host = await start(office());
    const { stdout, code } = await host.exec('asterisk -rx sip show peers');
    expect([stdout.slice(0, 24), code]).toEqual(["No such command 'sip' (t", 0]);
  });

  it('ends well whatever the daemon thinks of it', async () => {
    const host = await start(office());
    const codes = ['nonsense', 'sip show peer', 'sip show peer 999'].map(
      async (command) => (await host.exec(`asterisk -rx '${command}'`)).code,
    );
    expect(await Promise.all(codes)).toEqual([0, 0, 0]);
  });

  it('is one word while quotes follow each other', async () => {
    const host = await start(office());
    const { stdout } = await host.exec("asterisk -rx 'sip show peer 10''; id; '");
    expect(stdout).toBe('Peer 10; not found.\n\n');
    expect(host.control.lines()).toMatchObject([{ kind: 'asterisk', command: 'sip show peer 10; id; ' }]);
  });

  it('may hold what a shell would act upon, if it is quoted', async () => {
    const host = await start(office());
    const { stdout } = await host.exec("asterisk -rx 'sip show peers like ^(10|11)$'");
    expect(stdout).toMatch(/^2 sip peers /m);
    expect(host.control.lines().map(({ kind }) => kind)).toEqual(['asterisk']);
  });
});

describe('a line that no plain question needs is refused and remembered', () => {
  it.each([
    "asterisk -rx 'sip show peers'; id",
    "asterisk -rx 'sip show peers' | sh",
    "asterisk -rx 'sip show peers' && reboot",
    "asterisk -rx 'sip show peers' > /etc/passwd",
    'asterisk -rx "sip show peer $(id)"',
    'asterisk -rx "sip show peer `id`"',
    'asterisk -rx $COMMAND',
    "asterisk -rx 'sip show peer 10'\nid",
    'asterisk -rx sip\\ show\\ peers',
    "PATH=/tmp asterisk -rx 'sip show peers'",
    "(asterisk -rx 'sip show peers')",
    "asterisk -rx 'sip show peers' # all",
    'asterisk -rx *',
  ])('%j', async (line) => {
    const host = await start(office());
    expect(await host.exec(line)).toEqual({
      stdout: '',
      stderr: expect.stringMatching(/^sh: 1: Syntax error: /),
      code: 2,
    });
    expect(host.control.lines()).toMatchObject([{ line, kind: 'refused', code: 2 }]);
  });

  it.each(["asterisk -rx 'sip show peers", 'asterisk -rx "sip show peers', "asterisk -rx 'a' '"])(
    'a quote without an end: %s',
    async (line) => {
      const host = await start(office());
      expect(await host.exec(line)).toMatchObject({
        code: 2,
        stderr: expect.stringContaining('Unterminated'),
      });
      expect(host.control.lines()).toMatchObject([{ line, kind: 'refused', code: 2 }]);
    },
  );
});

describe('other programs', () => {
  it.each(['id', '/bin/sh -c id', '/opt/asterisk -rx id', 'Asterisk -rx id'])(
    '%s is not found',
    async (line) => {
      const host = await start(office());
      const { stdout, stderr, code } = await host.exec(line);
      expect([stdout, stderr, code]).toEqual(['', `sh: 1: ${line.split(' ')[0]}: not found\n`, 127]);
      expect(host.control.lines()).toMatchObject([{ line, kind: 'unknown', code: 127 }]);
    },
  );

  it('sudo finds nothing else either', async () => {
    const host = await start(office());
    expect(await host.exec('sudo -n id')).toEqual({
      stdout: '',
      stderr: 'sudo: id: command not found\n',
      code: 1,
    });
  });

  it('nothing at all does nothing', async () => {
    const host = await start(office());
    expect(await host.exec(' ')).toEqual({ stdout: '', stderr: '', code: 0 });
  });
});

describe('who may ask', () => {
  it('nobody, where sudo wants a password', async () => {
    const host = await start(office(), { sudoPassword: true });
    const { stderr, code } = await host.exec("sudo -n asterisk -rx 'sip show peers'");
    expect([stderr, code]).toEqual(['sudo: a password is required\n', 1]);
    expect(host.control.lines()).toMatchObject([{ kind: 'denied' }]);
  });

  it('root alone, where the socket is closed to others', async () => {
    const host = await start(office(), { socketClosed: true });
    const plain = await host.exec("asterisk -rx 'sip show peers'");
    const asRoot = await host.exec("sudo -n asterisk -rx 'sip show peers'");
    expect([plain.code, plain.stdout, asRoot.stdout]).toEqual([1, '', peers]);
  });

  it('nobody while the daemon is down, as captured', async () => {
    const host = await start(office());
    await host.control.running(false);
    const down = await host.exec("asterisk -rx 'sip show peers'");
    const stderr = capture('16', 'rx_asterisk-not-running_stdout+stderr_rc1');
    expect(down).toEqual({ stdout: '', stderr, code: 1 });
    await host.control.running(true);
    expect(await host.exec("asterisk -rx 'sip show peers'")).toMatchObject({ stdout: peers, code: 0 });
  });

  it('a second daemon does not start', async () => {
    const host = await start(office());
    expect(await host.exec('asterisk')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('already running'),
    });
  });
});

it('forgets what it was asked', async () => {
  const host = await start(office());
  await host.exec('id');
  host.control.reset();
  expect(host.control.lines()).toEqual([]);
});

it('answers later where latency is asked for', async () => {
  const host = await start(office());
  host.control.latency(40);
  const began = performance.now();
  await host.exec('id');
  expect(performance.now() - began).toBeGreaterThanOrEqual(38);
});

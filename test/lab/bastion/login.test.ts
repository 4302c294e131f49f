import ssh2 from 'ssh2';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type LabBastion, startBastion } from '../../../lab/bastion/index.ts';
import { makeKeyPair } from '../../../lab/bastion/keys.ts';
import { logIn } from './visitor.ts';

let bastion: LabBastion;

beforeAll(async () => {
  bastion = await startBastion();
});
beforeEach(() => bastion.control.resetCounters());
afterAll(() => bastion.close());

const counted = () => {
  const { connections, logins, refusedLogins } = bastion.control.counters();
  return { connections, logins, refusedLogins };
};

describe('keys made here', () => {
  it.each(Array.from({ length: 20 }, (_, index) => index))('are read back (%i)', () => {
    const { privateKey, publicKey } = makeKeyPair();
    const read = ssh2.utils.parseKey(privateKey);
    const shown = read instanceof Error ? read.message : read.getPublicSSH().toString('base64');
    expect(`ssh-ed25519 ${shown}`).toBe(publicKey);
  });
});

describe('logging in', () => {
  it('works with the key that was handed out', async () => {
    const client = await logIn(bastion.service);
    client.end();
    expect(counted()).toEqual({ connections: 1, logins: 1, refusedLogins: 0 });
  });

  it('is refused with another key', async () => {
    const { privateKey } = makeKeyPair();
    await expect(logIn(bastion.service, { privateKey })).rejects.toMatchObject({
      level: 'client-authentication',
    });
    expect(counted()).toEqual({ connections: 1, logins: 0, refusedLogins: 1 });
  });

  it('is refused under another name', async () => {
    await expect(logIn(bastion.service, { username: 'root' })).rejects.toMatchObject({
      level: 'client-authentication',
    });
  });

  it('is refused with a password', async () => {
    const { credentials, ...rest } = bastion.service;
    const service = { ...rest, credentials: { username: credentials.username, privateKey: '' } };
    await expect(logIn(service, { password: 'hola' })).rejects.toMatchObject({
      level: 'client-authentication',
    });
  });

  it('is refused as often as asked, and then no more', async () => {
    bastion.control.refuseLogins(2);
    const tries = await Promise.allSettled([logIn(bastion.service), logIn(bastion.service)]);
    expect(tries.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    (await logIn(bastion.service)).end();
    expect(counted()).toEqual({ connections: 3, logins: 1, refusedLogins: 2 });
  });
});

describe('the host key', () => {
  it('is the one of the service', async () => {
    await expect(logIn(bastion.service, { hostVerifier: () => false })).rejects.toThrow(/Host denied/);
  });

  it('changes when asked, also in the service', async () => {
    const [before] = bastion.service.hostKeys;
    const changed = bastion.control.changeHostKey();
    expect(bastion.service.hostKeys).toEqual(changed);
    expect(changed).not.toContain(before);
    (await logIn(bastion.service)).end();
    const hostVerifier = (key: Buffer) => before === `ssh-ed25519 ${key.toString('base64')}`;
    await expect(logIn(bastion.service, { hostVerifier })).rejects.toThrow(/Host denied/);
  });

  it('changes for new connections only', async () => {
    const client = await logIn(bastion.service);
    bastion.control.changeHostKey();
    const answer = await new Promise<Error | undefined>((resolve) => client.exec('id', resolve));
    client.end();
    expect(answer?.message).toBe('Unable to exec');
  });
});

it('cuts every connection when asked', async () => {
  const client = await logIn(bastion.service);
  const closed = new Promise<string>((resolve) =>
    client.on('error', () => {}).on('close', () => resolve('closed')),
  );
  bastion.control.dropConnections();
  expect(await closed).toBe('closed');
});

it.each(['exec', 'shell'] as const)('has no %s', async (what) => {
  const client = await logIn(bastion.service);
  const refused = await new Promise<Error | undefined>((resolve) => {
    if (what === 'exec') client.exec('id', resolve);
    else client.shell(resolve);
  });
  client.end();
  expect(refused).toBeInstanceOf(Error);
});

it('listens for nobody on behalf of a client', async () => {
  const client = await logIn(bastion.service);
  const refused = await new Promise<Error | undefined>((resolve) =>
    client.forwardIn('127.0.0.1', 0, resolve),
  );
  client.end();
  expect(refused).toBeInstanceOf(Error);
});

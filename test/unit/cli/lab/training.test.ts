import { get as getOverHttp } from 'node:http';
import { connect } from 'node:net';
import ssh2, { type Client } from 'ssh2';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { phonesOf } from '../../../../cli/lab/phones.ts';
import { startTraining, type Training } from '../../../../cli/lab/training.ts';

let training: Training;
let visitor: Client;

beforeAll(async () => {
  const boxes = [{ name: 'sede', edition: 'v2.0.0', extensions: 0 } as const];
  training = await startTraining({ boxes, phones: phonesOf(true), faults: [], ports: {} }, 0);
  visitor = await logIn();
});
afterAll(async () => {
  visitor.end();
  await training.close();
});

function around(): NonNullable<Training['surroundings']> {
  if (training.surroundings === null) throw new Error('phones have surroundings');
  return training.surroundings;
}

function logIn(): Promise<Client> {
  const { host, port, credentials } = around().bastion.service;
  const client = new ssh2.Client();
  return new Promise((resolve, reject) => {
    client.on('error', reject).on('ready', () => resolve(client));
    client.connect({ host, port, ...credentials });
  });
}

function phone(name: string) {
  const found = training.phones.find(({ wish }) => wish.name === name);
  if (found === undefined) throw new Error(`no phone ${name}`);
  return found;
}

const reachable = (host: string, port: number): Promise<boolean> =>
  new Promise((resolve) => {
    visitor.forwardOut('127.0.0.1', 0, host, port, (error, channel) => {
      channel?.destroy();
      resolve(error === undefined);
    });
  });

const fileOf = (path: string): Promise<string> =>
  new Promise((resolve, reject) => {
    visitor.sftp((failed, sftp) => {
      if (failed) reject(failed);
      else sftp.readFile(path, (error, bytes) => (error ? reject(error) : resolve(bytes.toString())));
    });
  });

it('puts a phone behind the bastion, at an address of its own', async () => {
  const { hostname } = new URL(phone('despacho').address);
  expect([hostname, await reachable(hostname, 443)]).toEqual(['192.0.2.132', true]);
});

it('lets the bastion reach no phone that is not behind it', async () => {
  const { hostname, port } = new URL(phone('mostrador').service.url);
  expect(await reachable(hostname, Number(port))).toBe(false);
});

it('leaves a phone without power', async () => {
  const { hostname, port } = new URL(phone('sala').service.url);
  const answered = await new Promise((resolve) => {
    const socket = connect(Number(port), hostname, () => resolve(true)).on('error', () => resolve(false));
    socket.on('close', () => resolve(false)).on('connect', () => socket.destroy());
  });
  expect(answered).toBe(false);
});

it('has a phone fetch its file at the start, and its log on the SSH host', async () => {
  await training.lab.phone('muelle').settled();
  const mac = phone('muelle').service.mac.replaceAll(':', '');
  expect(await fileOf('/var/log/provisioning.log')).toContain(`"GET /${mac}.cfg HTTP/1.1" 404 `);
});

it('serves to phones what is put on the SSH host', async () => {
  await new Promise<void>((resolve, reject) => {
    visitor.sftp((failed, sftp) => {
      if (failed) reject(failed);
      else sftp.writeFile('/srv/provisioning/a.cfg', 'hola', (error) => (error ? reject(error) : resolve()));
    });
  });
  const { url, credentials } = around().provisioning.service;
  const auth = `${credentials.username}:${credentials.password}`;
  const text = await new Promise<string>((resolve) => {
    getOverHttp(`${url}/a.cfg`, { auth }, (answer) => answer.setEncoding('utf8').on('data', resolve));
  });
  expect(text).toBe('hola');
});

it('has nothing around it without phones', async () => {
  const boxes = [{ name: 'sede', edition: 'v2.0.0', extensions: 0 } as const];
  const small = await startTraining({ boxes, phones: [], faults: [], ports: {} }, 0);
  await small.close();
  expect([small.surroundings, small.phones]).toEqual([null, []]);
});

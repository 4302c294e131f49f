import type { Client } from 'ssh2';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type LabBastion, startBastion } from '../../../lab/bastion/index.ts';
import {
  allOf,
  forward,
  get,
  inside,
  logIn,
  reasonOf,
  type Started,
  startEcho,
  startPage,
} from './visitor.ts';

let page: Started;
let echo: Started;
let bastion: LabBastion;
let client: Client;
const echoing = '192.0.2.140:7';
const nobody = '192.0.2.199:443';

beforeAll(async () => {
  page = await startPage('phone');
  echo = await startEcho();
});
beforeEach(async () => {
  const forwards = { [inside]: page.place, [echoing]: echo.place, [nobody]: { host: '127.0.0.1', port: 1 } };
  bastion = await startBastion({ forwards, channelLimit: 3 });
  client = await logIn(bastion.service);
});
afterEach(async () => {
  client.end();
  await bastion.close();
});
afterAll(() => Promise.all([page.close(), echo.close()]));

const counted = () => bastion.control.counters();

describe('a forwarding', () => {
  it('reaches what listens behind an address of the table', async () => {
    expect(await get(client, inside)).toMatch(/phone$/);
    expect(counted().forwards).toEqual({ [inside]: 1 });
  });

  it('carries a megabyte both ways, whole', async () => {
    const channel = await forward(client, echoing);
    const sent = 'abcdefgh'.repeat(131_072);
    channel.end(sent);
    expect(await allOf(channel)).toBe(sent);
  });

  it.each(['127.0.0.1:22', '192.0.2.131:80', 'phone.example:443'])('to %s is prohibited', async (address) => {
    expect(await reasonOf(forward(client, address))).toBe(1);
    expect(counted().refusedForwards).toEqual({ [address]: 1 });
  });

  it('to the true place of a phone is prohibited: there is one way alone', async () => {
    expect(await reasonOf(forward(client, `127.0.0.1:${page.place.port}`))).toBe(1);
  });

  it('to an address where nobody answers fails as the connection', async () => {
    expect(await reasonOf(forward(client, nobody))).toBe(2);
    expect(counted().channels.open).toBe(0);
  });

  it('is refused as often as asked, and then no more', async () => {
    bastion.control.refuseForwards(1);
    expect(await reasonOf(forward(client, inside))).toBe(1);
    expect(await get(client, inside)).toMatch(/phone$/);
  });

  it('can be added and taken away', async () => {
    bastion.control.forward('192.0.2.150:443', page.place);
    expect(await get(client, '192.0.2.150:443')).toMatch(/phone$/);
    bastion.control.unforward('192.0.2.150:443');
    expect(await reasonOf(forward(client, '192.0.2.150:443'))).toBe(1);
  });

  it('ends when what listens ends', async () => {
    const channel = await forward(client, inside);
    channel.write('nonsense\r\n\r\n');
    expect(await allOf(channel)).toContain('400 Bad Request');
  });

  it('takes the asked latency on both ways, in order', async () => {
    bastion.control.latency(40);
    const channel = await forward(client, echoing);
    const started = performance.now();
    channel.write('one');
    channel.end(' two');
    expect(await allOf(channel)).toBe('one two');
    expect(performance.now() - started).toBeGreaterThanOrEqual(75);
  });
});

describe('channels', () => {
  it('beyond the limit are refused for want of resources', async () => {
    await Promise.all([forward(client, echoing), forward(client, echoing), forward(client, echoing)]);
    expect(await reasonOf(forward(client, echoing))).toBe(4);
    expect(counted().channels).toEqual({ open: 3, peak: 3, refused: 1 });
  });

  it('are limited per connection', async () => {
    await Promise.all([forward(client, echoing), forward(client, echoing), forward(client, echoing)]);
    const other = await logIn(bastion.service);
    expect(await get(other, inside)).toMatch(/phone$/);
    other.end();
  });

  it('give their place to others when they end', async () => {
    await Promise.all([get(client, inside), get(client, inside), get(client, inside)]);
    await expect.poll(() => counted().channels.open).toBe(0);
    expect(await get(client, inside)).toMatch(/phone$/);
    expect(counted().channels.peak).toBe(3);
  });

  it('are gone with their connection', async () => {
    await Promise.all([forward(client, echoing), forward(client, echoing)]);
    client.on('error', () => {});
    bastion.control.dropConnections();
    await expect.poll(() => counted().channels.open).toBe(0);
  });

  it('are ten without being asked for', async () => {
    const usual = await startBastion({ forwards: { [echoing]: echo.place } });
    const visitor = await logIn(usual.service);
    const tries = await Promise.allSettled(Array.from({ length: 12 }, () => forward(visitor, echoing)));
    visitor.end();
    await usual.close();
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(10);
  });

  it('count from zero when asked, but for those that are open', async () => {
    await forward(client, echoing);
    bastion.control.resetCounters();
    expect(counted()).toMatchObject({ logins: 0, forwards: {}, channels: { open: 1, peak: 1 } });
  });
});

it('answers in well under the time of a delayed acknowledgement', async () => {
  const channel = await forward(client, echoing);
  const started = performance.now();
  for (const word of 'abcdefghij') {
    channel.write(word);
    await new Promise((resolve) => channel.once('data', resolve));
  }
  expect(performance.now() - started).toBeLessThan(350);
});

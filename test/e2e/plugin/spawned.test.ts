import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { builtProduct } from '../../support/build.ts';
import {
  connectPlugin,
  magicCookie,
  makeIdentity,
  type PluginClient,
  rpc,
  type StartedPlugin,
  type StartOptions,
  startPlugin,
} from '../../support/plugin-client/index.ts';
import { readStore } from '../../support/toy-store.ts';
import { apply, configure, plan, thing } from '../../unit/plugin/scene.ts';

let program: string;
let folder: string;
let store: string;
const plugins: StartedPlugin[] = [];

beforeAll(async () => {
  program = join(await builtProduct(), 'test/support/toy-provider-main.js');
});
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'alta-toy-'));
  store = join(folder, 'store.json');
});
afterEach(async () => {
  for (const plugin of plugins.splice(0)) {
    plugin.process.kill('SIGKILL');
    await plugin.exited;
  }
  rmSync(folder, { recursive: true, force: true });
});

async function start(options: StartOptions = {}): Promise<StartedPlugin> {
  // What is killed below leaves its socket: in this folder, which is removed.
  const environment = { TMPDIR: folder, ...options.environment };
  const plugin = await startPlugin(program, { ...options, environment });
  plugins.push(plugin);
  return plugin;
}

const socketOf = ({ handshake }: StartedPlugin): string => handshake[3] ?? '';

async function configured(plugin: StartedPlugin): Promise<PluginClient> {
  const client = await plugin.connect();
  await configure(client, store);
  return client;
}

/** Whether a client may speak at all: with TLS 1.3 a refusal comes after the connection seems to stand. */
async function isServed(connecting: Promise<PluginClient>): Promise<boolean> {
  try {
    await (await connecting).call(rpc.getMetadata, {});
    return true;
  } catch {
    return false;
  }
}

describe('a provider that Terraform starts', () => {
  it('answers over mutual TLS, ends on Shutdown, and leaves nothing behind', async () => {
    const plugin = await start();
    expect(plugin.handshake.slice(0, 3)).toEqual(['1', '6', 'unix']);
    expect(statSync(dirname(socketOf(plugin))).mode & 0o777).toBe(0o700);
    const client = await configured(plugin);
    const { state } = await apply(client, thing({ name: 'desk', secret: 'canary-4711' }));
    expect(state).toMatchObject({ name: 'desk', secret: null });
    await client.shutdown();
    expect(await plugin.exited).toBe(0);
    expect(existsSync(dirname(socketOf(plugin)))).toBe(false);
    expect(plugin.errors()).toBe('');
  });

  it('refuses another certificate, no certificate, and cleartext', async () => {
    const plugin = await start();
    const address = { network: 'unix', text: socketOf(plugin) };
    const server = plugin.tls?.server ?? '';
    expect(await isServed(plugin.connect())).toBe(true);
    expect(await isServed(connectPlugin(address, { ...(await makeIdentity()), server }))).toBe(false);
    expect(await isServed(connectPlugin(address, { key: '', certificate: '', server }))).toBe(false);
    expect(await isServed(connectPlugin(address))).toBe(false);
    expect(await isServed(plugin.connect())).toBe(true);
  });

  it('speaks cleartext where Terraform gives no certificate', async () => {
    const plugin = await start({ tls: false });
    expect(plugin.handshake[5]).toBe('');
    const client = await configured(plugin);
    expect((await plan(client, thing({ name: 'desk' }))).diagnostics).toEqual([]);
  });

  it('ends on SIGTERM, is deaf to Ctrl-C', async () => {
    const plugin = await start();
    const client = await configured(plugin);
    plugin.process.kill('SIGINT');
    await wait(200);
    expect((await apply(client, thing({ name: 'desk' }))).diagnostics).toEqual([]);
    plugin.process.kill('SIGTERM');
    expect(await plugin.exited).toBe(0);
    expect(existsSync(socketOf(plugin))).toBe(false);
  });

  it('stops what runs when Terraform asks', async () => {
    const client = await configured(await start());
    const running = apply(client, thing({ name: 'slow' }));
    await wait(200);
    await client.call(rpc.stopProvider, {});
    expect((await running).diagnostics).toMatchObject([{ summary: 'Stopped before anything was written' }]);
    expect(readStore(store).things).toEqual({});
  });

  it('keeps standard output to the handshake; errors in the log name no value', async () => {
    const plugin = await start();
    let printed = '';
    plugin.process.stdout?.on('data', (text: string) => {
      printed += text;
    });
    const client = await configured(plugin);
    const { diagnostics } = await apply(client, thing({ name: 'throws', secret: 'canary-4711' }));
    expect(diagnostics).toMatchObject([{ summary: 'Internal error of the provider' }]);
    await wait(50);
    const [line = ''] = plugin.errors().split('\n');
    expect(JSON.parse(line)).toMatchObject({
      '@level': 'error',
      '@message': 'the apply of toy_thing failed',
    });
    expect(plugin.errors() + printed).not.toContain('canary');
    expect(printed).toBe('');
  });

  it('survives a mistake that no request waits for', async () => {
    const plugin = await start();
    const client = await configured(plugin);
    await apply(client, thing({ name: 'late', secret: 'canary-4711' }));
    await wait(100);
    expect((await apply(client, thing({ name: 'desk' }))).diagnostics).toEqual([]);
    expect(plugin.errors()).toContain('something failed that no request waited for');
    expect(plugin.errors()).not.toContain('canary');
  });

  it('ends when the process that started it was killed', async () => {
    // A shell stands for Terraform: it starts the provider, says its number, and waits.
    const parent = spawn('/bin/sh', ['-c', `"${process.execPath}" "${program}" & echo "pid $!"; wait`], {
      env: { PATH: process.env.PATH, TMPDIR: folder, ...magicCookie, PLUGIN_PROTOCOL_VERSIONS: '6' },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    let text = '';
    parent.stdout.setEncoding('utf8').on('data', (part: string) => {
      text += part;
    });
    while (!text.includes('|grpc|')) await wait(20);
    const pid = Number(/pid (\d+)/.exec(text)?.[1]);
    const socket = /\|unix\|([^|]+)\|/.exec(text)?.[1] ?? '';
    parent.kill('SIGKILL');
    await once(parent, 'exit');
    for (let tries = 0; isAlive(pid) && tries < 100; tries += 1) await wait(100);
    expect(isAlive(pid)).toBe(false);
    expect(existsSync(dirname(socket))).toBe(false);
  });
});

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

describe('a provider that a person starts', () => {
  it('says what it is, and fails', async () => {
    const plugin = await start({ environment: { TF_PLUGIN_MAGIC_COOKIE: 'none' } });
    expect(await plugin.exited).toBe(1);
    expect(plugin.handshake).toEqual(['']);
    expect(plugin.errors()).toContain('This program is a Terraform provider');
  });

  it('says to an old Terraform what it needs, where Terraform will show it', async () => {
    const plugin = await start({ environment: { PLUGIN_PROTOCOL_VERSIONS: '4,5' } });
    expect(await plugin.exited).toBe(1);
    expect(plugin.handshake[0]).toContain('use Terraform 1.11 or later');
  });

  it('says that it cannot listen, where Terraform will show it', async () => {
    const plugin = await start({ environment: { TMPDIR: join(folder, 'missing') } });
    expect(await plugin.exited).toBe(1);
    expect(plugin.handshake[0]).toContain('cannot listen (ENOENT)');
  });
});

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Provider, type Serving, serve } from '../../../stacks/plugin/index.ts';
import type { Log } from '../../../stacks/plugin/log.ts';
import {
  connectPlugin,
  type Plain,
  type PluginClient,
  pack,
  rpc,
  unpack,
} from '../../support/plugin-client/index.ts';

export type Block = { [name: string]: Plain };

/** What Terraform 1.11 says of itself. */
export const modern = { deferralAllowed: false, writeOnlyAttributesAllowed: true };

export const wire = (value: Plain) => ({ msgpack: pack(value), json: new Uint8Array() });
export const plain = (value: { readonly msgpack: Uint8Array } | undefined): Plain =>
  value === undefined || value.msgpack.length === 0 ? null : unpack(value.msgpack);

/** Every attribute of a toy thing, null where nothing is said. */
export const thing = (over: Block): Block => ({
  id: null,
  name: null,
  kind: null,
  size: null,
  tags: null,
  lines: null,
  secret: null,
  secret_version: null,
  serial: null,
  ...over,
});

/** A provider that is served, with clients that are closed at the end. */
export interface Scene {
  readonly serving: Serving;
  /** An absolute path for a toy's things. */
  readonly store: string;
  /** A new connection, not configured. */
  connect(): Promise<PluginClient>;
  /** A new connection with a toy configured on `store`. */
  configured(store?: string): Promise<PluginClient>;
  close(): Promise<void>;
}

export async function openScene<I>(provider: Provider<I>, log?: Log): Promise<Scene> {
  const folder = mkdtempSync(join(tmpdir(), 'alta-toy-'));
  const serving = await serve(provider, log === undefined ? {} : { log });
  const store = join(folder, 'store.json');
  const clients: PluginClient[] = [];
  const connect = async (): Promise<PluginClient> => {
    const { Network: network, String: text } = serving.reattach.Addr;
    const client = await connectPlugin({ network, text });
    clients.push(client);
    return client;
  };
  return {
    serving,
    store,
    connect,
    configured: async (path = store) => {
      const client = await connect();
      await configure(client, path);
      return client;
    },
    close: async () => {
      await Promise.all(clients.map((client) => client.close()));
      await serving.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export function configure(client: PluginClient, store: string, broken: boolean | null = null) {
  const config = wire({ store, broken });
  return client.call(rpc.configureProvider, {
    terraformVersion: '1.11.4',
    config,
    clientCapabilities: modern,
  });
}

/** Plans a thing as Terraform does: what is proposed is the configuration, with what is computed taken from before. */
export async function plan(client: PluginClient, config: Block | null, prior: Block | null = null) {
  const kept: Block = { id: prior?.id ?? null, serial: prior?.serial ?? null };
  const proposed: Block | null =
    config === null ? null : { ...config, ...kept, kind: config.kind ?? prior?.kind ?? null };
  const answer = await client.call(rpc.planResourceChange, {
    typeName: 'toy_thing',
    config: wire(config),
    priorState: wire(prior),
    proposedNewState: wire(proposed),
    clientCapabilities: modern,
  });
  return { ...answer, planned: plain(answer.plannedState) as Block | null };
}

/** Plans and applies; the diagnostics are those of the apply. */
export async function apply(client: PluginClient, config: Block | null, prior: Block | null = null) {
  const { plannedState, plannedPrivate } = await plan(client, config, prior);
  const answer = await client.call(rpc.applyResourceChange, {
    typeName: 'toy_thing',
    config: wire(config),
    priorState: wire(prior),
    ...(plannedState === undefined ? {} : { plannedState }),
    plannedPrivate,
  });
  return { ...answer, state: plain(answer.newState) as Block | null };
}

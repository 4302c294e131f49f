import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Diagnostic_Severity } from '../../../stacks/plugin/generated/tfplugin6_pb.ts';
import { type GrpcFailure, type PluginClient, rpc, UNKNOWN } from '../../support/plugin-client/index.ts';
import { toyProvider } from '../../support/toy-provider.ts';
import { readStore } from '../../support/toy-store.ts';
import {
  apply,
  type Block,
  configure,
  modern,
  openScene,
  plain,
  plan,
  type Scene,
  thing,
  wire,
} from './scene.ts';

let scene: Scene;
let client: PluginClient;

beforeEach(async () => {
  scene = await openScene(toyProvider);
  client = await scene.configured();
});
afterEach(() => scene.close());

const validate = (config: Block, clientCapabilities: object | null = modern) =>
  client.call(rpc.validateResourceConfig, {
    typeName: 'toy_thing',
    config: wire(config),
    ...(clientCapabilities === null ? {} : { clientCapabilities }),
  });

describe('what the provider says of itself', () => {
  it('is its schema, with the types in JSON', async () => {
    const { provider, resourceSchemas, dataSourceSchemas, serverCapabilities } = await client.call(
      rpc.getProviderSchema,
      {},
    );
    const attributes = resourceSchemas.toy_thing?.block?.attributes ?? [];
    const types = Object.fromEntries(
      attributes.map(({ name, type }) => [name, Buffer.from(type).toString()]),
    );
    expect(types).toMatchObject({
      name: '"string"',
      tags: '["map","string"]',
      lines: '["list",["object",{"line":"number","label":"string"}]]',
    });
    expect(attributes.find(({ name }) => name === 'secret')).toMatchObject({
      writeOnly: true,
      sensitive: true,
    });
    expect(attributes.find(({ name }) => name === 'name')).toMatchObject({ required: true, computed: false });
    expect(resourceSchemas.toy_thing?.version).toBe(1n);
    expect(Object.keys(dataSourceSchemas)).toEqual(['toy_names']);
    expect(provider?.block?.attributes.map(({ name }) => name)).toEqual(['store', 'broken']);
    expect(serverCapabilities).toMatchObject({ planDestroy: true, getProviderSchemaOptional: true });
  });

  it('is also there in short, and without functions', async () => {
    const { resources, dataSources } = await client.call(rpc.getMetadata, {});
    expect([resources, dataSources].flat().map(({ typeName }) => typeName)).toEqual([
      'toy_thing',
      'toy_names',
    ]);
    expect((await client.call(rpc.getFunctions, {})).diagnostics).toEqual([]);
  });

  it('is "unimplemented" for methods and services that it leaves out', async () => {
    const failure = (path: string) =>
      client.raw(path, new Uint8Array()).catch((error: GrpcFailure) => error.status);
    expect(await failure('/plugin.GRPCStdio/StreamStdio')).toBe(12);
    expect(await failure('/tfplugin6.Provider/CallFunction')).toBe(12);
    await expect(client.call(rpc.moveResourceState, {})).rejects.toMatchObject({ status: 12 });
  });
});

describe('checking', () => {
  it('points at the attribute, and names the whole path', async () => {
    const lines = [
      { line: 1, label: 'good' },
      { line: 2, label: 'bad' },
    ];
    const { diagnostics } = await validate(thing({ name: 'refused', lines }));
    expect(diagnostics).toMatchObject([
      { severity: Diagnostic_Severity.ERROR, summary: 'Name is refused' },
      { attribute: { steps: [{}, { selector: { case: 'elementKeyInt', value: 1n } }, {}] } },
    ]);
    expect(diagnostics[1]?.attribute?.steps.map(({ selector }) => selector.value)).toEqual([
      'lines',
      1n,
      'label',
    ]);
    expect(diagnostics[1]?.detail).toContain('Attribute: lines[1].label');
  });

  it('tells a key of a map from an attribute', async () => {
    const { diagnostics } = await validate(thing({ name: 'desk', tags: { 'bad.one': 'a' } }));
    expect(diagnostics[0]?.attribute?.steps.map(({ selector }) => selector)).toEqual([
      { case: 'attributeName', value: 'tags' },
      { case: 'elementKeyString', value: 'bad.one' },
    ]);
  });

  it('passes over unknown values', async () => {
    expect((await validate(thing({ name: UNKNOWN, lines: UNKNOWN, secret: UNKNOWN }))).diagnostics).toEqual(
      [],
    );
  });

  it('hands on warnings', async () => {
    const { diagnostics } = await validate(thing({ name: 'warns' }));
    expect(diagnostics).toMatchObject([
      { severity: Diagnostic_Severity.WARNING, summary: 'Name is unusual' },
    ]);
  });

  it.each([
    ['says that it cannot', { deferralAllowed: false, writeOnlyAttributesAllowed: false }],
    ['says nothing', null],
  ])('refuses a write-only value where the client %s keep it out of its state', async (_, capabilities) => {
    const { diagnostics } = await validate(thing({ name: 'desk', secret: 'canary-4711' }), capabilities);
    expect(diagnostics).toMatchObject([{ severity: Diagnostic_Severity.ERROR }]);
    expect(diagnostics[0]?.attribute?.steps[0]?.selector.value).toBe('secret');
    expect(diagnostics[0]?.detail).toContain('1.11');
    expect((await validate(thing({ name: 'desk' }), capabilities)).diagnostics).toEqual([]);
  });

  it('checks the provider block', async () => {
    const config = wire({ store: 'relative/path', broken: null });
    const { diagnostics } = await client.call(rpc.validateProviderConfig, { config });
    expect(diagnostics).toMatchObject([{ summary: 'Path is not absolute' }]);
  });

  it('refuses a number that could not be written back', async () => {
    const { diagnostics } = await validate(thing({ name: 'desk', size: 12345678901234567n }));
    expect(diagnostics).toMatchObject([{ summary: 'Number with too many digits' }]);
    expect(diagnostics[0]?.attribute?.steps[0]?.selector.value).toBe('size');
  });
});

describe('planning and applying', () => {
  it('creates: defaults, unknown until apply, then known; the secret in neither', async () => {
    const config = thing({ name: 'desk', secret: 'canary-4711', size: 0.1, tags: { 'a.b': 'c' } });
    const { planned, diagnostics } = await plan(client, config);
    expect(diagnostics).toEqual([]);
    expect(planned).toEqual(
      thing({ name: 'desk', size: '0.1', kind: 'plain', tags: { 'a.b': 'c' }, id: UNKNOWN, serial: UNKNOWN }),
    );
    const { state } = await apply(client, config);
    expect(state).toMatchObject({ name: 'desk', kind: 'plain', size: '0.1', serial: 1, secret: null });
    expect(Object.values(readStore(scene.store).things)).toMatchObject([
      { name: 'desk', secret: 'canary-4711' },
    ]);
  });

  it('plans no change where there is none, and says what replaces', async () => {
    const { state } = await apply(client, thing({ name: 'desk' }));
    const same = await plan(client, thing({ name: 'desk' }), state);
    expect(same.planned).toEqual(state);
    expect(same.requiresReplace).toEqual([]);
    const moved = await plan(client, thing({ name: 'desk', kind: 'other' }), state);
    expect(moved.requiresReplace.map(({ steps }) => steps[0]?.selector.value)).toEqual(['kind']);
  });

  it("carries the provider's own bytes from plan to apply to read", async () => {
    const config = thing({ name: 'desk' });
    const { plannedPrivate } = await plan(client, config);
    expect(Buffer.from(plannedPrivate).toString()).toBe('planned');
    const { newState, private: kept } = await apply(client, config);
    expect(readStore(scene.store).calls).toEqual(['create desk planned']);
    const read = await client.call(rpc.readResource, {
      typeName: 'toy_thing',
      private: kept,
      ...(newState === undefined ? {} : { currentState: newState }),
    });
    expect(Buffer.from(read.private).toString()).toBe('applied');
  });

  it('keeps what was made although it was not all', async () => {
    const { state, diagnostics } = await apply(client, thing({ name: 'half' }));
    expect(state).toMatchObject({ name: 'half', serial: 1 });
    expect(diagnostics).toMatchObject([{ summary: 'Only half was done' }]);
  });

  it('plans a destroy, which the provider may refuse', async () => {
    const { state } = await apply(client, thing({ name: 'protected' }));
    const { planned, diagnostics } = await plan(client, null, state);
    expect(planned).toBeNull();
    expect(diagnostics).toMatchObject([{ summary: 'Thing is protected' }]);
  });

  it('destroys', async () => {
    const { state } = await apply(client, thing({ name: 'desk' }));
    expect(await apply(client, null, state)).toMatchObject({ state: null, diagnostics: [] });
    expect(readStore(scene.store).things).toEqual({});
  });
});

describe('states', () => {
  it('is gone only where the provider says so', async () => {
    const { newState, state } = await apply(client, thing({ name: 'desk', secret: 'canary-4711' }));
    const read = (current: Block | null) =>
      client.call(rpc.readResource, { typeName: 'toy_thing', currentState: wire(current) });
    expect(plain((await read(state)).newState)).toEqual(plain(newState));
    expect(JSON.stringify(plain((await read(state)).newState))).not.toContain('canary');
    expect(plain((await read({ ...state, id: 'gone' })).newState)).toBeNull();
  });

  it('imports by id; a mistake is a diagnostic', async () => {
    const { state } = await apply(client, thing({ name: 'desk', secret: 'canary-4711' }));
    const load = (id: string) => client.call(rpc.importResourceState, { typeName: 'toy_thing', id });
    const { importedResources } = await load(String(state?.id));
    expect(importedResources).toHaveLength(1);
    expect(plain(importedResources[0]?.state)).toEqual(thing({ id: state?.id ?? null, name: 'desk' }));
    expect(await load('missing')).toMatchObject({
      importedResources: [],
      diagnostics: [{ summary: 'No such thing' }],
    });
  });

  const upgrade = (version: number, raw: object) =>
    client.call(rpc.upgradeResourceState, {
      typeName: 'toy_thing',
      version: BigInt(version),
      rawState: { json: Buffer.from(JSON.stringify(raw)) },
    });

  it('upgrades an older state, and reads its own', async () => {
    const old = await upgrade(0, { id: 't1', title: 'desk', size: 0.1 });
    expect(plain(old.upgradedState)).toEqual(thing({ id: 't1', name: 'desk', size: '0.1' }));
    const own = await upgrade(1, { id: 't1', name: 'desk', removed: 'long ago', secret: 'canary-4711' });
    expect(plain(own.upgradedState)).toEqual(thing({ id: 't1', name: 'desk' }));
  });

  it('refuses a state that is no JSON object', async () => {
    const { diagnostics } = await client.call(rpc.upgradeResourceState, {
      typeName: 'toy_thing',
      rawState: { flatmap: { id: 't1' } },
    });
    expect(diagnostics).toMatchObject([{ summary: 'Unreadable state' }]);
  });

  it('reads data', async () => {
    await apply(client, thing({ name: 'desk' }));
    await apply(client, thing({ name: 'door' }));
    const config = wire({ prefix: 'de', names: null });
    const { state } = await client.call(rpc.readDataSource, { typeName: 'toy_names', config });
    expect(plain(state)).toEqual({ prefix: 'de', names: ['desk'] });
  });
});

describe('mistakes', () => {
  it('answers a diagnostic where the type is not known', async () => {
    const { diagnostics } = await client.call(rpc.readDataSource, { typeName: 'constructor' });
    expect(diagnostics).toMatchObject([{ summary: 'Unknown data source type' }]);
  });

  it('answers a diagnostic where the connection is not configured', async () => {
    const fresh = await scene.connect();
    const unconfigured = await plan(fresh, thing({ name: 'desk' }));
    expect(unconfigured.diagnostics).toMatchObject([{ summary: 'The provider is not configured' }]);
    expect((await configure(fresh, scene.store, true)).diagnostics).toMatchObject([
      { summary: 'Configuring failed' },
    ]);
    expect((await plan(fresh, thing({ name: 'desk' }))).diagnostics).toHaveLength(1);
  });

  it('answers a diagnostic where a value does not fit', async () => {
    const { diagnostics } = await validate(thing({ name: ['no', 'text'] }));
    expect(diagnostics).toMatchObject([{ summary: 'Unreadable value' }]);
    const broken = { msgpack: Buffer.of(0xdc, 0xff), json: new Uint8Array() };
    const answer = await client.call(rpc.validateResourceConfig, { typeName: 'toy_thing', config: broken });
    expect(answer.diagnostics).toMatchObject([{ summary: 'Unreadable value' }]);
  });
});

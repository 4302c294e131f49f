import { onTestFinished } from 'vitest';
import { allFacts } from '../../../stacks/provider/index.ts';
import { resourceShapes } from '../../../stacks/schema/resource.ts';
import { connectPlugin, type Plain, pack, rpc, unpack } from '../plugin-client/index.ts';
import type { Scene } from './contract.ts';

export type Block = { readonly [name: string]: Plain };

/** What Terraform keeps of a resource. */
export interface Held {
  readonly state: Block | null;
  readonly private: Uint8Array;
}

export const nothingHeld: Held = { state: null, private: new Uint8Array() };

/** `codes`: of everything that was said, in order. */
interface Said {
  readonly codes: readonly string[];
}

/** Terraform's part in the life of a resource, one request of the protocol each. A configuration names only what is given. */
export interface Talk {
  configure(config: Block, version?: string): Promise<Said>;
  validate(type: string, config: Block, capable?: boolean): Promise<Said>;
  plan(type: string, config: Block | null, held?: Held): Promise<Planned>;
  /** Plans and applies; where the plan has an error, that is all. */
  apply(type: string, config: Block | null, held?: Held): Promise<Held & Said>;
  read(type: string, held: Held): Promise<Held & Said>;
  import(type: string, id: string): Promise<Held & Said>;
  upgrade(type: string, version: number, raw: object): Promise<Block | null>;
  data(type: string, config: Block): Promise<{ readonly state: Block | null } & Said>;
}

export interface Planned extends Held, Said {
  readonly failed: boolean;
  readonly replace: readonly string[];
}

const capabilities = { deferralAllowed: false, writeOnlyAttributesAllowed: true };
const wire = (value: Plain) => ({ msgpack: pack(value), json: new Uint8Array() });
const plain = (value: { readonly msgpack: Uint8Array } | undefined): Block | null =>
  value === undefined || value.msgpack.length === 0 ? null : (unpack(value.msgpack) as Block | null);

interface Told {
  readonly severity: number;
  readonly summary: string;
  readonly detail: string;
}

function codesOf(diagnostics: readonly Told[]): readonly string[] {
  return diagnostics.map(
    ({ detail, summary }) => /\[([a-z0-9-]+)(?: · [^\]]*)?\]/.exec(detail)?.[1] ?? summary,
  );
}

/** Another connection to whoever serves the scene, not configured yet. Goes with the test. */
export async function talkTo({ server }: Pick<Scene, 'server'>): Promise<Talk> {
  const { Network: network, String: text } = server.reattach().Addr;
  const client = await connectPlugin({ network, text });
  onTestFinished(() => client.close());
  const shapes = Object.values(resourceShapes(await allFacts()));
  const attributesOf = (type: string) => shapes.find((one) => one.type === type)?.schema.attributes ?? {};
  const whole = (type: string, given: Block | null): Block | null =>
    given === null
      ? null
      : { ...Object.fromEntries(Object.keys(attributesOf(type)).map((name) => [name, null])), ...given };
  /** What is not configured and computed stays as it was. */
  const proposed = (type: string, config: Block | null, prior: Block | null): Block | null => {
    if (config === null) return null;
    const entries = Object.entries(attributesOf(type)).map(([name, { computed, writeOnly }]) => {
      const given = writeOnly === true ? null : (config[name] ?? null);
      return [name, given ?? (computed === true ? (prior?.[name] ?? null) : null)] as const;
    });
    return Object.fromEntries(entries);
  };

  const plan: Talk['plan'] = async (type, config, held = nothingHeld) => {
    const answer = await client.call(rpc.planResourceChange, {
      typeName: type,
      config: wire(whole(type, config) as Plain),
      priorState: wire(held.state as Plain),
      proposedNewState: wire(proposed(type, whole(type, config), held.state) as Plain),
      priorPrivate: held.private,
      clientCapabilities: capabilities,
    });
    return {
      state: plain(answer.plannedState),
      private: answer.plannedPrivate,
      replace: answer.requiresReplace.map(({ steps }) => String(steps[0]?.selector.value)),
      codes: codesOf(answer.diagnostics),
      failed: answer.diagnostics.some(({ severity }) => severity === 1),
    };
  };

  const read: Talk['read'] = async (type, held) => {
    const currentState = wire(held.state as Plain);
    const request = { typeName: type, currentState, private: held.private };
    const { newState, private: bytes, diagnostics } = await client.call(rpc.readResource, request);
    return { state: plain(newState), private: bytes, codes: codesOf(diagnostics) };
  };

  return {
    plan,
    read,
    configure: async (config, terraformVersion = '1.11.4') => {
      const given = { client: null, workspace: null, recreate: null, ...config };
      const request = { terraformVersion, config: wire(given), clientCapabilities: capabilities };
      return { codes: codesOf((await client.call(rpc.configureProvider, request)).diagnostics) };
    },
    validate: async (type, config, capable = true) => {
      const clientCapabilities = { ...capabilities, writeOnlyAttributesAllowed: capable };
      const request = { typeName: type, config: wire(whole(type, config) as Plain), clientCapabilities };
      return { codes: codesOf((await client.call(rpc.validateResourceConfig, request)).diagnostics) };
    },
    apply: async (type, config, held = nothingHeld) => {
      const planned = await plan(type, config, held);
      if (planned.failed) return { ...held, codes: planned.codes };
      const answer = await client.call(rpc.applyResourceChange, {
        typeName: type,
        config: wire(whole(type, config) as Plain),
        priorState: wire(held.state as Plain),
        plannedState: wire(planned.state as Plain),
        plannedPrivate: planned.private,
      });
      return { state: plain(answer.newState), private: answer.private, codes: codesOf(answer.diagnostics) };
    },
    import: async (type, id) => {
      const { importedResources, diagnostics } = await client.call(rpc.importResourceState, {
        typeName: type,
        id,
      });
      const [found] = importedResources;
      const held = { state: plain(found?.state), private: found?.private ?? nothingHeld.private };
      if (held.state === null) return { ...held, codes: codesOf(diagnostics) };
      return read(type, held);
    },
    upgrade: async (type, version, raw) => {
      const rawState = { json: Buffer.from(JSON.stringify(raw)) };
      const request = { typeName: type, version: BigInt(version), rawState };
      return plain((await client.call(rpc.upgradeResourceState, request)).upgradedState);
    },
    data: async (type, config) => {
      const answer = await client.call(rpc.readDataSource, { typeName: type, config: wire(config as Plain) });
      return { state: plain(answer.state), codes: codesOf(answer.diagnostics) };
    },
  };
}

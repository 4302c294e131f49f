import { setTimeout as wait } from 'node:timers/promises';
import {
  type Call,
  type PlanRequest,
  type Provider,
  type Remark,
  type ResourceType,
  type Schema,
  unknown,
  type Value,
  type ValueObject,
} from '../../stacks/plugin/index.ts';
import { changeStore, readStore, type Thing } from './toy-store.ts';

/** A configured toy: the file of its things, and what its provider block says about it. */
export interface Toy {
  readonly store: string;
  /** Told apart by tests: each configuration makes a new one. */
  readonly number: number;
}

const schema: Schema = {
  version: 1,
  description: 'A thing that is kept in a file.',
  attributes: {
    id: { type: 'string', description: 'Given on create.', computed: true },
    name: { type: 'string', description: 'Some names misbehave: see the provider.', required: true },
    kind: { type: 'string', description: 'Cannot change in place.', optional: true, computed: true },
    size: { type: 'number', description: 'Any number.', optional: true },
    tags: { type: { map: 'string' }, description: 'Free.', optional: true },
    lines: {
      type: { list: { object: { line: 'number', label: 'string' } } },
      description: 'In order.',
      optional: true,
    },
    secret: {
      type: 'string',
      description: 'Never in a state.',
      optional: true,
      writeOnly: true,
      sensitive: true,
    },
    secret_version: { type: 'number', description: 'Changes with the secret.', optional: true },
    serial: { type: 'number', description: 'Counts the writes.', computed: true },
  },
};

const text = (value: Value | undefined): string => (typeof value === 'string' ? value : '');

function thingOf(planned: ValueObject, config: ValueObject | null, serial: number): Thing {
  const { name, kind, size, tags, lines } = planned;
  return {
    name: text(name),
    kind: text(kind),
    size: typeof size === 'number' ? size : null,
    tags: (tags ?? null) as Thing['tags'],
    lines: (lines ?? null) as Thing['lines'],
    secret: text(config?.secret) || null,
    serial,
  };
}

/** What is shown of a thing, carelessly with its secret: the server keeps that out of states and plans. */
function stateOf(id: string, shown: Thing, known: ValueObject): ValueObject {
  return { ...known, id, ...shown };
}

const remarkOf = (severity: Remark['severity'], summary: string, path?: Remark['path']): Remark => ({
  severity,
  summary,
  detail: 'As the test asked for.',
  ...(path === undefined ? {} : { path }),
});

function planned({ prior, proposed, config }: PlanRequest): ValueObject | null {
  if (proposed === null) return null;
  if (proposed.secret !== null) throw new Error('the proposal holds the secret');
  const whole: ValueObject = {
    ...proposed,
    kind: proposed.kind === unknown ? 'plain' : (proposed.kind ?? 'plain'),
  };
  if (prior === null) return { ...whole, secret: config?.secret ?? null, id: unknown, serial: unknown };
  const changed = Object.keys(whole).some(
    (name) => JSON.stringify(whole[name]) !== JSON.stringify(prior[name]),
  );
  return { ...whole, secret: config?.secret ?? null, ...(changed ? { serial: unknown } : {}) };
}

/** `slow`: until asked to stop. `throws`: a mistake that quotes the secret. `late`: one that nobody waits for. `half`: made, but not all of it; `half-open`: and not all is known. `warns`: says so. */
async function misbehave(store: string, name: string, secret: string, { signal }: Call): Promise<void> {
  if (name.startsWith('throws')) throw new TypeError(`cannot set ${secret}`);
  if (name === 'late') setTimeout(() => void Promise.reject(new TypeError(`lost ${secret}`)), 10);
  if (!name.startsWith('slow')) return;
  changeStore(store, ({ calls }) => calls.push(`waits ${process.pid}`));
  await wait(20_000, undefined, { signal }).catch(() => {});
}

const thing: ResourceType<Toy> = {
  schema,
  validate: ({ name, lines, tags }) => {
    const labels = Array.isArray(lines) ? lines : [];
    const bad = labels.findIndex((line: ValueObject) => line.label === 'bad');
    const key = Object.keys(tags ?? {}).find((name) => name.startsWith('bad'));
    return [
      ...(name === 'refused' ? [remarkOf('error', 'Name is refused', ['name'])] : []),
      ...(bad < 0 ? [] : [remarkOf('error', 'Label is refused', ['lines', bad, 'label'])]),
      ...(key === undefined ? [] : [remarkOf('error', 'Tag is refused', ['tags', key])]),
      ...(text(name).startsWith('warns') ? [remarkOf('warning', 'Name is unusual', ['name'])] : []),
    ];
  },
  read: async ({ store }, { state }) => {
    const id = text(state.id);
    const found = readStore(store).things[id];
    return { state: found === undefined ? null : stateOf(id, found, state) };
  },
  plan: async (_, request) => {
    const next = planned(request);
    if (text(request.prior?.name) === 'protected' && next === null) {
      return { planned: null, remarks: [remarkOf('error', 'Thing is protected')] };
    }
    if (next?.name === 'throws-plan') throw new TypeError(`cannot plan ${String(request.config?.secret)}`);
    const moved = request.prior !== null && next !== null && request.prior.kind !== next.kind;
    return { planned: next, replace: moved ? ['kind'] : [], private: Buffer.from('planned') };
  },
  apply: async ({ store }, { prior, planned: next, config, plannedPrivate }, call) => {
    const id = text(prior?.id) || `t${Object.keys(readStore(store).things).length + 1}-${process.pid}`;
    const name = text((next ?? prior)?.name);
    await misbehave(store, name, text(config?.secret), call);
    if (call.signal.aborted) {
      return { state: prior, remarks: [remarkOf('error', 'Stopped before anything was written')] };
    }
    if (next === null) {
      changeStore(store, ({ things, calls }) => {
        delete things[id];
        calls.push(`delete ${name}`);
      });
      return { state: null };
    }
    const made = changeStore(store, ({ things, calls }) => {
      const made = thingOf(next, config, (things[id]?.serial ?? 0) + 1);
      things[id] = made;
      calls.push(
        `${prior === null ? 'create' : 'update'} ${name} ${Buffer.from(plannedPrivate ?? []).toString()}`,
      );
      return made;
    });
    const half = name.startsWith('half') ? [remarkOf('error', 'Only half was done')] : [];
    const state = stateOf(id, made, next);
    const open: ValueObject = name === 'half-open' ? { ...state, serial: unknown } : state;
    return { state: open, remarks: half, private: Buffer.from('applied') };
  },
  import: async ({ store }, id) => {
    if (id === 'missing') return { state: null, remarks: [remarkOf('error', 'No such thing')] };
    const known = readStore(store).things[id];
    return { state: { id, name: known?.name ?? null, secret: known?.secret ?? null } };
  },
  upgrade: (version, raw) => {
    if (version !== 0) throw new Error('no such version');
    const { title, ...rest } = raw as { title: string } & ValueObject;
    return { ...rest, name: title };
  },
};

let configurations = 0;

/** Every behaviour that Terraform has a rule for, in one small provider. Its address is `terraform.local/test/toy`. */
export const toyProvider: Provider<Toy> = {
  schema: {
    version: 0,
    description: 'Things in a file.',
    attributes: {
      store: { type: 'string', description: 'An absolute path.', required: true },
      broken: { type: 'bool', description: 'Configuring fails.', optional: true },
    },
  },
  resources: { toy_thing: thing },
  data: {
    toy_names: {
      schema: {
        version: 0,
        description: 'The names of all things.',
        attributes: {
          prefix: { type: 'string', description: 'Only these.', optional: true },
          names: { type: { list: 'string' }, description: 'In order.', computed: true },
        },
      },
      read: async ({ store }, { prefix }) => {
        const names = Object.values(readStore(store).things).map(({ name }) => name);
        return {
          state: {
            prefix: prefix ?? null,
            names: names.filter((name) => name.startsWith(text(prefix))).sort(),
          },
        };
      },
    },
  },
  validate: ({ store }) =>
    typeof store === 'string' && !store.startsWith('/')
      ? [remarkOf('error', 'Path is not absolute', ['store'])]
      : [],
  configure: async ({ store, broken }) => {
    if (broken === true) return { instance: null, remarks: [remarkOf('error', 'Configuring failed')] };
    configurations += 1;
    return { instance: { store: text(store), number: configurations }, remarks: [] };
  },
};

export const toyAddress = 'terraform.local/test/toy';

import {
  type Block,
  type Change,
  type ClientPlan,
  type Foreign,
  type Params,
  type Plan,
  type Section,
  type TargetPlan,
  targetOf,
  type Unverifiable,
} from '../model/index.ts';
import { added, noTotals, type Totals, totalsOf } from './totals.ts';
import type { BlockKey } from './words.ts';

/** A plan arranged for people: the one arrangement that text and Markdown share. */
export interface PlanView {
  readonly clients: readonly ClientView[];
  readonly totals: Totals;
  readonly blocks: readonly BlockGroup[];
}

export interface ClientView {
  readonly client: string;
  readonly targets: readonly TargetView[];
  readonly totals: Totals;
  /** Nothing changes, nothing blocks, every target could be read. */
  readonly quiet: boolean;
}

export interface TargetView {
  readonly target: TargetPlan;
  readonly sections: readonly { readonly section: Section; readonly changes: readonly Change[] }[];
  readonly foreign: readonly Foreign[];
  readonly unverifiable: readonly UnverifiableGroup[];
}

/** The same field that could not be compared for the same reason. */
export interface UnverifiableGroup {
  readonly code: Unverifiable['code'];
  readonly field: string;
  readonly addresses: readonly string[];
}

/** Changes blocked for the same reason with the same numbers: explained once. */
export interface BlockGroup {
  readonly key: BlockKey;
  readonly params: Params;
  readonly addresses: readonly string[];
}

const sectionOrder: readonly Section[] = [
  'requested',
  'unapplied',
  'drift',
  'vanished',
  'moved',
  'adopted',
  'released',
];

/** Arranges a plan by client, target and section. Pure; keeps the plan's own order inside each. */
export function viewOf(plan: Plan): PlanView {
  const clients = plan.clients.map(clientView);
  return {
    clients,
    totals: clients.map((client) => client.totals).reduce(added, noTotals),
    blocks: blockGroups(plan.clients),
  };
}

function clientView(plan: ClientPlan): ClientView {
  const changes = groupBy(plan.changes, (change) => change.target);
  const foreign = groupBy(plan.foreign, (thing) => thing.target);
  const unverifiable = groupBy(plan.unverifiable, (thing) => targetOf(thing.address));
  const targets = [...plan.targets, ...departed(plan)].map((target) => ({
    target,
    sections: sectionsOf(changes.get(target.address) ?? []),
    foreign: foreign.get(target.address) ?? [],
    unverifiable: unverifiableGroups(unverifiable.get(target.address) ?? []),
  }));
  const quiet =
    plan.targets.every(isLookedAt) &&
    plan.changes.length === 0 &&
    plan.targets.every((t) => t.insecure === undefined);
  return { client: plan.client, targets, totals: totalsOf(plan), quiet };
}

/** Targets that left the YAML and are spoken of by changes of state only: nobody looked at them. */
function departed({ targets, changes }: ClientPlan): readonly TargetPlan[] {
  const known = new Set(targets.map(({ address }) => address));
  const gone = new Map(
    changes.flatMap(({ target, targetKey }) => (known.has(target) ? [] : [[target, targetKey] as const])),
  );
  return [...gone].map(([address, key]) => ({ ...nobody, address, key }));
}

const nobody: Omit<TargetPlan, 'address' | 'key'> = {
  driver: '',
  host: '',
  url: null,
  status: 'skipped',
  edition: null,
  managed: 0,
  seen: 0,
  lost: 0,
  vanished: 0,
  commit: 'none',
  tuple: '',
};

/** Read, or worked by hand as declared: what the plan says of it is all there is to say. */
export function isLookedAt({ status }: TargetPlan): boolean {
  return status === 'read' || status === 'guided';
}

function sectionsOf(changes: readonly Change[]): TargetView['sections'] {
  const bySection = groupBy(changes, (change) => change.section);
  return sectionOrder.flatMap((section) => {
    const inside = bySection.get(section);
    return inside === undefined ? [] : [{ section, changes: inside }];
  });
}

function unverifiableGroups(things: readonly Unverifiable[]): readonly UnverifiableGroup[] {
  const groups = groupBy(things, ({ code, field }) => `${code} ${field}`);
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    return [{ code: first.code, field: first.field, addresses: group.map((thing) => thing.address) }];
  });
}

/** How a block is explained. */
export function blockKey(block: Block, section: Section): BlockKey {
  return block.code === 'all-gone' && section === 'vanished' ? 'all-gone-vanished' : block.code;
}

/** The values of the explanation. Consent to create again counts everything of the client that vanished. */
export function blockParams(block: Block, vanished: number): Params {
  return block.code === 'all-gone' ? { ...block.params, recreate: vanished } : block.params;
}

/** How many of a client's changes or steps are about something that vanished. */
export function countVanished(things: readonly { readonly section: Section }[]): number {
  return things.filter(({ section }) => section === 'vanished').length;
}

function blockGroups(clients: readonly ClientPlan[]): readonly BlockGroup[] {
  const all = clients.flatMap(({ changes }) => {
    const vanished = countVanished(changes);
    return changes.flatMap(({ blocked, section, address }) => {
      if (blocked === null) return [];
      return [{ key: blockKey(blocked, section), params: blockParams(blocked, vanished), address }];
    });
  });
  const groups = groupBy(all, ({ key, params }) => JSON.stringify([key, params]));
  return [...groups.values()]
    .flatMap((group) => {
      const [first] = group;
      if (first === undefined) return [];
      return [{ key: first.key, params: first.params, addresses: group.map(({ address }) => address) }];
    })
    .sort((x, y) => rankOf(x.key) - rankOf(y.key));
}

/** What only follows from another block is explained last. */
function rankOf(key: BlockKey): number {
  return key === 'depends-on-blocked' ? 1 : 0;
}

/** Items by key, both in the order they came. */
export function groupBy<K, T>(items: readonly T[], keyOf: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}

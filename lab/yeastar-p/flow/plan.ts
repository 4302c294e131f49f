import type {
  LabYeastarPCallFlow,
  LabYeastarPDestination,
  LabYeastarPIvr,
  LabYeastarPQueue,
  LabYeastarPRingGroup,
  LabYeastarPRoute,
} from './settings.ts';

/** A record of the box's own kind, with the id the API knows it by. */
export type Numbered<T> = T & { id: number };

/** The call flow as the box keeps it. Ids count from 1 in each kind (I). */
export interface Plan {
  trunks: Array<Numbered<{ name: string }>>;
  /** In the order they are tried. */
  routes: Array<Numbered<LabYeastarPRoute>>;
  queues: Array<Numbered<LabYeastarPQueue>>;
  ringGroups: Array<Numbered<LabYeastarPRingGroup>>;
  ivrs: Array<Numbered<LabYeastarPIvr>>;
}

/** Throws for a destination of an unknown kind: a slip in the settings. */
export function startPlan(flow: LabYeastarPCallFlow): Plan {
  const plan: Plan = {
    trunks: withIds((flow.trunks ?? []).map((name) => ({ name }))),
    routes: withIds(flow.routes ?? []),
    queues: withIds(flow.queues ?? []),
    ringGroups: withIds(flow.ringGroups ?? []),
    ivrs: withIds(flow.ivrs ?? []),
  };
  for (const destination of destinationsOf(plan)) targetOf(destination);
  return plan;
}

/** Kinds of destinations that the lab can be told (D: the guide has more). */
const KINDS = ['end_call', 'extension', 'ext_vm', 'queue', 'ring_group', 'ivr', 'external_num'] as const;

export interface Target {
  kind: (typeof KINDS)[number];
  number: string;
}

export function targetOf(destination: LabYeastarPDestination): Target {
  const [word = '', number = ''] = destination.split(' ');
  const kind = KINDS.find((known) => known === word);
  if (kind === undefined) throw new Error(`no destination of kind "${word}"`);
  return { kind, number };
}

/** Numbers that extensions cannot have: all kinds share one numbering (I). */
export function isTaken(plan: Plan, number: string): boolean {
  return [...plan.queues, ...plan.ringGroups, ...plan.ivrs].some((entry) => entry.number === number);
}

/** Whether calls from outside may reach that extension by a queue, a ring group, an IVR or a route. */
export function reaches(plan: Plan, number: string): boolean {
  const members = [
    ...plan.queues.flatMap(({ agents, dynamic = [] }) => [...agents, ...dynamic]),
    ...plan.ringGroups.flatMap((group) => group.members),
  ];
  const targets = destinationsOf(plan).map(targetOf);
  const aimed = targets.some(
    (target) => target.number === number && (target.kind === 'extension' || target.kind === 'ext_vm'),
  );
  return aimed || members.includes(number);
}

function destinationsOf({ routes, queues, ringGroups, ivrs }: Plan): LabYeastarPDestination[] {
  const all = [
    ...routes.flatMap(({ to, closed }) => [to, closed]),
    ...[...queues, ...ringGroups].map(({ failover }) => failover),
    ...ivrs.flatMap(({ keys = {}, timeout, invalid }) => [...Object.values(keys), timeout, invalid]),
  ];
  return all.filter((destination) => destination !== undefined);
}

function withIds<T>(entries: T[]): Array<Numbered<T>> {
  return entries.map((entry, index) => ({ ...entry, id: index + 1 }));
}

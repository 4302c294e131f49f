/** Queues and ring groups (D: names and shapes; defaults I). */
import type { Box } from '../box.ts';
import { got, listed, queried, type Row, searched } from '../paging.ts';
import type { Answer, ApiCall } from '../wire.ts';
import type { Numbered } from './plan.ts';
import type { LabYeastarPQueue, LabYeastarPRingGroup } from './settings.ts';
import { destinationKeys, membersOf } from './targets.ts';

const SORTS = ['id', 'number', 'name', 'ring_strategy'];

/** The rows stand in `queue_list`, not in `data` (D, C). */
export function listQueues(box: Box, call: ApiCall): Answer {
  return listed(box, call, queueRows(box), { sorts: SORTS, key: 'queue_list' });
}

export function searchQueues(box: Box, call: ApiCall): Answer {
  const rows = searched(call, queueRows(box), ['number', 'name']);
  return listed(box, call, rows, { sorts: SORTS, key: 'queue_list' });
}

export function getQueue(box: Box, call: ApiCall): Answer {
  return got(call, queueDetails(box));
}

export function queryQueues(box: Box, call: ApiCall): Answer {
  return queried(box, call, queueDetails(box));
}

/** The path is `ringgroup/…` (D), though destinations call it `ring_group`. */
export function listRingGroups(box: Box, call: ApiCall): Answer {
  return listed(box, call, ringGroupRows(box), { sorts: SORTS });
}

export function searchRingGroups(box: Box, call: ApiCall): Answer {
  return listed(box, call, searched(call, ringGroupRows(box), ['number', 'name']), { sorts: SORTS });
}

export function getRingGroup(box: Box, call: ApiCall): Answer {
  return got(call, ringGroupDetails(box));
}

export function queryRingGroups(box: Box, call: ApiCall): Answer {
  return queried(box, call, ringGroupDetails(box));
}

function queueRows(box: Box): Row[] {
  return box.plan.queues.map((queue) => queueRow(box, queue));
}

function queueRow(box: Box, queue: Numbered<LabYeastarPQueue>): Row {
  return {
    id: queue.id,
    number: queue.number,
    name: queue.name,
    ring_strategy: queue.strategy ?? 'ring_all',
    dynamic_agent_list: membersOf(box, queue.dynamic ?? []),
    static_agent_list: membersOf(box, queue.agents),
    manager_list: [],
  };
}

function queueDetails(box: Box): Map<string, () => unknown> {
  return new Map(box.plan.queues.map((queue) => [String(queue.id), () => queueDetail(box, queue)]));
}

function queueDetail(box: Box, queue: Numbered<LabYeastarPQueue>): Row {
  return {
    ...queueRow(box, queue),
    moh: 'default',
    max_wait_time: 1800,
    agent_timeout: 30,
    retry_time: 30,
    wrap_up_time: 30,
    ...destinationKeys(box, 'fail_dest', queue.failover),
  };
}

function ringGroupRows(box: Box): Row[] {
  return box.plan.ringGroups.map((group) => ({
    ...ringGroupHead(group),
    member_count: membersOf(box, group.members).length,
  }));
}

function ringGroupHead({ id, number, name, strategy = 'ring_all' }: Numbered<LabYeastarPRingGroup>): Row {
  return { id, number, name, ring_strategy: strategy };
}

function ringGroupDetails(box: Box): Map<string, () => unknown> {
  const detail = (group: Numbered<LabYeastarPRingGroup>): Row => ({
    ...ringGroupHead(group),
    ring_timeout: 60,
    member_list: membersOf(box, group.members),
    ...destinationKeys(box, 'fail_dest', group.failover),
  });
  return new Map(box.plan.ringGroups.map((group) => [String(group.id), () => detail(group)]));
}

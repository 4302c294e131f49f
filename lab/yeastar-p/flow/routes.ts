/** Inbound routes and the trunks they listen to. */
import type { Box } from '../box.ts';
import { got, listed, queried, type Row, searched } from '../paging.ts';
import type { Answer, ApiCall } from '../wire.ts';
import type { Numbered } from './plan.ts';
import type { LabYeastarPRoute } from './settings.ts';
import { aimOf, destinationKeys } from './targets.ts';

const SORTS = ['id', 'pos', 'name'];

/** `last_pos` stands beside `total_number` (D). */
export function listInbound(box: Box, call: ApiCall): Answer {
  return listed(box, call, routeRows(box), { sorts: SORTS, more: { last_pos: box.plan.routes.length } });
}

export function searchInbound(box: Box, call: ApiCall): Answer {
  const rows = searched(call, routeRows(box), ['name']);
  return listed(box, call, rows, { sorts: SORTS, more: { last_pos: box.plan.routes.length } });
}

export function getInbound(box: Box, call: ApiCall): Answer {
  return got(call, routeDetails(box));
}

export function queryInbound(box: Box, call: ApiCall): Answer {
  return queried(box, call, routeDetails(box));
}

export function listTrunks(box: Box, call: ApiCall): Answer {
  return listed(box, call, trunkRows(box), { sorts: ['id', 'name', 'status', 'type'] });
}

export function searchTrunks(box: Box, call: ApiCall): Answer {
  return listed(box, call, searched(call, trunkRows(box), ['name']), {
    sorts: ['id', 'name', 'status', 'type'],
  });
}

/**
 * The list has no DIDs, and spells the value of a destination `desination` (D). The value is the record's id as text (C). Business
 * hours are always on in the lab.
 */
function routeRows(box: Box): Row[] {
  return box.plan.routes.map((route, index) => {
    const { kind, value } = aimOf(box, route.to);
    return {
      id: route.id,
      pos: index + 1,
      name: route.name,
      default_destination: kind,
      default_desination_value: value,
      current_destination: kind,
      current_desination_value: value,
      time_condition: route.closed === undefined ? '' : 'global',
    };
  });
}

function routeDetails(box: Box): Map<string, () => unknown> {
  return new Map(box.plan.routes.map((route) => [String(route.id), () => routeDetail(box, route)]));
}

/** D: the keys of `inbound_route/create`; V: the elements of the lists and the keys of closed hours. */
function routeDetail(box: Box, route: Numbered<LabYeastarPRoute>): Row {
  const { trunks } = box.plan;
  const heard = trunks.filter(({ name }) => route.trunks?.includes(name) ?? true);
  const isTimed = route.closed !== undefined;
  return {
    id: route.id,
    name: route.name,
    alert_info: '',
    did_option: 'patterns',
    did_pattern_list: (route.dids ?? []).map((pattern) => ({ did_pattern: pattern })),
    did_pattern_to_ext: '',
    did_to_ext_start: '',
    did_to_ext_end: '',
    did_pattern_to_ext_list: [],
    cid_option: 'patterns',
    cid_pattern_list: [],
    trunk_list: heard.map(({ id, name }) => ({ text: name, value: String(id), type: 'register' })),
    ...destinationKeys(box, 'def_dest', route.to),
    enb_time_condition: Number(isTimed),
    time_condition: isTimed ? 'global' : '',
    ...(isTimed ? destinationKeys(box, 'outoffice_time_dest', route.closed) : {}),
  };
}

function trunkRows(box: Box): Row[] {
  return box.plan.trunks.map(({ id, name }) => ({
    id,
    status: 1,
    name,
    type: 'register',
    host_port: 'sip.carrier.example:5060',
    def_outbound_cid: '',
    username: name,
  }));
}

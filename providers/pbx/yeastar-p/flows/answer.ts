import { AltaError } from '../../../../engine/model/index.ts';
import type { CallFlow, FlowQuestion } from '../../../contract.ts';
import type { About } from '../../../transport/refusal.ts';
import { fetchByIds } from '../batches.ts';
import type { Box } from '../box.ts';
import { paths } from '../call.ts';
import { fetchEntries } from '../inventory.ts';
import { idIn, isJson, type Json, listIn } from '../json.ts';
import { fetchAll } from '../listing.ts';
import { flowOf, type Plan } from './follow.ts';
import { type Place, type PlaceKind, placeIn, routeIn } from './places.ts';

/** One look at everything answers all questions. Interfaces that are not granted hide their part, and nothing else. */
export async function answerFlows(asked: readonly FlowQuestion[], box: Box): Promise<readonly CallFlow[]> {
  if (asked.length === 0) return [];
  const plan = await fetchPlan(box);
  return asked.map((one) => flowOf(one, plan));
}

async function fetchPlan(box: Box): Promise<Plan> {
  const entries = await fetchEntries(box);
  const routes = await fetchDetails(box, paths.routes, paths.routeDetails);
  return {
    routes: routes?.map(routeIn) ?? null,
    places: {
      queue: await fetchPlaces(box, 'queue', paths.queues, paths.queueDetails, 'queue_list'),
      ring_group: await fetchPlaces(box, 'ring_group', paths.groups, paths.groupDetails),
      ivr: await fetchPlaces(box, 'ivr', paths.menus, paths.menuDetails),
    },
    numbers: new Map(entries.map(({ id, number }) => [String(id), number])),
  };
}

async function fetchPlaces(
  box: Box,
  kind: PlaceKind,
  list: string,
  details: string,
  rows?: string,
): Promise<readonly Place[] | null> {
  const found = await fetchDetails(box, list, details, rows);
  return found?.map((entry) => placeIn(kind, entry)) ?? null;
}

/** Null where the API client is not told; also where somebody changes the list meanwhile. The position stands in the list only. */
async function fetchDetails(
  box: Box,
  list: string,
  details: string,
  rows?: string,
): Promise<readonly Json[] | null> {
  try {
    const listed = await fetchAll(box, { path: list, read: rowOf, ...(rows === undefined ? {} : { rows }) });
    const shown = await fetchByIds(
      box,
      details,
      listed.map(({ id }) => id),
      readRows,
    );
    const byId = new Map(shown.map((row) => [row.id, row.entry]));
    const whole = listed.flatMap(({ id, entry }) => {
      const more = byId.get(id);
      return more === undefined ? [] : [{ ...entry, ...more }];
    });
    return whole.length === listed.length ? whole : null;
  } catch (error) {
    if (error instanceof AltaError && hiding.includes(error.code)) return null;
    throw error;
  }
}

const hiding: readonly string[] = ['forbidden', 'unsupported-operation'];

interface Row {
  readonly id: number;
  readonly entry: Json;
}

function rowOf(entry: Json, about: About): Row {
  return { id: idIn(entry, about), entry };
}

/** `data` is documented as a list for routes and as an object for queues: both are understood. [vendor-docs] */
function readRows(body: Json, about: About): readonly Row[] {
  const rows = isJson(body.data) ? [body.data] : listIn(body, 'data', about);
  return rows.map((entry) => rowOf(entry, about));
}

import type { LabRequest } from '../../lab/index.ts';
import type { Site } from './site.ts';

/** What a box was asked, in order, without the API's version: `login`, `extension/add`. */
export function callsTo(site: Site, box: string): readonly string[] {
  return entriesOf(site, box).map(({ path }) => actionOf(path));
}

/** The calls that write, in order. */
export function writesTo(site: Site, box: string): readonly string[] {
  return callsTo(site, box).filter((action) => isWrite.test(action));
}

/** When a box was first asked for an action, ms since the epoch. Throws where it never was. */
export function timeOf(site: Site, box: string, action: string): number {
  const found = entriesOf(site, box).find(({ path }) => actionOf(path) === action);
  if (found === undefined) throw new Error(`${box} was never asked for ${action}`);
  return found.at;
}

const isWrite = /^(extension\/(add|update|delete)|apply)$/;

function entriesOf(site: Site, box: string): readonly LabRequest[] {
  return site.lab.box(box).requests().entries;
}

function actionOf(path: string): string {
  return path.replace(/^\/api\/v[0-9.]+\//, '');
}

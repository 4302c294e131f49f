/** The names that a box lets one choose from: roles and organisations. */
import type { About } from '../../transport/refusal.ts';
import { isJson, type Json, listIn, textOf } from './json.ts';

/** One entry of a menu. Ids are text here, and numbers in `role_id`. [vendor-docs] */
export interface Option {
  readonly id: string;
  /** As the YAML writes it. */
  readonly name: string;
}

/** What a box offers; null = it does not tell (no such interface, or not granted). No department at all = organisations are off. */
export interface Menus {
  readonly roles: readonly Option[] | null;
  readonly departments: readonly Option[] | null;
}

/** What the panel calls the feature that departments belong to. [vendor-docs] */
export const organisations = 'Organization Management';

/** Neither a role nor an organisation, as `role_id` says it. [vendor-code] */
export const NO_ROLE = '0';

/** The built-in role that the panel calls Administrator. [vendor-code] */
const ADMINISTRATOR = /^administrator$/i;

export function readRoles(body: Json, about: About): readonly Option[] {
  return optionsIn(body, about).map(({ id, path }) => ({ id, name: path.join('/') }));
}

/**
 * Every organisation of the tree. One whose name is the only one goes by its name; the others by their path from the root, as in the
 * vendor's own files for import: `Acme/Ventas/Norte`. [vendor-docs]
 */
export function readDepartments(body: Json, about: About): readonly Option[] {
  const all = optionsIn(body, about);
  const times = new Map<string, number>();
  for (const { path } of all) times.set(last(path), (times.get(last(path)) ?? 0) + 1);
  return all.map(({ id, path }) => ({ id, name: times.get(last(path)) === 1 ? last(path) : path.join('/') }));
}

interface Node {
  readonly id: string;
  readonly path: readonly string[];
}

/** `data` is left out of an empty answer. [inference] */
function optionsIn(body: Json, about: About): readonly Node[] {
  return body.data === undefined || body.data === null ? [] : nodesOf(listIn(body, 'data', about), []);
}

function nodesOf(list: readonly Json[], above: readonly string[]): readonly Node[] {
  return list.flatMap((entry) => {
    const path = [...above, textOf(entry.text)];
    const below = Array.isArray(entry.item) ? entry.item.filter(isJson) : [];
    return [{ id: textOf(entry.value), path }, ...nodesOf(below, path)];
  });
}

function last(path: readonly string[]): string {
  return path[path.length - 1] ?? '';
}

/** The top of the tree, which is the company: where the vendor's import puts an extension without an organisation. [vendor-docs] */
export function rootOf({ departments }: Menus): readonly Option[] {
  return departments?.slice(0, 1) ?? [];
}

/** Stands between the names of several organisations. */
const BETWEEN = ' & ';

/** The organisations that a text stands for: one, or several as a reading joins them. Undefined where one of them is not there. */
export function optionsNamed(options: readonly Option[], text: string): readonly Option[] | undefined {
  const one = options.find(({ name }) => name === text);
  if (one !== undefined) return [one];
  const names = text.split(BETWEEN);
  const found = names.flatMap((part) => options.filter(({ name }) => name === part));
  return found.length === names.length && joined(names) === text ? found : undefined;
}

function joined(names: readonly string[]): string {
  return [...names].sort().join(BETWEEN);
}

export function administratorIn(roles: readonly Option[] | null): Option | undefined {
  return roles?.find(({ name }) => ADMINISTRATOR.test(name));
}

/** `user` = no role, `admin` = Administrator; any other role has no word of its own. */
export function roleOf(
  id: string,
  name: string,
  roles: readonly Option[] | null,
): 'user' | 'admin' | undefined {
  if (id === NO_ROLE || id === '') return 'user';
  const known = roles?.find((option) => option.id === id)?.name ?? name;
  return ADMINISTRATOR.test(known) ? 'admin' : undefined;
}

/** The organisations of one extension as one text, several of them in the order of their names; nothing where the box tells no names. */
export function departmentOf(
  members: readonly { readonly id: string; readonly name: string }[],
  { departments }: Menus,
): string | undefined {
  if (departments === null) return undefined;
  const names = members.map(({ id, name }) => departments.find((one) => one.id === id)?.name ?? name);
  return names.length === 0 || names.includes('') ? undefined : joined(names);
}

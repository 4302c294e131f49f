import { type Device, readDevice } from './answers.ts';
import { aboutOf, type Link, paths, type Question } from './call.ts';
import { meaningOf, refusedBy } from './errors.ts';
import type { Json } from './json.ts';
import type { Meaning } from './meanings.ts';
import { type Menus, type Option, readDepartments, readRoles } from './menus.ts';
import type { Login } from './token.ts';

/** A logged-in way to one box. */
export interface Box {
  readonly link: Link;
  readonly login: Login;
}

/**
 * The content of an answer.
 * @throws the error of a refusal
 */
export async function ask(box: Box, question: Question): Promise<Json> {
  const answer = await box.login.ask(question);
  if (answer.ok) return answer.body;
  throw refusedBy(answer, aboutOf(box.link, question));
}

export async function fetchDevice(box: Box): Promise<Device> {
  const question: Question = { path: paths.device };
  return readDevice(await ask(box, question), aboutOf(box.link, question));
}

/** `P550, firmware …, OpenAPI v1.0` */
export function editionOf({ model, firmware }: Device): string {
  return `${model || 'unknown model'}, firmware ${firmware || 'unknown'}, OpenAPI v1.0`;
}

const readers = { role: readRoles, org_list: readDepartments } as const;

/** @throws `forbidden` where the API client may not ask, and the errors of {@link ask} */
export async function fetchMenu(box: Box, menu: keyof typeof readers): Promise<readonly Option[]> {
  const question: Question = { path: paths.menu, query: { menu } };
  return readers[menu](await ask(box, question), aboutOf(box.link, question));
}

/** Both menus, as far as the box tells them: a reading does not fail for want of them. */
export async function fetchMenus(box: Box): Promise<Menus> {
  const [roles, departments] = await Promise.all([lookAt(box, 'role'), lookAt(box, 'org_list')]);
  return { roles, departments };
}

/** Null where the interface is missing or not granted. Empty where organisations are off, or the box does not have the menu. [vendor-docs; inference] */
async function lookAt(box: Box, menu: keyof typeof readers): Promise<readonly Option[] | null> {
  const question: Question = { path: paths.menu, query: { menu } };
  const answer = await box.login.ask(question);
  if (answer.ok) return readers[menu](answer.body, aboutOf(box.link, question));
  const meaning = meaningOf(answer);
  if (meaning === 'denied' || meaning === 'no-interface') return null;
  if (meaning !== undefined && none.includes(meaning)) return [];
  throw refusedBy(answer, aboutOf(box.link, question));
}

/** What a box without such a menu answers. */
const none: readonly Meaning[] = ['no-organisations', 'missing', 'parameter', 'syntax'];

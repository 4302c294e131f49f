import type { ProfileDocument, ProfileField, ProfileName } from '../../../engine/model/profile.ts';
import { strange } from '../../transport/refusal.ts';
import { mismatch } from './answers.ts';
import { aboutOf, type Question } from './link.ts';
import { fetchRows } from './pages.ts';
import { bare, type Choice } from './profile/codec.ts';
import { resourceOf } from './profile/defaults.ts';
import { fieldsOf, wireOf } from './profile/fields.ts';
import { type Fingerprint, fingerprintOf } from './profile/fingerprint.ts';
import { isScalar, type Json, typeOf, valueAt } from './profile/path.ts';
import { type Choices, type Row, rowOf } from './rows.ts';
import { isFiltered, questionFor } from './scope.ts';
import { type Box, type Company, companyVariables } from './tenant.ts';

/** Every extension of the company, and what their values point to. */
export interface Inventory {
  readonly rows: readonly Row[];
  readonly choices: Choices;
  /** Keys and types of what was read; empty where there was nothing. */
  readonly shape: Fingerprint;
  /** Mapped fields that stand in no row, of those that a list shows. Empty where there is no row. */
  readonly unseen: readonly string[];
  /** What the list says of the server's version; null where the profile does not look for it there. */
  readonly version: string | null;
}

/**
 * Extensions and looked-up rows: as many requests as they have pages.
 * @throws what {@link fetchRows} and {@link rowOf} throw; `strange-answer` where a number is there twice
 */
export async function fetchInventory(box: Box, company: Company): Promise<Inventory> {
  const { link } = box;
  const choices = await fetchChoices(box, company);
  const { objects, question, first } = await fetchObjects(box, company, 'extension');
  const around = { variables: companyVariables(company), choices };
  const about = aboutOf(link, question);
  const rows = objects.map((object) => rowOf(object, around, link, about));
  if (new Set(rows.map(({ key }) => key)).size !== rows.length)
    throw strange('an extension listed twice', about);
  const version = link.profile.guard?.version?.from === 'list' ? link.profile.guard.version.path : null;
  const said = version === null ? undefined : valueAt(first, version);
  return {
    rows,
    choices,
    shape: fingerprintOf(objects),
    unseen: unseenIn(objects, fieldsOf(link.profile)),
    version: isScalar(said) ? String(said) : null,
  };
}

/** The rows of one resource that are the company's, with the request that read them. */
export interface Objects {
  readonly objects: readonly Json[];
  readonly question: Question;
  readonly first: unknown;
  readonly pages: number;
}

/**
 * @throws `profile-guess-wrong`, `profile-outdated` where the list holds another company's rows, which the server was asked to leave out
 */
export async function fetchObjects(
  box: Box,
  company: Company,
  kind: string,
  size?: number,
): Promise<Objects> {
  const question = questionFor(box, company, kind, 'list');
  if (question === null) throw new TypeError(`the profile has no list of ${kind}`);
  const { body: _none, ...asked } = question;
  const found = await fetchRows(box, kind, asked, size);
  return {
    objects: ownOf(found.rows, company, kind, box, asked),
    question: asked,
    first: found.first,
    pages: found.pages,
  };
}

/** Rows that say whose they are. One of another company means that the scope did not work: then nothing here can be trusted. */
function ownOf(
  rows: readonly Json[],
  company: Company,
  kind: string,
  { link }: Box,
  question: Question,
): readonly Json[] {
  const owner = resourceOf(link.profile, kind).company;
  if (owner === undefined) return rows;
  const about = aboutOf(link, question);
  const place = `resources.${kind}.company`;
  const own = rows.filter((row) => {
    const its = isOwn(row, owner, company);
    if (its === null) throw mismatch(link, place, `${owner.path}: missing`, about);
    return its;
  });
  if (own.length === rows.length || isFiltered(link.profile.tenant.scopes)) return own;
  const evidence = `${rows.length - own.length} of ${rows.length} rows are another company's`;
  throw mismatch(link, scopePlace(link.profile, place), evidence, about);
}

/** Whether an object says that it is the company's; null where it does not say whose it is. */
export function isOwn(object: Json, owner: ProfileName, company: Company): boolean | null {
  const said = valueAt(object, owner.path);
  if (said === undefined) return null;
  return isScalar(said) && bare(String(said), owner, companyVariables(company)) === company.id;
}

/** The scope that lists are narrowed by; where there is none, what says whose a row is. */
function scopePlace({ tenant }: ProfileDocument, owner: string): string {
  const index = tenant.scopes.findIndex(({ ops }) => ops === undefined || ops.includes('list'));
  return index < 0 ? owner : `tenant.scopes.${index}`;
}

/** What every `lookup` can point to; each resource is read once. */
async function fetchChoices(box: Box, company: Company): Promise<Choices> {
  const lists = new Map<string, Objects>();
  const choices: [string, readonly Choice[]][] = [];
  for (const [name, mapping] of Object.entries(fieldsOf(box.link.profile))) {
    const { codec, resource } = mapping;
    if (codec !== 'lookup' || resource === undefined) continue;
    const list = lists.get(resource) ?? (await fetchObjects(box, company, resource));
    lists.set(resource, list);
    choices.push([name, choicesIn(list, name, mapping, box, company)]);
  }
  return Object.fromEntries(choices);
}

function choicesIn(
  { objects, question }: Objects,
  name: string,
  mapping: ProfileField,
  { link }: Box,
  company: Company,
): readonly Choice[] {
  const about = aboutOf(link, question);
  const variables = companyVariables(company);
  const part = (object: Json, which: 'key' | 'shown'): string | number => {
    const path = mapping[which]?.path ?? '$';
    const value = valueAt(object, path);
    if (typeof value === 'string' || typeof value === 'number') return value;
    throw mismatch(link, `fields.${name}.${which}`, `${path}: ${typeOf(value)}`, about);
  };
  return objects.map((object) => {
    const text = String(part(object, 'shown'));
    return { key: part(object, 'key'), shown: bare(text, mapping.shown ?? {}, variables) ?? text };
  });
}

/** Fields that a list should show and that stand in none of its rows. */
function unseenIn(
  objects: readonly Json[],
  fields: Readonly<Record<string, ProfileField>>,
): readonly string[] {
  if (objects.length === 0) return [];
  return Object.entries(fields).flatMap(([name, mapping]) => {
    const listed = mapping.writeOnly !== true && mapping.detail !== true;
    return listed && objects.every((object) => wireOf(object, mapping) === undefined) ? [name] : [];
  });
}

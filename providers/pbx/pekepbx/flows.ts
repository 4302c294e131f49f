import type { ProfileDIDs, ProfileName, ProfileQueues } from '../../../engine/model/profile.ts';
import type { CallFlow, FlowQuestion } from '../../contract.ts';
import { sameNumber } from '../../numbers.ts';
import { mismatch } from './answers.ts';
import { fetchObjects, type Objects } from './inventory.ts';
import type { Known } from './known.ts';
import { aboutOf, type Link } from './link.ts';
import { bare } from './profile/codec.ts';
import { isScalar, type Json, typeOf, valueAt } from './profile/path.ts';
import type { Variables } from './profile/template.ts';
import { type Box, companyVariables } from './tenant.ts';

/** Where something leads, in numbers of extensions. */
interface Lead {
  readonly label: string;
  readonly reaches: readonly string[];
  /** False where part of it leads to what is not shown. */
  readonly complete: boolean;
}

interface Queue extends Lead {
  readonly id: string | null;
  readonly name: string;
  readonly number: string | null;
}

interface Did extends Lead {
  readonly number: string;
}

/** What the profile maps of a company's ways in; null = not mapped. */
interface Ways {
  readonly queues: readonly Queue[] | null;
  readonly dids: readonly Did[] | null;
}

/** One answer for each question: two lists, whatever the number of questions. */
export async function callFlowsOf(
  asked: readonly FlowQuestion[],
  box: Box,
  known: Known,
): Promise<readonly CallFlow[]> {
  const ways = await waysOf(box, known);
  return asked.map((question) => flowOf(question, ways));
}

/** A name that is no queue's may be a menu's, which no list shows: only a number can be proven absent. */
function flowOf({ name, number }: FlowQuestion, { queues, dids }: Ways): CallFlow {
  if (number !== undefined) {
    const called = dids?.filter((one) => sameNumber(one.number, number)) ?? [];
    const did = called.find((one) => digitsOf(one.number) === digitsOf(number)) ?? called[0];
    const queue = queues?.find((one) => one.number !== null && one.number === number);
    const lead = did ?? queue;
    if (lead !== undefined) return found(lead);
    return dids === null ? unknown('numbers are not mapped') : none(`no DID ${number} in the list`);
  }
  const queue = queues?.find((one) => plain(one.name) === plain(name));
  if (queue !== undefined) return found(queue);
  return unknown(queues === null ? 'queues are not mapped' : 'no queue of that name');
}

function found({ label, reaches, complete }: Lead): CallFlow {
  const where = reaches.length === 0 ? '–' : reaches.join(', ');
  return { status: 'found', reaches, complete, evidence: `${label} (${where})` };
}

function none(evidence: string): CallFlow {
  return { status: 'absent', reaches: [], complete: true, evidence };
}

function unknown(evidence: string): CallFlow {
  return { status: 'unknown', reaches: [], complete: false, evidence };
}

/** Queues and DIDs of the company, as far as the profile maps them. */
export async function waysOf(box: Box, known: Known): Promise<Ways> {
  const { queues, dids } = box.link.profile.callFlows ?? {};
  const read = queues === undefined ? null : await readQueues(queues, box, known);
  return { queues: read, dids: dids === undefined ? null : await readDids(dids, read ?? [], box, known) };
}

async function readQueues(mapping: ProfileQueues, box: Box, known: Known): Promise<readonly Queue[]> {
  const list = await fetchObjects(box, known.company, mapping.resource);
  const look = lookOf('callFlows.queues', list, box.link, companyVariables(known.company));
  return list.objects.map((object) => {
    const name = look.text(object, 'name', mapping.name);
    const members = look.list(object, 'members', mapping.members);
    const numbers = members.map((member) => {
      const named = valueAt(member, mapping.member?.path ?? '$');
      const text = isScalar(named) ? bare(String(named), mapping.member ?? {}, look.variables) : null;
      return text === null ? null : numberOf(text, mapping.as, known);
    });
    const reaches = numbers.filter((number) => number !== null);
    return {
      id: look.maybe(object, mapping.id),
      name,
      number: look.maybe(object, mapping.number),
      label: `queue ${name}`,
      reaches,
      complete: reaches.length === numbers.length,
    };
  });
}

async function readDids(
  mapping: ProfileDIDs,
  queues: readonly Queue[],
  box: Box,
  known: Known,
): Promise<readonly Did[]> {
  const list = await fetchObjects(box, known.company, mapping.resource);
  const look = lookOf('callFlows.dids', list, box.link, companyVariables(known.company));
  return list.objects.map((object) => {
    const number = look.text(object, 'number', mapping.number);
    const way = wayOf(
      look.maybe(object, mapping.leads),
      look.maybe(object, mapping.to),
      mapping,
      look.variables,
    );
    const lead = leadOf(way, mapping, queues, known);
    return { ...lead, number, label: `DID ${number} → ${lead.label}` };
  });
}

/** What kind of thing a number goes to, and which one; null = nowhere. */
type Way = { readonly kind: 'extension' | 'queue' | undefined; readonly to: string | null } | null;

/** @param word what kind of thing it is, there; null where the profile looks for it in `to` itself, or nothing is said */
function wayOf(
  word: string | null,
  to: string | null,
  { kinds = {}, begins }: ProfileDIDs,
  variables: Variables,
): Way {
  if (begins === undefined) {
    if (word === null && to === null) return null;
    return { kind: word !== null && Object.hasOwn(kinds, word) ? kinds[word] : undefined, to };
  }
  if (to === null || to === '') return null;
  for (const kind of ['extension', 'queue'] as const) {
    const rest = begins[kind] === undefined ? null : bare(to, { strip: begins[kind] }, variables);
    if (rest !== null) return { kind, to: rest };
  }
  return { kind: undefined, to };
}

function leadOf(way: Way, { as }: ProfileDIDs, queues: readonly Queue[], known: Known): Lead {
  if (way === null) return { label: 'nothing', reaches: [], complete: true };
  const { kind, to } = way;
  if (kind === 'extension' && to !== null) {
    const number = numberOf(to, as, known);
    return { label: 'extension', reaches: number === null ? [] : [number], complete: number !== null };
  }
  const queue = queues.find(({ id, number }) => (as === 'id' ? id : number) === to);
  if (kind === 'queue' && queue !== undefined) return queue;
  return { label: kind ?? 'something else', reaches: [], complete: false };
}

/** The extension that another thing names; null where it is not among them. */
function numberOf(text: string, as: 'id' | 'number', { inventory }: Known): string | null {
  return inventory.rows.find(({ id, key }) => (as === 'id' ? id : key) === text)?.key ?? null;
}

/** Eyes for the rows of one list, which know where the profile says what they look for. */
function lookOf(place: string, { question }: Objects, link: Link, variables: Variables) {
  const about = aboutOf(link, question);
  const wrong = (part: string, { path }: ProfileName, found: unknown) =>
    mismatch(link, `${place}.${part}`, `${path}: ${typeOf(found)}`, about);
  return {
    variables,
    text: (object: Json, part: string, name: ProfileName): string => {
      const value = valueAt(object, name.path);
      const text = isScalar(value) ? bare(String(value), name, variables) : null;
      if (text === null) throw wrong(part, name, value);
      return text;
    },
    list: (object: Json, part: string, name: ProfileName): readonly unknown[] => {
      const value = valueAt(object, name.path);
      if (!Array.isArray(value)) throw wrong(part, name, value);
      return value;
    },
    maybe: (object: Json, name: ProfileName | undefined): string | null => {
      const value = name === undefined ? undefined : valueAt(object, name.path);
      return isScalar(value) ? bare(String(value), name ?? {}, variables) : null;
    },
  };
}

function plain(name: string): string {
  return name.trim().toLowerCase();
}

function digitsOf(number: string): string {
  return number.replace(/\D/g, '').replace(/^00/, '');
}

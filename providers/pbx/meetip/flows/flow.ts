import type { CallFlow, FlowQuestion } from '../../../contract.ts';
import type { Link } from '../call.ts';
import { inParallel } from '../parallel.ts';
import { type Did, isDialled } from './dids.ts';
import { follow } from './follow.ts';
import type { Lead } from './leads.ts';
import { isHidden, type List, look, type Sight } from './sight.ts';

/**
 * Answers all questions from the same lists. Each is asked for once, when the first way leads to it; those that are needed at the same time
 * together.
 * @throws what reading the numbers throws: `forbidden` where the key may not list them
 */
export async function fetchFlows(
  link: Link,
  server: string,
  asked: readonly FlowQuestion[],
): Promise<readonly CallFlow[]> {
  let sight: Sight = {};
  for (;;) {
    const found = asked.map((one) => flowOf(one, sight));
    const wanted = [...new Set(found.flatMap(({ wants }) => wants))];
    if (wanted.length === 0) return found.map(({ flow }) => flow);
    const seen = await inParallel(wanted, wanted.length, (list) => look(list, link, server));
    for (const one of seen) sight = { ...sight, ...one };
  }
}

/** An answer, which counts once it wants no further list. */
interface Answer {
  readonly flow: CallFlow;
  readonly wants: readonly List[];
}

/** Pure. */
function flowOf({ name, number }: FlowQuestion, sight: Sight): Answer {
  return number === undefined ? ofName(name, sight) : ofNumber(number, sight);
}

function ofNumber(number: string, sight: Sight): Answer {
  const { dids } = sight;
  if (dids === undefined) return unknown('numbers not asked for', ['dids']);
  const found = dids.filter((did) => isDialled(number, did));
  if (found.length === 0) return absent(`${dids.length} DIDs, none of them ${number}`);
  return joined(found.map((did) => throughDid(did, sight)));
}

/** By its name in the panel, or by its own number. Only four whole lists can prove that nothing is called so. */
function ofName(name: string, sight: Sight): Answer {
  const { dids, groups, menus, queues } = sight;
  if (dids === undefined || groups === undefined || menus === undefined || queues === undefined)
    return unknown('lists not asked for', ['dids', 'groups', 'menus', 'queues']);
  const called = dids.filter((did) => did.name.toLowerCase() === name.toLowerCase());
  const leads = [
    ...leadsNamed(name, groups, 'group', 'Ring group'),
    ...leadsNamed(name, menus, 'menu', 'IVR'),
    ...leadsNamed(name, queues, 'hidden', 'Queue'),
  ];
  const ways = [
    ...called.map((did) => throughDid(did, sight)),
    ...leads.map((lead) => through(lead, '', sight)),
  ];
  if (ways.length > 0) return joined(ways);
  const hidden = [groups, menus, queues].filter(isHidden).map(({ why }) => why);
  if (hidden.length > 0) return unknown(`nothing of that name is shown; ${hidden.join('; ')}`);
  return absent('no DID, ring group, menu or queue of that name');
}

function leadsNamed(
  name: string,
  list: NonNullable<Sight['groups' | 'menus' | 'queues']>,
  kind: Lead['kind'],
  label: string,
): readonly Lead[] {
  if (isHidden(list)) return [];
  const found = list.filter((one) => one.number === name || one.name.toLowerCase() === name.toLowerCase());
  return found.map(({ number }) => ({ kind, number, label: `${label} ${number}` }));
}

function throughDid({ numbers, lead, enabled }: Did, sight: Sight): Answer {
  const from = `DID ${numbers[0] ?? '?'}`;
  if (enabled) return through(lead, `${from} → `, sight);
  return { flow: found([], true, `${from} (disabled) → ${lead.label}`), wants: [] };
}

function through(lead: Lead, from: string, sight: Sight): Answer {
  const { reaches, complete, said, doubts, wants } = follow(lead, sight);
  const words = [...briefly(said, MOST_SAID), ...briefly(doubts, MOST_DOUBTS)].join(', ') || lead.label;
  return { flow: found([...reaches], complete, `${from}${words}`), wants: [...wants] };
}

/** Places, and reasons why not all is known, that the evidence names at most. */
const MOST_SAID = 6;
const MOST_DOUBTS = 2;

function briefly(words: ReadonlySet<string>, most: number): readonly string[] {
  const more = words.size - most;
  return [...[...words].slice(0, most), ...(more > 0 ? [`and ${more} more`] : [])];
}

/** Several numbers, or things, of one name: what one of them reaches is reached. */
function joined(ways: readonly Answer[]): Answer {
  const flows = ways.map(({ flow }) => flow);
  const reaches = new Set(flows.flatMap((flow) => flow.reaches));
  const complete = flows.every((flow) => flow.complete);
  const evidence = [...new Set(flows.map((flow) => flow.evidence))].join(' · ');
  return { flow: found([...reaches], complete, evidence), wants: ways.flatMap(({ wants }) => wants) };
}

function found(reaches: readonly string[], complete: boolean, evidence: string): CallFlow {
  return { status: 'found', reaches, complete, evidence };
}

function absent(evidence: string): Answer {
  return { flow: { status: 'absent', reaches: [], complete: true, evidence }, wants: [] };
}

function unknown(evidence: string, wants: readonly List[] = []): Answer {
  return { flow: { status: 'unknown', reaches: [], complete: false, evidence }, wants };
}

import type { CallFlow, FlowQuestion } from '../../contract.ts';
import { actions } from './actions.ts';
import { entriesOf, textOf } from './answers.ts';
import { aboutOf, type Link, type Question, tell } from './call.ts';

/** One number that callers dial, or a range of them, and where it leads. */
export interface Did {
  readonly numbers: readonly string[];
  readonly last: string;
  readonly name: string;
  /** As shown: `Extension`, `Queues`. */
  readonly type: string;
  readonly destination: string;
  readonly enabled: boolean;
}

/** One list answers all questions. */
export async function fetchFlows(
  link: Link,
  server: string,
  asked: readonly FlowQuestion[],
): Promise<readonly CallFlow[]> {
  const question: Question = { action: actions.dids, params: { server } };
  const entries = entriesOf(await tell(link, question), aboutOf(link, question));
  const dids = entries.map(([, entry]): Did => {
    const status = textOf(entry.status).toLowerCase();
    return {
      numbers: [entry.number, entry.e164, entry.e164_2].map(textOf).filter((number) => number !== ''),
      last: textOf(entry.number2),
      name: textOf(entry.name),
      type: textOf(entry.type),
      destination: textOf(entry.ext),
      enabled: !['disabled', '0', 'no'].includes(status),
    };
  });
  return asked.map((one) => flowOf(one, dids));
}

/** Pure. */
export function flowOf(asked: FlowQuestion, dids: readonly Did[]): CallFlow {
  const found = dids.filter((did) => isAsked(asked, did));
  if (found.length > 0) return joined(found);
  if (asked.number !== undefined) {
    const evidence = `${dids.length} DIDs, none of them ${asked.number}`;
    return { status: 'absent', reaches: [], complete: true, evidence };
  }
  const evidence = 'no DID of that name; ring groups, queues and menus are not shown by the API';
  return { status: 'unknown', reaches: [], complete: false, evidence };
}

function isAsked({ name, number }: FlowQuestion, did: Did): boolean {
  if (number === undefined) return did.name.toLowerCase() === name.toLowerCase();
  const wanted = digitsOf(number);
  if (did.numbers.some((one) => isSame(digitsOf(one), wanted))) return true;
  const [first = ''] = did.numbers;
  return isWithin(wanted, digitsOf(first), digitsOf(did.last));
}

/** With and without country code. Nine digits are a whole Spanish number. [inference] */
const NATIONAL = 9;

function isSame(one: string, other: string): boolean {
  if (one === other) return true;
  const [short, long] = one.length < other.length ? [one, other] : [other, one];
  return short.length >= NATIONAL && long.endsWith(short);
}

/** Ranges are compared only where all three are written alike. */
function isWithin(wanted: string, first: string, last: string): boolean {
  if (last === '' || wanted.length !== first.length || first.length !== last.length) return false;
  return first <= wanted && wanted <= last;
}

/** `+34…` and `0034…` are the same number. */
function digitsOf(number: string): string {
  return number.replace(/\D/g, '').replace(/^00/, '');
}

/** Only what leads straight to an extension is known to the end: nobody shows who is behind the rest. */
function joined(dids: readonly Did[]): CallFlow {
  const direct = dids.filter((did) => did.enabled && isExtension(did));
  return {
    status: 'found',
    reaches: [...new Set(direct.map(({ destination }) => destination))],
    complete: dids.every((did) => !did.enabled || isExtension(did)),
    evidence: dids.map(said).join(' · '),
  };
}

/** The word for the kind of destination comes in the singular or the plural. [field] */
function isExtension({ type, destination }: Did): boolean {
  return /^(extensions?|0)$/i.test(type.trim()) && destination !== '';
}

function said(did: Did): string {
  const state = did.enabled ? '' : ' (disabled)';
  const beyond = isExtension(did) || !did.enabled ? '' : ', whose members the API does not show';
  return `DID ${did.numbers[0] ?? '?'}${state} → ${did.type || 'unknown'} ${did.destination}${beyond}`.trim();
}

import type { Registration } from '../../contract.ts';
import { strange } from '../../transport/refusal.ts';
import { actions } from './actions.ts';
import { isJson, type Json, textOf } from './answers.ts';
import { aboutOf, type Link, type Question, tell } from './call.ts';

/** One request for all of the tenant. */
export async function fetchRegistrations(
  link: Link,
  server: string,
  keys: readonly string[],
): Promise<readonly Registration[]> {
  const question: Question = { action: actions.monitor, params: { server } };
  const body = await tell(link, question);
  const entries = Array.isArray(body) ? body : Object.values(body as Json);
  if (!entries.every(isJson))
    throw strange('a monitor list with something else than objects', aboutOf(link, question));
  const byNumber = new Map(entries.map((entry) => [textOf(entry.ext), entry]));
  return keys.map((key) => registrationOf(key, byNumber.get(key)));
}

/** Documented are the names of the fields, not what they mean: an address is taken as a registration, so the evidence says so. [inference] */
function registrationOf(key: string, entry: Json | undefined): Registration {
  if (entry === undefined) return { key, status: 'unknown', evidence: 'not in the monitor list' };
  const ip = textOf(entry.ip).trim();
  const words = textOf(entry.status).trim() || 'nothing';
  const registered = isAddress(ip);
  const evidence = `monitor says ${words}, ${registered ? 'with' : 'without'} an address (inferred)`;
  return {
    key,
    status: registered ? 'registered' : 'unregistered',
    evidence,
    ...(registered ? { contact: ip } : {}),
  };
}

/** Words for none (`-`, `(null)`, `0.0.0.0`) are none. */
function isAddress(text: string): boolean {
  return /[1-9a-f]/i.test(text) && /[.:]/.test(text);
}

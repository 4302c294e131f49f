import type { Passage, Placed, Sighting } from '../sighting.ts';
import { joinedSipAddress, sipBinding, sipWords, statusIn } from './sip-status.ts';

const first = /^\s*\* Name\s+: (\S+)\s*$/;
/** Labels are filled up with spaces, so none of the manager interface's looks like these. */
const label = /^\s*(Dynamic|Expire|Addr->IP|Status|Reg\. Contact)\s+: ?(.*?)\s*$/;
const missing = /^\s*Peer (\S{1,80}) not found\.?\s*$/;

/**
 * `sip show peer NAME [load]`: one peer, named in full. `Peer … not found.` speaks of memory only, unless it is known that `load` was asked
 * for: then the database was looked at too.
 */
export function readSipPeer({ command, lines }: Passage): readonly Placed[] {
  const load = / load$/.test(command);
  const from = `sip show peer${load ? ' load' : ''}`;
  const base = { from, technology: 'sip', lists: 'one', complete: true } as const;
  const found: Placed[] = [];
  let open: { name: string; fields: Map<string, string>; line: number } | null = null;
  const close = (): void => {
    const sighting = open === null ? null : sightingOf(open.name, open.fields);
    if (open !== null && sighting !== null) {
      found.push({ ...base, sightings: [sighting], unknown: [], line: open.line });
    }
    open = null;
  };
  for (const { text, line } of lines) {
    const name = first.exec(text)?.[1];
    const unknown = missing.exec(text)?.[1];
    const [, key = '', value = ''] = label.exec(text) ?? [];
    if (name !== undefined) {
      close();
      open = { name, fields: new Map(), line };
    } else if (unknown !== undefined) {
      close();
      const words = `Peer ${unknown} not found.`;
      found.push({ ...base, sightings: [], unknown: [{ name: unknown, words, everywhere: load }], line });
    } else if (key !== '' && open !== null && !open.fields.has(key)) {
      open.fields.set(key, value);
      open.line = line;
    }
  }
  close();
  return found;
}

/** Null where the part that counts was cut off. */
function sightingOf(name: string, fields: ReadonlyMap<string, string>): Sighting | null {
  const status = statusIn(fields.get('Status') ?? '');
  const address = joinedSipAddress(fields.get('Addr->IP') ?? '');
  if (status === null || !fields.has('Addr->IP')) return null;
  const [contact, expires] = [fields.get('Reg. Contact') ?? '', Number(fields.get('Expire') || Number.NaN)];
  return {
    name,
    binding: sipBinding(address, fields.get('Dynamic') !== 'No'),
    reach: status.reach,
    words: sipWords(status.words, address),
    ...(address.at === null ? {} : { at: address.at }),
    ...(contact === '' || address.at === null ? {} : { contact }),
    ...(Number.isNaN(expires) ? {} : { expires }),
  };
}

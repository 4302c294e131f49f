import type { Line } from '../sighting.ts';
import { type Contact, isContactStatus } from './pjsip-contact.ts';

/** The objects of a chan_pjsip listing that say who is registered. Their layout is the same from version 13 to 22 [vendor-code]. */
export interface Aor {
  name: string;
  /** The column may have ended within the name. */
  cut: boolean;
  /** Most contacts it takes; with 0 nobody can register, and its contacts are those of the configuration. */
  readonly most: number;
  readonly contacts: Contact[];
}

export interface Endpoint {
  readonly name: string;
  /** The column may have ended within the name. */
  readonly cut: boolean;
  /** `Not in use`, `Unavailable`, … */
  readonly state: string;
  readonly aors: Aor[];
}

/** One listing: what stands between its header and its count. */
export interface Listing {
  /** Kinds that its header announces; none where the header is not there. */
  readonly announces: Set<string>;
  readonly endpoints: Endpoint[];
  /** Those that belong to no endpoint of the listing. */
  readonly aors: Aor[];
  readonly contacts: Contact[];
  /** How many it says to hold; null where its end is missing. */
  count: number | null;
  /** Part of it was not understood: what it does not show may be there. */
  torn: boolean;
  /** Its last line. */
  line: number;
}

/** ` Endpoint:  <Endpoint/CID…>`: column heads. Those of channels look alike and announce nothing of ours. */
const head = /^\s*(Endpoint|Aor|Contact):\s+<(?:Endpoint|Aor)/;
const anyEndpoint = /^\s*Endpoint:\s+[^\s<]/;
const endpoint = /^\s*Endpoint:\s+(\S.*?)\s{2,}(\S.*?)\s{2,}\d+ of (?:inf|\d+)\s*$/;
const aor = /^\s*Aor:\s+(\S+)\s+(\d+)\s*$/;
/** The hash is missing before 13.10. */
const contact =
  /^\s*Contact:\s+([^\s/]+)\/(\S*)\s+(?:[0-9a-f]{10}\s+)?([A-Z][A-Za-z]+)\s+(-?nan|\d+\.\d+)\s*$/;
const count = /^\s*Objects found: (\d+)\s*$/;

/** Where columns end, bytes: an endpoint's name, alone or with a caller ID; an AOR's name below it, and in a listing of AORs. [vendor-code] */
const ENDPOINT_WIDTH = 51;
const AOR_WIDTHS = { below: 39, listed: 41 } as const;
/** Width of name and URI together in a listing of contacts; below an AOR or an endpoint it is less. Only the URI is cut. [vendor-code] */
const CONTACT_WIDTH = 46;
const narrower: Readonly<Record<string, number>> = { Endpoint: 4, Aor: 2 };

export function readListings(lines: readonly Line[]): readonly Listing[] {
  const listings: Listing[] = [];
  let open: Listing | undefined;
  const start = (line: number): Listing => {
    const objects = { endpoints: [], aors: [], contacts: [] };
    const fresh = { announces: new Set<string>(), ...objects, count: null, torn: false, line };
    listings.push(fresh);
    return fresh;
  };
  for (const { text, line } of lines) {
    const announced = head.exec(text)?.[1];
    const total = count.exec(text)?.[1];
    const fits = announced !== undefined || [anyEndpoint, aor, contact].some((one) => one.test(text));
    if (total !== undefined) {
      if (open !== undefined) Object.assign(open, { count: Number(total), line });
      open = undefined;
    } else if (fits) {
      if (open === undefined || (announced !== undefined && sizeOf(open) > 0)) open = start(line);
      open.line = line;
      if (announced === undefined) take(text, open);
      else open.announces.add(announced);
    }
  }
  return listings;
}

function sizeOf({ endpoints, aors, contacts }: Listing): number {
  return endpoints.length + aors.length + contacts.length;
}

function take(text: string, into: Listing): void {
  const [, name, most] = aor.exec(text) ?? [];
  if (anyEndpoint.test(text)) {
    const [, cell = '', state = ''] = endpoint.exec(text) ?? [];
    // What follows must not be taken for the one before, even where this one has no name.
    const cut = !cell.includes('/') && isCut(cell, ENDPOINT_WIDTH);
    into.endpoints.push({ name: letters(cell.split('/')[0] ?? ''), cut, state, aors: [] });
    into.torn ||= cell === '';
  } else if (name !== undefined) {
    const endpoint = into.endpoints.at(-1);
    const cut = isCut(name, AOR_WIDTHS[endpoint === undefined ? 'listed' : 'below']);
    (endpoint?.aors ?? into.aors).push({ name: letters(name), cut, most: Number(most), contacts: [] });
  } else takeContact(contactIn(text, into), into);
}

/** A contact says the name of its AOR in full, also where the AOR's own line has cut it. */
function takeContact(shown: Contact | null, into: Listing): void {
  const owner = into.endpoints.at(-1)?.aors.at(-1) ?? into.aors.at(-1);
  if (shown === null) into.torn = true;
  else if (owner === undefined || !isNamed(owner, shown.aor)) into.contacts.push(shown);
  else {
    Object.assign(owner, { name: shown.aor, cut: false });
    owner.contacts.push(shown);
  }
}

/** Whether that may be its whole name. */
export function isNamed({ name, cut }: Pick<Aor, 'name' | 'cut'>, whole: string): boolean {
  return name === whole || (cut && whole.startsWith(name));
}

function isCut(cell: string, width: number): boolean {
  return Buffer.byteLength(cell) >= width;
}

/** Half a letter is not shown as one. */
function letters(name: string): string {
  return name.replace(/\ufffd+$/, '');
}

function contactIn(text: string, { announces }: Listing): Contact | null {
  const [, name = '', uri = '', status = '', time = ''] = contact.exec(text) ?? [];
  if (!isContactStatus(status)) return null;
  const [kind = ''] = ['Endpoint', 'Aor'].filter((one) => announces.has(one));
  const room = CONTACT_WIDTH - (narrower[kind] ?? 0) - 1 - Buffer.byteLength(name);
  // Without any room it is not cut at all.
  const whole = room < 0 || Buffer.byteLength(uri) < room;
  const spent = time.endsWith('nan') ? '' : `${time} ms`;
  return { aor: name, shown: uri, uri: whole ? uri : null, status, time: spent };
}

import type { Passage, Placed, Sighting } from '../sighting.ts';
import { sipAddress, sipBinding, sipWords, statusIn } from './sip-status.ts';

/** Width of the first column, bytes: names end there, in the middle of a letter if need be. [vendor-code] */
const NAME_BYTES = 25;

const header = /^\s*Name\/username\s+Host\s/;
const closing = /^\s*(\d+) sip peers \[/;

/**
 * Name, host, what stands between them and the port, and the rest from the status on. The columns in the middle changed from version to
 * version, their words did not: `D`, `A`, `N`, `Yes`, `No`, `Auto (Yes)`, `Auto (No)`. [vendor-code: 1.4 to 18]
 */
const row =
  /^\s*(\S.*?)\s+(\(Unspecified\)|\(null\)|[0-9A-Fa-f.:]*[.:][0-9A-Fa-f.:]*(?:%\w+)?)((?:\s+(?:D|A|N|a|Yes|No|Auto \((?:Yes|No)\)))*)\s+(\d{1,5})\s+(\S.*)$/;

/**
 * `sip show peers`, whole, filtered (`like`, `grep`) or in part. A peer that is not in it may exist all the same: those of a database are
 * listed only while they are in memory.
 */
export function readSipPeers({ lines }: Passage): readonly Placed[] {
  const lists: { rows: Sighting[]; complete: boolean; line: number }[] = [];
  let open: (typeof lists)[number] | undefined;
  for (const { text, line } of lines) {
    const sighting = sightingIn(text);
    const total = closing.exec(text)?.[1];
    const isPart = sighting !== null || total !== undefined;
    if (header.test(text) || (open === undefined && isPart)) {
      open = { rows: [], complete: false, line };
      lists.push(open);
    }
    if (open === undefined || !isPart) continue;
    open.line = line;
    if (sighting !== null) open.rows.push(sighting);
    if (total === undefined) continue;
    open.complete = Number(total) === open.rows.length;
    open = undefined;
  }
  const base = { from: 'sip show peers', technology: 'sip', lists: 'all', unknown: [] } as const;
  return lists.map(({ rows, complete, line }) => ({ ...base, complete, sightings: rows, line }));
}

function sightingIn(text: string): Sighting | null {
  const [, cell = '', host = '', middle = '', port = '', rest = ''] = row.exec(text) ?? [];
  const status = statusIn(rest);
  if (status === null) return null;
  const [name = ''] = cell.split('/');
  const address = sipAddress(host, port);
  // With a user name behind it, the name itself is whole.
  const cut = !cell.includes('/') && Buffer.byteLength(cell) >= NAME_BYTES;
  return {
    // Half a letter is not shown as one.
    name: cut ? name.replace(/\ufffd+$/, '') : name,
    ...(cut ? { cut } : {}),
    binding: sipBinding(address, /(^|\s)D(\s|$)/.test(middle)),
    reach: status.reach,
    words: sipWords(status.words, address),
    ...(address.at === null ? {} : { at: address.at }),
  };
}

import type { Line } from '../sighting.ts';

/** One packet of the manager interface. */
export interface Packet {
  /** Field → its first value, names in lower case. */
  readonly fields: ReadonlyMap<string, string>;
  /** What a command printed: rows `Output:` (from version 14 on), or the raw text of a `Response: Follows` (until 13). */
  readonly output: readonly string[];
}

export const fieldOf = ({ fields }: Packet, name: string): string => fields.get(name.toLowerCase()) ?? '';

const field = /^([A-Za-z][\w .-]{0,60}): ?(.*)$/;
/** The fields that stand before the raw text of a command. */
const foreword = /^(Response|Privilege|ActionID|Message): /i;
const endOfCommand = '--END COMMAND--';

/** One packet as it comes over the wire, without the empty line at its end. */
export function packetOf(frame: string): Packet {
  const lines = frame.split(/\r?\n/);
  const raw = lines.findIndex((line) => !foreword.test(line));
  const follows = lines.some((line) => /^Response: Follows\b/i.test(line));
  if (!follows || raw < 0) return packet(lines, []);
  const output = lines.slice(raw).map((line) => line.replace(endOfCommand, ''));
  return packet(lines.slice(0, raw), output);
}

/** Packets in pasted text; the place of each is that of its last line. An empty line ends one, and so does the start of the next. */
export function packetsIn(lines: readonly Line[]): readonly (Packet & { readonly line: number })[] {
  const groups: { text: string[]; line: number }[] = [];
  let open = false;
  for (const { text, line } of lines) {
    if (/^(Event|Response): /.test(text)) {
      groups.push({ text: [], line });
      open = true;
    } else if (!field.test(text)) open = false;
    const group = groups.at(-1);
    if (!open || group === undefined) continue;
    group.text.push(text);
    group.line = line;
  }
  return groups.map(({ text, line }) => ({ ...packet(text, []), line }));
}

function packet(lines: readonly string[], raw: readonly string[]): Packet {
  const fields = new Map<string, string>();
  const output: string[] = [...raw];
  for (const line of lines) {
    const [, name = '', value = ''] = field.exec(line) ?? [];
    if (name === 'Output') output.push(value);
    else if (name !== '' && !fields.has(name.toLowerCase())) fields.set(name.toLowerCase(), value.trim());
  }
  return { fields, output };
}

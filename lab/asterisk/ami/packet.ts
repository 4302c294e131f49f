/** Lines of a packet, in their order. */
export type Fields = readonly (readonly [name: string, value: string])[];

/** What a client asked. */
export interface Request {
  readonly action: string;
  /** The first header of that name, whatever its letters; empty where there is none. */
  get(name: string): string;
}

/** A packet on the wire. */
export function packet(fields: Fields): string {
  return `${fields.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`;
}

/** The line that says what a packet answers; none where the client gave no mark. */
export function mark(request: Request): Fields {
  const id = request.get('ActionID');
  return id === '' ? [] : [['ActionID', id]];
}

export function response(request: Request, verdict: 'Success' | 'Error' | 'Goodbye', more: Fields): string {
  return packet([['Response', verdict], ...mark(request), ...more]);
}

export function refusal(request: Request, message: string): string {
  return response(request, 'Error', [['Message', message]]);
}

/** An event for each entry of a list. */
export function events(request: Request, event: string, entries: readonly Fields[]): string[] {
  return entries.map((fields) => packet([['Event', event], ...mark(request), ...fields]));
}

/** A list: its announcement, its events, and the end that counts them. */
export function list(
  request: Request,
  message: string,
  found: readonly string[],
  complete: string,
): string[] {
  return [
    response(request, 'Success', [
      ['EventList', 'start'],
      ['Message', message],
    ]),
    ...found,
    packet([
      ['Event', complete],
      ...mark(request),
      ['EventList', 'Complete'],
      ['ListItems', String(found.length)],
    ]),
  ];
}

/** Collects what comes in, and gives what is whole. Lines may end without a carriage return; empty packets say nothing. */
export function requestReader(): (chunk: string) => Request[] {
  let rest = '';
  return (chunk) => {
    const parts = (rest + chunk).replaceAll('\r\n', '\n').split('\n\n');
    rest = parts.pop() ?? '';
    return parts.map(requestOf).filter(({ action, get }) => action !== '' || get('ActionID') !== '');
  };
}

function requestOf(text: string): Request {
  const headers = new Map<string, string>();
  for (const line of text.split('\n')) {
    const [, name = '', value = ''] = /^([^:]+):\s*(.*)$/.exec(line) ?? [];
    if (name !== '' && !headers.has(name.toLowerCase())) headers.set(name.toLowerCase(), value);
  }
  const get = (name: string): string => headers.get(name.toLowerCase()) ?? '';
  return { action: get('Action'), get };
}

import { type Call, failed, ok, type Reply } from './support.ts';

/** A box of a few lines for tests: keeps what it is sent, and lets each test disturb single calls. */
export interface Box {
  readonly generation: 1 | 2;
  readonly extensions: Map<string, Record<string, string>>;
  /** Other than SIP, listed only. */
  readonly analogue: string[];
  /** A call for which this gives a reply is answered with it, unseen by the box. */
  disturb: (call: Call) => Reply | 'drop' | 'hang' | undefined;
  /** The box takes no notice of these keys. */
  deaf: readonly string[];
  /** What a new extension also has. */
  defaults: Record<string, string>;
  tokens: number;
}

export function newBox(generation: 1 | 2 = 2): Box {
  return {
    generation,
    extensions: new Map(),
    analogue: [],
    disturb: () => undefined,
    deaf: [],
    defaults: {},
    tokens: 0,
  };
}

export function extension(number: string, more: Record<string, string> = {}): Record<string, string> {
  return {
    number,
    username: 'Almacen',
    registername: number,
    registerpassword: 'Zt5kPm-Wq8sLc2vXn6bH',
    maxregistrations: '1',
    callrestriction: 'off',
    hasvoicemail: 'on',
    vmsecret: number,
    email: '',
    mobile: '',
    callerid: number,
    ...more,
  };
}

/** The number of the token that the box handed out last; tests use it as a canary. */
export function tokenOf(box: Box): string {
  return `0f1e2d3c4b5a69788796a5b4c3d2e1f${box.tokens % 10}`;
}

export function answerOf(box: Box): (call: Call) => Reply | 'drop' | 'hang' {
  return (call) => box.disturb(call) ?? take(box, call);
}

/** What the undisturbed box does and answers. */
export function take(box: Box, call: Call): Reply | 'drop' | 'hang' {
  const [version = '', ...rest] = call.path.split('/');
  if (version.startsWith('v2') !== (box.generation === 2)) return failed('10003');
  const path = rest.join('/');
  if (path === 'login') {
    box.tokens += 1;
    return { ...ok, token: tokenOf(box) };
  }
  if (call.token !== tokenOf(box)) return failed('20004');
  return box.generation === 2 ? second(box, path, call) : first(box, path, call);
}

function second(box: Box, path: string, { body }: Call): Reply {
  const number = body.number ?? '';
  switch (path) {
    case 'deviceinfo/query':
      return device('30.13.0.30');
    case 'extension/list':
      return { ...ok, extlist: lines(box, 'number') };
    case 'extension/query':
      return queried(box, number === 'all' ? undefined : number, 'number');
    case 'extension/add':
      if (box.extensions.has(number)) return failed('10085');
      return stored(box, number, { ...extension(number, box.defaults), ...body });
    case 'extension/update':
      return box.extensions.has(number) ? stored(box, number, body) : failed('10006');
    case 'extension/delete':
      return box.extensions.delete(number) ? ok : failed('10006');
    default:
      return path === 'logout' ? ok : failed('10003');
  }
}

function first(box: Box, path: string, { body }: Call): Reply {
  const { extid = '', ...changes } = body;
  switch (path) {
    case 'deviceinfo/query':
      return device('30.10.0.59');
    case 'extensionlist/query':
      return { ...ok, extlist: lines(box, 'extnumber') };
    case 'extension/query':
      return queried(box, body.extid, 'extnumber');
    case 'extension/update':
      return box.extensions.has(extid) ? stored(box, extid, changes) : failed('10006');
    default:
      return path === 'logout' || path === 'apply' ? ok : failed('10003');
  }
}

function device(firmwarever: string): Reply {
  return { ...ok, deviceinfo: { devicename: 'S50', sn: '369253450008', firmwarever } };
}

function lines(box: Box, key: string): readonly Record<string, string>[] {
  const sip = [...box.extensions].map(([number, { username = '' }]) => ({
    [key]: number,
    status: 'Idle',
    type: 'SIP',
    username,
  }));
  const fxs = box.analogue.map((number) => ({ [key]: number, status: 'Idle', type: 'FXS', username: 'Fax' }));
  return [...sip, ...fxs];
}

function queried(box: Box, number: string | undefined, key: string): Reply {
  const all = [...box.extensions].filter(([one]) => number === undefined || one === number);
  if (number !== undefined && all.length === 0) return failed('10006');
  return { ...ok, extinfos: all.map(([one, { number: _, ...fields }]) => ({ [key]: one, ...fields })) };
}

function stored(box: Box, number: string, changes: Record<string, string>): Reply {
  const heard = Object.entries(changes).filter(([key]) => !box.deaf.includes(key));
  box.extensions.set(number, { ...box.extensions.get(number), ...Object.fromEntries(heard) });
  return ok;
}

import type { Codec, Directory } from './dialect.ts';
import { listOf, sipUserOf } from './model.ts';

/** A JSON string. null is taken for ''. */
export const text: Codec = {
  toWire: (value) => value,
  fromWire: (raw) => (raw === null ? '' : typeof raw === 'string' ? raw : undefined),
};

/** A JSON string; '' is null. */
export const nullable: Codec = {
  toWire: (value) => (value === '' ? null : value),
  fromWire: text.fromWire,
};

/** A JSON number. */
export const integer: Codec = {
  toWire: (value) => Number(value),
  fromWire: (raw) => (typeof raw === 'number' && Number.isInteger(raw) ? String(raw) : undefined),
};

/** Exactly these JSON values, by neutral text. */
export function choice(words: Readonly<Record<string, unknown>>): Codec {
  const known = Object.entries(words);
  return {
    toWire: (value) => words[value] ?? known[0]?.[1],
    fromWire: (raw) => known.find(([, word]) => word === raw)?.[0],
  };
}

export function flag(on: unknown, off: unknown): Codec {
  return choice({ false: off, true: on });
}

/** A short number as the whole SIP name, e.g. ext9000110; the short one is not taken. */
export const sipName: Codec = {
  toWire: (value, { company }) => (value === '' ? '' : sipUserOf(company, value)),
  fromWire: (raw, { company }) => shortNumber(raw, `ext${company}`),
};

/** A queue's number with the company's before it, e.g. 90001700 (D: queue names start with the company id). */
export const queueName: Codec = {
  toWire: (value, { company }) => `${company}${value}`,
  fromWire: (raw, { company }) => shortNumber(raw, company),
};

/** The id of a DID; null is anonymous. */
export const didId: Codec = {
  toWire: (value, directory) => (value === '' ? null : (directory.idOf('did', value) ?? null)),
  fromWire: (raw, directory) => (raw === null ? '' : directory.numberOf('did', raw)),
};

/** The number of a DID; a word is anonymous. */
export function didNumber(anonymous: string): Codec {
  return {
    toWire: (value) => (value === '' ? anonymous : value),
    fromWire(raw, directory) {
      if (raw === anonymous || raw === null) return '';
      return typeof raw === 'string' && directory.idOf('did', raw) !== undefined ? raw : undefined;
    },
  };
}

/** Members of a queue, one by one. */
export function members(one: Codec): Codec {
  return {
    toWire: (value, directory) => listOf(value).map((number) => one.toWire(number, directory)),
    fromWire(raw, directory) {
      if (!Array.isArray(raw)) return undefined;
      const numbers = raw.map((item) => one.fromWire(item, directory));
      return numbers.includes(undefined) ? undefined : numbers.join(',');
    },
  };
}

/** The id of an extension. */
export const extensionId: Codec = {
  toWire: (value, directory) => directory.idOf('extension', value) ?? null,
  fromWire: (raw, directory) => directory.numberOf('extension', raw),
};

/** Where a DID leads: {type, id}, or null. */
export const destinationObject: Codec = {
  toWire(value, directory) {
    const { kind, number } = destinationOf(value);
    return kind === undefined ? null : { type: kind, id: directory.idOf(kind, number) ?? null };
  },
  fromWire(raw, directory) {
    if (raw === null) return '';
    const { type, id } = raw as { type?: unknown; id?: unknown };
    if (type !== 'extension' && type !== 'queue') return undefined;
    const number = directory.numberOf(type, id);
    return number === undefined ? undefined : `${type}:${number}`;
  },
};

const ROUTES = { extension: 'EXT', queue: 'QUEUE' } as const;

/** Where a DID leads: 'EXT/ext9000110', 'QUEUE/90001700' or ''. */
export const destinationText: Codec = {
  toWire(value, directory) {
    const { kind, number } = destinationOf(value);
    if (kind === undefined) return '';
    return `${ROUTES[kind]}/${targetCodec(kind).toWire(number, directory)}`;
  },
  fromWire(raw, directory) {
    if (raw === '' || raw === null) return '';
    const [word, target] = String(raw).split('/');
    const kind = word === ROUTES.extension ? 'extension' : word === ROUTES.queue ? 'queue' : undefined;
    if (kind === undefined) return undefined;
    const number = targetCodec(kind).fromWire(target, directory);
    return number !== undefined && directory.idOf(kind, number) !== undefined
      ? `${kind}:${number}`
      : undefined;
  },
};

/** 'extension:10' taken apart; no kind for what leads nowhere. */
function destinationOf(value: string): { kind: 'extension' | 'queue' | undefined; number: string } {
  const [kind, number = ''] = value.split(':');
  return { kind: kind === 'extension' || kind === 'queue' ? kind : undefined, number };
}

function targetCodec(kind: 'extension' | 'queue'): Codec {
  return kind === 'extension' ? sipName : queueName;
}

function shortNumber(raw: unknown, prefix: string): string | undefined {
  if (raw === null) return '';
  return typeof raw === 'string' && raw.startsWith(prefix) ? raw.slice(prefix.length) : undefined;
}

/** A SIP name that must be one of the company's extensions. */
export const memberName: Codec = {
  toWire: sipName.toWire,
  fromWire(raw: unknown, directory: Directory) {
    const number = sipName.fromWire(raw, directory);
    return number !== undefined && directory.idOf('extension', number) !== undefined ? number : undefined;
  },
};

import type { Codec, Field } from '../dialect.ts';

/** One field of an object: neutral name, place in the JSON, codec. */
export function field(key: string, path: string, codec: Codec, access?: 'read' | 'write'): Field {
  return access === undefined ? { key, path, codec } : { key, path, codec, access };
}

import type { ProfileDocument } from '../../../../engine/model/profile.ts';
import { marksIn } from '../profile/marks.ts';
import { type Json, type JsonType, typeOf } from '../profile/path.ts';
import type { MappingProbe } from './contract.ts';
import type { Mapped } from './diff.ts';

/** Looks for mapped names in sample objects. Types only: no value is part of it. */
export function looksAt(
  mapped: readonly Mapped[],
  samples: readonly Json[],
  profile: ProfileDocument,
  shown: (one: Mapped) => boolean,
): readonly MappingProbe[] {
  const marks = new Set(marksIn(profile));
  return mapped.map((one) => {
    const { place, path } = one;
    const base = { place, path, marked: marks.has(place) };
    if (!shown(one) || samples.length === 0)
      return { ...base, resolved: 0, of: 0, types: [], verdict: 'not-tried' };
    const found = samples.map((sample) => typeOf(one.find(sample)));
    const resolved = found.filter((type) => type !== 'missing').length;
    const types = [...new Set(found.filter((type) => type !== 'missing'))].sort();
    return {
      ...base,
      resolved,
      of: samples.length,
      types,
      verdict: verdictOf(resolved, samples.length, types, one),
    };
  });
}

function verdictOf(
  resolved: number,
  of: number,
  types: readonly JsonType[],
  { expected }: Mapped,
): MappingProbe['verdict'] {
  if (resolved === 0) return 'missing';
  if (types.some((type) => type !== 'null' && !expected.includes(type))) return 'wrong-type';
  return resolved === of ? 'resolves' : 'partly';
}

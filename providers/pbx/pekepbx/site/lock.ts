import type { ProfileDocument } from '../../../../engine/model/profile.ts';
import { fingerprintOf as shapeOf } from '../profile/fingerprint.ts';
import { isJson, type Json } from '../profile/path.ts';
import type { Fingerprint, Proof } from './contract.ts';

/** Keys and types of one extension, or of several together, as the API shows it. No value is part of it. Pure. */
export function fingerprintOf(sample: Json | readonly Json[]): Fingerprint {
  return shapeOf(isList(sample) ? sample : [sample]);
}

function isList(sample: Json | readonly Json[]): sample is readonly Json[] {
  return Array.isArray(sample);
}

/**
 * The profile without the marks that are proven, and with the looks of the server that they were proven on. All other marks stay. Pure.
 * @param fingerprint of {@link fingerprintOf}; empty keeps what the profile has
 */
export function locked(profile: ProfileDocument, proof: Proof, fingerprint: Fingerprint): ProfileDocument {
  const places = new Set([...proof.proven, ...(proof.vouched ?? [])]);
  const cleared: unknown = without(profile, '', places);
  const document = cleared as ProfileDocument;
  if (Object.keys(fingerprint).length === 0) return document;
  return { ...document, guard: { ...document.guard, keys: fingerprint } };
}

function without(part: unknown, path: string, places: ReadonlySet<string>): unknown {
  if (Array.isArray(part))
    return part.map((item, index) => without(item, joined(path, String(index)), places));
  if (!isJson(part)) return part;
  const kept = Object.entries(part).filter(([key]) => key !== 'verify' || !places.has(path));
  return Object.fromEntries(kept.map(([key, value]) => [key, without(value, joined(path, key), places)]));
}

function joined(path: string, step: string): string {
  return path === '' ? step : `${path}.${step}`;
}

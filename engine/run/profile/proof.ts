import { existsSync, readdirSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeAtomically } from '../../state/file.ts';
import { systemIo } from '../../state/index.ts';
import type { RunContext } from '../contract.ts';
import type { Looks } from './contract.ts';

/** What a self-test proved, for the lock: names, types and times. */
export interface Proof {
  readonly format_version: '1.0';
  readonly profile: string;
  /** Of the profile as it was proven: {@link digestOf} of its data. */
  readonly digest: string;
  readonly target: string;
  /** RFC 3339. */
  readonly at: string;
  readonly proven: readonly string[];
  /** Marks that only a person can answer for. */
  readonly unprovable: readonly string[];
  readonly looks: Looks;
}

const folder = '.alta/profile-proofs';

/** Where the proof of a profile is kept, from the workspace's root. Its name is a label: it cannot lead elsewhere. */
export function proofPlace(profile: string): string {
  return `${folder}/${profile}.json`;
}

export async function writeProof(context: RunContext, proof: Proof): Promise<void> {
  await mkdir(join(context.root, folder), { recursive: true });
  const path = join(context.root, proofPlace(proof.profile));
  await writeAtomically(systemIo(context.clock), path, `${JSON.stringify(proof, null, 2)}\n`);
}

/** Null where there is none that can be read: then it is made again. */
export async function readProof(root: string, profile: string): Promise<Proof | null> {
  try {
    const data: unknown = JSON.parse(await readFile(join(root, proofPlace(profile)), 'utf8'));
    return isProof(data) && data.profile === profile ? data : null;
  } catch {
    return null;
  }
}

/** Profiles that were proven here. */
export function provenProfiles(root: string): readonly string[] {
  const path = join(root, folder);
  if (!existsSync(path)) return [];
  const files = readdirSync(path).filter((name) => name.endsWith('.json'));
  return files.map((name) => name.slice(0, -'.json'.length)).sort();
}

function isProof(data: unknown): data is Proof {
  if (typeof data !== 'object' || data === null) return false;
  const { format_version, profile, digest, target, at, proven, unprovable, looks } = data as Partial<Proof>;
  const texts = [profile, digest, target, at].every((text) => typeof text === 'string');
  const places = [proven, unprovable].every(isPlaces);
  return format_version === '1.0' && texts && places && isLooks(looks);
}

function isPlaces(data: unknown): boolean {
  return Array.isArray(data) && data.every((place) => typeof place === 'string');
}

function isLooks(looks: unknown): boolean {
  return (
    typeof looks === 'object' &&
    looks !== null &&
    Object.values(looks).every((one) => typeof one === 'string')
  );
}

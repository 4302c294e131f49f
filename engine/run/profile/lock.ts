import { clearMarks } from '../../edit/profile.ts';
import { loadProfile } from '../../load/index.ts';
import { AltaError, digestOf } from '../../model/index.ts';
import type { ProfileDocument } from '../../model/profile.ts';
import { createDraft } from '../author/draft.ts';
import type { RunContext } from '../contract.ts';
import { knownProfiles, readProfile } from '../workspace/profiles.ts';
import type { LockOptions, LockResult } from './contract.ts';
import { type Proof, provenProfiles, readProof } from './proof.ts';

/**
 * Takes the marks off everything that was proven, or that a person vouches for, and writes down what the server looked like. All other marks
 * stay. A profile that came with the package becomes the workspace's own.
 * @throws AltaError `profile-proof-missing`, `profile-proof-stale`, `profile-unknown`, `site-tools-missing`, `option-value`
 */
export async function lockProfile(context: RunContext, options: LockOptions): Promise<LockResult> {
  const proof = await proofFor(context.root, options);
  const { profile: name } = proof;
  const source = await readProfile(context.root, name);
  if (source === null) {
    throw new AltaError('profile-unknown', { profile: name, known: knownProfiles(context.root) });
  }
  const { profile, diagnostics } = loadProfile(source.filename, source.text);
  if (profile === null) return { profile: name, cleared: [], left: [], edits: [], diagnostics };
  if (digestOf(profile) !== proof.digest) {
    const { target, at } = proof;
    throw new AltaError('profile-proof-stale', { filename: source.filename, target, at });
  }
  const marks = await marksOf(profile, options);
  refuseUnmarked(options.vouched, marks);
  const places = new Set([...proof.proven, ...options.vouched]);
  const cleared = marks.filter((place) => places.has(place));
  const text = clearMarks(source.text, cleared, proof.looks);
  const draft = createDraft(context);
  await draft.put(source.filename, text, ...cleared.map((place) => `- ${place}.verify`), ...looksLine(proof));
  if (!options.dryRun) await draft.save();
  const left = marks.filter((place) => !places.has(place));
  return { profile: name, cleared, left, edits: draft.edits(), diagnostics };
}

async function proofFor(root: string, { profile }: LockOptions): Promise<Proof> {
  const known = provenProfiles(root);
  const name = profile ?? (known.length === 1 ? known[0] : undefined);
  const proof = name === undefined ? null : await readProof(root, name);
  if (proof !== null) return proof;
  const shown = known.length === 0 ? ['–'] : known;
  throw new AltaError('profile-proof-missing', { profile: name ?? '?', known: shown });
}

async function marksOf(profile: ProfileDocument, { tools }: LockOptions): Promise<readonly string[]> {
  const known = await tools(profile.driver);
  if (known === null) {
    throw new AltaError('site-tools-missing', { target: profile.name, driver: profile.driver });
  }
  return known.marksIn(profile);
}

/** Nobody can vouch for what is not in doubt: it is most likely misspelt. */
function refuseUnmarked(vouched: readonly string[], marks: readonly string[]): void {
  const strange = vouched.find((place) => !marks.includes(place));
  if (strange === undefined) return;
  throw new AltaError('option-value', { option: '--vouch', value: strange, expected: marks });
}

function looksLine({ looks }: Proof): readonly string[] {
  const { length } = Object.keys(looks);
  return length === 0 ? [] : [`~ guard.keys: ${length}`];
}

import { clearMarks } from '../../edit/profile.ts';
import { loadProfile } from '../../load/index.ts';
import { AltaError, digestOf } from '../../model/index.ts';
import type { ProfileDocument } from '../../model/profile.ts';
import { createDraft } from '../author/draft.ts';
import type { RunContext } from '../contract.ts';
import { knownProfiles, readProfile } from '../workspace/profiles.ts';
import type { LockOptions, LockResult } from './contract.ts';
import { type Proof, provenProfiles, readProof, writeProof } from './proof.ts';

/**
 * Takes the marks off everything that was proven, or that a person vouches for, and writes down what the server looked like. All other marks
 * stay. A profile that came with the package becomes the workspace's own.
 * @throws AltaError `profile-proof-none`, `profile-proof-several`, `profile-proof-missing`, `profile-proof-stale`, `profile-unknown`, `site-tools-missing`, `option-value`
 */
export async function lockProfile(context: RunContext, options: LockOptions): Promise<LockResult> {
  const proof = await proofFor(context.root, options);
  const { profile: name } = proof;
  const source = await readProfile(context.root, name);
  if (source === null) {
    throw new AltaError('profile-unknown', { profile: name, known: knownProfiles(context.root) });
  }
  const { profile, diagnostics } = loadProfile(source.filename, source.text);
  if (profile === null)
    return { profile: name, cleared: [], left: [], unprovable: [], edits: [], diagnostics };
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
  const filename = `profiles/${name}.yaml`;
  await draft.put(source.filename, text, ...cleared.map((place) => `- ${place}.verify`), ...looksLine(proof));
  if (!options.dryRun) {
    await draft.save();
    await renew(context, proof, filename, text);
  }
  const left = marks.filter((place) => !places.has(place));
  const unprovable = left.filter((place) => proof.unprovable.includes(place));
  return { profile: name, cleared, left, unprovable, edits: draft.edits(), diagnostics };
}

/** What was proven is proven of the profile as it is locked too: what a person sees later is vouched for without another trial. */
async function renew(context: RunContext, proof: Proof, filename: string, text: string): Promise<void> {
  const { profile } = loadProfile(filename, text);
  if (profile !== null) await writeProof(context, { ...proof, digest: digestOf(profile) });
}

async function proofFor(root: string, { profile }: LockOptions): Promise<Proof> {
  const known = provenProfiles(root);
  if (profile === null && known.length > 1) throw new AltaError('profile-proof-several', { known });
  const name = profile ?? known[0];
  if (name === undefined) throw new AltaError('profile-proof-none');
  const proof = await readProof(root, name);
  if (proof !== null) return proof;
  throw new AltaError('profile-proof-missing', { profile: name });
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

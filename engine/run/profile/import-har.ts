import { open } from 'node:fs/promises';
import { editProfile } from '../../edit/profile.ts';
import { MAX_HAR_BYTES, type Proposal, proposeProfile, readHar } from '../../load/har/index.ts';
import { loadProfile } from '../../load/index.ts';
import { AltaError } from '../../model/index.ts';
import { createDraft } from '../author/draft.ts';
import type { RunContext } from '../contract.ts';
import { knownProfiles, readProfile } from '../workspace/profiles.ts';
import type { HarOptions, HarResult } from './contract.ts';

/**
 * Proposes a profile from what a browser recorded, and writes it into the workspace. What the recording does not tell stays as in the
 * profile it starts from; what changes is marked until a self-test proves it. Nothing but names of the API leaves the recording.
 * @throws AltaError `profile-exists`, `profile-unknown`, `file-unreadable`, `har-…`
 */
export async function importHar(context: RunContext, options: HarOptions): Promise<HarResult> {
  const { profile, from, filename, told } = options;
  const place = `profiles/${profile}.yaml`;
  const existing = await readProfile(context.root, profile);
  if (existing?.own === true && !options.replace) throw new AltaError('profile-exists', { filename: place });
  const source = await readProfile(context.root, from);
  if (source === null)
    throw new AltaError('profile-unknown', { profile: from, known: knownProfiles(context.root) });
  const base = loadProfile(source.filename, source.text);
  if (base.profile === null)
    return { findings: [], recording: null, edits: [], diagnostics: base.diagnostics };
  const recording = readHar(filename, await bytesOf(options));
  const proposal = proposeProfile(recording, told, base.profile);
  refuseUnaligned(proposal, options);
  const text = editProfile(source.text, [{ path: ['name'], value: profile }, ...proposal.edits]);
  const { diagnostics } = loadProfile(place, text);
  const draft = createDraft(context);
  await draft.put(place, text, ...summaryOf(proposal));
  const sound = !diagnostics.some(({ severity }) => severity === 'error');
  if (sound && !options.dryRun) await draft.save();
  const { leftOut, sanitised } = recording;
  return {
    findings: proposal.findings,
    recording: { kept: proposal.kept, used: proposal.used, leftOut, sanitised },
    edits: sound ? draft.edits() : [],
    diagnostics,
  };
}

/** The file, unless it is larger than anybody wants in memory. */
async function bytesOf({ path, filename }: HarOptions): Promise<Uint8Array> {
  try {
    const file = await open(path);
    try {
      const { size } = await file.stat();
      if (size > MAX_HAR_BYTES)
        throw new AltaError('har-too-large', { filename, size, limit: MAX_HAR_BYTES });
      return await file.readFile();
    } finally {
      await file.close();
    }
  } catch (error) {
    if (error instanceof AltaError) throw error;
    const kind = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    throw new AltaError('file-unreadable', { filename, kind });
  }
}

/** Without a single typed value in a request there is nothing to go by. */
function refuseUnaligned({ aligned }: Proposal, { filename, told }: HarOptions): void {
  if (aligned) return;
  throw new AltaError('har-values-missing', { filename, fields: Object.keys(told.sentinels) });
}

function summaryOf({ findings }: Proposal): readonly string[] {
  return findings.flatMap(({ place, edits, shown, standing }) => {
    if (edits.length === 0) return [];
    return [standing === 'dropped' ? `- ${place}` : `~ ${place}: ${shown}`];
  });
}

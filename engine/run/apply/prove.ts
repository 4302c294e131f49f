import { AltaError, originOf, type Secret, type SecretState, stateKey, targetOf } from '../../model/index.ts';
import type { Gathered } from '../targets/gather.ts';
import type { Known } from '../targets/known.ts';
import { fingerprintContext } from '../targets/read.ts';
import type { Workspace } from '../workspace/workspace.ts';
import type { Carried } from './client-run.ts';
import { openSecret } from './write.ts';

type Proven = Record<string, Record<string, SecretState>>;

/**
 * Adopted things hold a secret that we never wrote. Where the target shows it and the declared one opens, both are compared here: equal
 * means the declared version is in force, and later plans know it. Nothing is sent.
 */
export async function proveSecrets(
  workspace: Workspace,
  gathered: Gathered,
  carried: Carried,
  known: Known,
): Promise<Proven> {
  if (!(await workspace.vault.canOpen('values'))) return {};
  const proven: Proven = {};
  const targets = new Map(gathered.compiled.targets.map((target) => [target.address, target]));
  for (const desired of gathered.input.desired) {
    const target = targets.get(targetOf(desired.address));
    if (target === undefined) continue;
    const id = stateKey(target.key, desired.kind, desired.key);
    const actual = known.actual(target.address, desired.kind, desired.key);
    const held = gathered.input.state.resources[id]?.secrets ?? {};
    const sent = carried.outcomes.get(desired.address)?.change.revs ?? {};
    for (const [field, secret] of Object.entries(desired.secrets)) {
      const shown = actual?.fingerprints[field];
      const unproven = !(field in sent) && (held[field]?.marker ?? null) === null;
      if (secret.source !== 'declared' || secret.marker === null || !unproven || typeof shown !== 'string')
        continue;
      const scope = { scope: gathered.compiled.client, origin: originOf(target) };
      const value = await opened(openSecret(secret.name, scope, workspace.vault));
      const context = fingerprintContext(target, desired.kind, desired.key, field);
      const declared = value === null ? null : workspace.vault.fingerprint(context, value);
      // A person was asked to enter the declared one: another one there is drift, and the next plan puts it right.
      const asked = gathered.input.state.guided[id]?.action === 'create';
      if (declared === null || (declared !== shown && !asked)) continue;
      proven[id] = { ...proven[id], [field]: { marker: secret.marker, readback: declared } };
    }
  }
  return proven;
}

/** What cannot be opened proves nothing, and must not cost the record of what was done. */
function opened(opening: Promise<Secret>): Promise<Secret | null> {
  return opening.catch((error: unknown) => {
    if (error instanceof AltaError) return null;
    throw error;
  });
}

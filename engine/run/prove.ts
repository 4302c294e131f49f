import { type ActualView, type SecretState, stateKey, targetOf } from '../model/index.ts';
import type { Carried } from './apply-client.ts';
import type { Gathered } from './gather.ts';
import { fingerprintContext } from './read.ts';
import type { Workspace } from './workspace.ts';
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
): Promise<Proven> {
  if (!(await workspace.vault.canOpen('values'))) return {};
  const proven: Proven = {};
  for (const desired of gathered.input.desired) {
    const target = gathered.compiled.targets.find((t) => t.address === targetOf(desired.address));
    if (target === undefined) continue;
    const id = stateKey(target.key, desired.kind, desired.key);
    const actual = actualOf(gathered, carried, target.address, desired.kind, desired.key);
    const entry = gathered.input.state.resources[id];
    for (const [field, secret] of Object.entries(desired.secrets)) {
      const shown = actual?.fingerprints[field];
      const unproven =
        entry === undefined
          ? carried.outcomes.get(desired.address) === undefined
          : entry.secrets[field]?.marker === null;
      if (secret.source !== 'declared' || secret.marker === null || !unproven || typeof shown !== 'string')
        continue;
      const value = await openSecret(
        secret.name,
        { scope: gathered.compiled.client, origin: target.host },
        workspace.vault,
      );
      const context = fingerprintContext(target.key, desired.kind, desired.key, field);
      if (workspace.vault.fingerprint(context, value) !== shown) continue;
      proven[id] = { ...proven[id], [field]: { marker: secret.marker, readback: shown } };
    }
  }
  return proven;
}

function actualOf(
  gathered: Gathered,
  carried: Carried,
  target: string,
  kind: ActualView['kind'],
  key: string,
): ActualView | undefined {
  const view =
    carried.rereads.get(target)?.view ?? gathered.input.views.find((v) => v.target.address === target);
  return view?.reading?.resources.find((resource) => resource.kind === kind && resource.key === key);
}

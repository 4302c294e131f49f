import {
  type Change,
  type Diagnostic,
  errorDiagnostic,
  type StateEntry,
  targetOf,
  warningDiagnostic,
} from '../model/index.ts';
import type { ClientInput } from './input.ts';
import { orphans } from './match.ts';
import { forgotten, whyForgotten } from './undesired.ts';

/** State knows things on a target that the YAML no longer names: they can be neither read nor deleted. */
export function orphanDiagnostics(input: ClientInput): Diagnostic[] {
  const gone = orphans(input).filter(([id, entry]) => whyForgotten(id, entry, input) === null);
  const lost = gone.filter(([, { kind }]) => kind !== 'account');
  const byTarget = new Map<string, number>();
  for (const [, entry] of lost) byTarget.set(entry.targetKey, (byTarget.get(entry.targetKey) ?? 0) + 1);
  const undeclared = [...byTarget].map(([target, count]) =>
    errorDiagnostic('target-undeclared', { client: input.client, target, count }, { address: input.client }),
  );
  return [
    ...undeclared,
    ...forgottenDevices(
      gone.map(([, entry]) => entry),
      input,
    ),
  ];
}

/** A device that left the YAML keeps what it knew, also where another one has its name now. */
function forgottenDevices(gone: readonly StateEntry[], { views }: ClientInput): Diagnostic[] {
  const accounts = gone.filter(({ kind }) => kind === 'account');
  const declared = new Set(views.map(({ target }) => target.address));
  const devices = new Map(accounts.map(({ targetKey, address }) => [targetKey, targetOf(address)]));
  return [...devices].map(([id, device]) => {
    const known = accounts.filter(({ targetKey }) => targetKey === id);
    const extensions = [...new Set(known.flatMap(({ dependsOn }) => dependsOn))];
    const code = declared.has(device) ? 'device-replaced' : 'device-forgotten';
    return warningDiagnostic(code, { id, device, extensions }, { address: device });
  });
}

/**
 * What was released, or taken over by another client, leaves state also where its target left the YAML. So do the accounts of a device
 * that left it: it may never come back.
 */
export function orphanForgets(input: ClientInput): Change[] {
  return orphans(input).flatMap(([id, entry]) => {
    const section = whyForgotten(id, entry, input) ?? (entry.kind === 'account' ? 'released' : null);
    return section === null ? [] : [forgotten(entry, targetOf(entry.address), section)];
  });
}

import { AltaError } from '../../engine/model/index.ts';
import { type Asked, isShared } from './command.ts';

/**
 * Refuses what cannot go well, before anything is written.
 *
 * @throws AltaError `missing-argument`, `terraform-chdir`; for several clients also `terraform-consent`, `terraform-shared-file`.
 */
export function refuseImpossible(asked: Asked, clients: readonly string[]): void {
  const { args, elsewhere, asks, name, planFile } = asked;
  if (args.length === 0) {
    throw new AltaError('missing-argument', { command: 'alta terraform', argument: '-- plan' });
  }
  if (elsewhere) throw new AltaError('terraform-chdir', {});
  if (clients.length < 2) return;
  if (asks) throw new AltaError('terraform-consent', { command: name ?? '', n: clients.length, clients });
  if (planFile !== null && isShared(planFile)) {
    throw new AltaError('terraform-shared-file', { file: planFile, n: clients.length });
  }
}

import type { Capabilities, Driver } from '../../../providers/contract.ts';
import { AltaError, type Change, type Desired, type Secret } from '../../model/index.ts';
import { generatePassword } from '../../secrets/index.ts';

/**
 * An extension whose secret is the PBX's own affair, on a PBX that makes none: one is made up and sent. Nobody keeps it: the PBX shows it
 * to whoever sets up the phones.
 * @throws AltaError `secret-not-shown` where it does not
 */
export function madeUp(
  change: Change,
  desired: Desired | null,
  { facts }: Driver,
  { hiddenFields }: Capabilities,
): Readonly<Record<string, Secret>> {
  const source = desired?.secrets.sip?.source;
  const wanted = facts.kinds.extension?.fields.sip?.requiredOnCreate === true;
  if (change.kind !== 'extension' || change.action !== 'create' || source !== 'pbx' || !wanted) return {};
  if (hiddenFields.extension?.includes('sip')) {
    throw new AltaError(
      'secret-not-shown',
      { address: change.address, on: change.address },
      { written: 'nothing' },
    );
  }
  const { name } = desired?.values ?? {};
  return { sip: generatePassword({ number: change.key, ...(typeof name === 'string' ? { name } : {}) }) };
}

/** Who we are to a target, and whether it is the declared one. */
import { AltaError, type Secret, type Target } from '../engine/model/index.ts';
import type { SessionContext } from './contract.ts';

/**
 * A box at the declared address is not yet the declared box.
 * @param found what it says of itself, by the names of `target.identity`; what it does not tell counts as another one
 * @throws `wrong-identity`
 */
export function refuseOther(found: Readonly<Record<string, string>>, target: Target): void {
  const { host, address, identity } = target;
  const wrong = Object.entries(identity).filter(([name, value]) => (found[name] ?? '') !== value);
  if (wrong.length === 0) return;
  const expected = wrong.map(([name, value]) => `${name} ${value}`);
  const shown = wrong.map(([name]) => `${name} ${found[name] || '?'}`);
  const params = { host, target: address, expected, found: shown };
  throw new AltaError('wrong-identity', params, { written: 'nothing' });
}

/**
 * @param operation `create`, `commit`: what was asked of the session
 * @param object address of the resource; the target's where there is none
 * @throws `read-only-session`
 */
export function refuseReadOnly(
  operation: string,
  object: string,
  { host }: Target,
  { purpose }: SessionContext,
): void {
  if (purpose === 'write') return;
  throw new AltaError(
    'read-only-session',
    { host, operation, object },
    { address: object, written: 'nothing' },
  );
}

/** A part of the session's credential. @throws `credential-missing` */
export function credentialOf(
  part: string,
  { host, address }: Target,
  { credentials }: SessionContext,
): Secret {
  const secret = credentials[part];
  if (secret !== undefined) return secret;
  throw new AltaError('credential-missing', { host, target: address, part });
}

import { createHash } from 'node:crypto';
import { AltaError, reveal, type Secret } from '../../../../engine/model/index.ts';
import { actionText } from './actions.ts';

/** A login of the manager interface. */
export interface Login {
  readonly username: Secret;
  readonly password: Secret;
}

/**
 * The Login action. With a challenge the password itself does not go over the wire: an MD5 over both does [vendor-docs]. Without one, in
 * clear, inside the SSH connection.
 * @throws `request-unsendable` for a line break, which would begin another field
 */
export function loginText(login: Login, id: string, challenge: string | null, host: string): string {
  const { username, password } = login;
  refuseBreaks([username, password], host);
  if (challenge === null) {
    return actionText('Login', id, { Events: 'off', Username: reveal(username), Secret: reveal(password) });
  }
  return actionText('Login', id, {
    AuthType: 'MD5',
    Events: 'off',
    Username: reveal(username),
    Key: createHash('md5')
      .update(`${challenge}${reveal(password)}`)
      .digest('hex'),
  });
}

function refuseBreaks(values: readonly Secret[], host: string): void {
  if (values.every((value) => !/[\r\n\0]/.test(reveal(value)))) return;
  throw new AltaError('request-unsendable', { host, operation: 'Login', kind: 'line-break' });
}

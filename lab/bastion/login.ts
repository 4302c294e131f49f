import ssh2, { type AuthContext, type ParsedKey } from 'ssh2';
import { type Ledger, strikes } from './ledger.ts';

/** Who may log in, and with what. */
export interface Door {
  readonly user: string;
  /** `ssh-ed25519 AAAA…` */
  readonly authorizedKey: string;
}

/**
 * Judges every attempt of one connection: public keys only, one user, one key. A connection that a fault has struck is refused to
 * its end.
 */
export function loginJudge({ user, authorizedKey }: Door, ledger: Ledger): (attempt: AuthContext) => void {
  const known = parsed(authorizedKey);
  let isStruck: boolean | undefined;
  let isRefused = false;
  return (attempt) => {
    // Every client first asks which methods there are.
    if (attempt.method === 'none') return attempt.reject(['publickey']);
    isStruck ??= strikes(ledger.strikes, 'logins');
    if (!isStruck && attempt.username === user && provesKey(attempt, known)) return attempt.accept();
    if (!isRefused) ledger.counters.refusedLogins += 1;
    isRefused = true;
    attempt.reject(['publickey']);
  };
}

function parsed(authorizedKey: string): ParsedKey {
  const key = ssh2.utils.parseKey(authorizedKey);
  if (key instanceof Error) throw key;
  return key;
}

/** A key shown without a signature is only asked about; the signed attempt follows (RFC 4252 §7). */
function provesKey(attempt: AuthContext, known: ParsedKey): boolean {
  if (attempt.method !== 'publickey' || !known.getPublicSSH().equals(attempt.key.data)) return false;
  if (attempt.signature === undefined) return true;
  return (
    attempt.blob !== undefined && known.verify(attempt.blob, attempt.signature, attempt.hashAlgo) === true
  );
}

import type { SshAccess } from '../../../providers/transport/ssh.ts';
import { AltaError, canonicalJson, type Via } from '../../model/index.ts';
import type { Vault } from '../../secrets/index.ts';

/** The key to a bastion. One object for each log-in there in a run: connections are shared by it. */
export type BastionKeys = (via: Via) => Promise<SshAccess>;

/** Each key is opened once, when it is first asked for. What it throws, the vault threw. */
export function bastionKeys(vault: Vault): BastionKeys {
  const known = new Map<string, Promise<SshAccess>>();
  return (via) => {
    // Two clients may reach one bastion with keys of their own.
    const name = canonicalJson([via.user, via.host, via.port, via.identity]);
    const key = known.get(name) ?? keyOf(via, vault);
    known.set(name, key);
    return key;
  };
}

async function keyOf(via: Via, vault: Vault): Promise<SshAccess> {
  const { key } = await vault.credential({ key: via.identity }, `ssh://${via.host}:${via.port}`);
  if (key === undefined) throw new AltaError('internal', { message: `no key for ${via.name}` });
  return { key };
}

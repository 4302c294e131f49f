import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { open, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { PendingWrite } from '../../engine/model/index.ts';

/** A create that was about to be sent, and that Terraform's state is not known to have yet. */
export interface Claim {
  readonly write: PendingWrite;
  /** RFC 3339, UTC. */
  readonly at: string;
}

/**
 * Creates under way, kept in `.alta/terraform/<client>/` of the workspace, one file each: after a kill, Terraform's state does not have what
 * was created, and only this proves that it is ours. Nothing secret: keyed fingerprints and markers. Where the disk is gone with the run, an
 * object that differs from what is declared is taken over only with consent, as any other that is found there.
 */
export interface Claims {
  of(key: string): Claim | null;
  /** Durable when it resolves. O(1). @throws what the disk says: nothing may be sent then */
  make(claim: Claim): Promise<void>;
  /** Terraform's state has it, or nothing was made. */
  settle(key: string): void;
}

export function openClaims(root: string, client: string): Claims {
  const folder = join(root, '.alta', 'terraform', client);
  const pathOf = (key: string): string =>
    join(folder, `${createHash('sha256').update(key).digest('hex').slice(0, 32)}.json`);
  return {
    of: (key) => {
      const found = readClaim(pathOf(key));
      return found?.write.key === key ? found : null;
    },
    make: (claim) => writeDurably(pathOf(claim.write.key), JSON.stringify(claim)),
    settle: (key) => rmSync(pathOf(key), { force: true }),
  };
}

function readClaim(path: string): Claim | null {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return null;
  }
}

async function writeDurably(path: string, text: string): Promise<void> {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  writeFileSync(`${path}.new`, text, { mode: 0o600, flush: true });
  await rename(`${path}.new`, path);
  const folder = await open(dirname(path), 'r');
  await folder.sync();
  await folder.close();
}

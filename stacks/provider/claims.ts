import type { PendingWrite } from '../../engine/model/index.ts';
import { openNotes } from './disk.ts';

/** A create that was about to be sent, and that Terraform's state is not known to have yet. */
export interface Claim {
  readonly write: PendingWrite;
  /** RFC 3339, UTC. */
  readonly at: string;
  /** The target has answered that it was made: what is absent later went away, and is not still to come. */
  readonly done?: true;
}

/**
 * Creates under way: after a kill, Terraform's state does not have what was created, and only this proves that it is ours. Keyed fingerprints
 * and markers, nothing secret. Where the disk is gone with the run, an object that differs from what is declared is taken over only with
 * consent, as any other that is found there.
 */
export interface Claims {
  of(key: string): Claim | null;
  /** Durable when it resolves. @throws what the disk says: nothing may be sent then */
  make(claim: Claim): Promise<void>;
  /** Terraform's state has it, or nothing was made. */
  settle(key: string): void;
}

export function openClaims(root: string, client: string): Claims {
  const notes = openNotes<Claim>(root, client, 'claim');
  return {
    of: (key) => notes.of(key),
    make: (claim) => notes.make(claim.write.key, claim),
    settle: (key) => notes.drop(key),
  };
}

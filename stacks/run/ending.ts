import { AltaError } from '../../engine/model/index.ts';

/** How the work for one client ended. */
export interface Ending {
  readonly client: string;
  /** Terraform's own: 0, 1, 2 with `-detailed-exitcode`; null where it did not get so far, or a signal ended it. */
  readonly code: number | null;
  /** What kept Terraform from running; null where it ran. */
  readonly failure: AltaError | null;
}

/** What an ending means for a person and for the exit code. */
export type Verdict = 'done' | 'changes' | 'stale' | 'failed';

/**
 * `done`: 0. `changes`: 2. `stale`: the saved plan was made from other files. Everything else is `failed`, a code that Terraform does not
 * document included.
 */
export function verdictOf({ code, failure }: Ending): Verdict {
  if (failure !== null) return failure.code === 'terraform-plan-stale' ? 'stale' : 'failed';
  if (code === 0) return 'done';
  return code === 2 ? 'changes' : 'failed';
}

/** What kept Terraform from running for a client. Anything but our own errors is a defect, and told as one. */
export function endingOf(client: string, error: unknown): Ending {
  const failure =
    error instanceof AltaError
      ? error
      : new AltaError(
          'internal',
          { message: error instanceof Error ? error.message : String(error) },
          { cause: error },
        );
  return { client, code: null, failure };
}

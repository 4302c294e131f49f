import type { NamedSecret } from '../../engine/edit/index.ts';
import type { Secret } from '../../engine/model/index.ts';
import { type Group, type Recipients, sealSecret } from '../../engine/secrets/index.ts';
import { realClock } from '../../providers/transport/clock.ts';

/** A secret of the client that the workspace is written for. */
export interface LabSecret {
  readonly group: Group;
  readonly name: string;
  readonly value: Secret;
}

/** Encrypts all of them for the recipients of their groups. */
export function sealAll(
  scope: string,
  secrets: readonly LabSecret[],
  recipients: Recipients,
): Promise<NamedSecret[]> {
  const now = realClock.now();
  return Promise.all(
    secrets.map(async ({ group, name, value }) => {
      const entry = await sealSecret({ scope, group, name, value, recipients, now });
      return { group, name, entry };
    }),
  );
}

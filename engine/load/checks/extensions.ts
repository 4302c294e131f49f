import { suggest } from '../suggest.ts';
import type { Finding } from '../types.ts';
import { type Check, clientOrigin, findingIn } from './context.ts';

/** Every extension names a PBX of its client, and no number stands twice in a tenant. */
export const checkExtensions: Check = (context) => {
  const { client } = context;
  const labels = Object.keys(client.data.pbx ?? {});
  const seen = new Map<string, number>();
  const findings: Finding[] = [];
  for (const [index, extension] of (client.data.extensions ?? []).entries()) {
    const { pbx, number } = extension;
    if (pbx !== undefined && client.complete && !labels.includes(pbx)) {
      findings.push(unknownPbx(context.client, pbx, ['extensions', index, 'pbx'], labels));
    }
    if (pbx === undefined || number === undefined) continue;
    const first = seen.get(`${pbx}/${number}`);
    if (first === undefined) {
      seen.set(`${pbx}/${number}`, index);
      continue;
    }
    findings.push(
      findingIn(client, 'extension-twice', { number, pbx }, ['extensions', index, 'number'], {
        first: clientOrigin(client, ['extensions', first, 'number']),
      }),
    );
  }
  return findings;
};

/** What is released is no longer declared. */
export const checkReleased: Check = ({ client }) => {
  const extensions = new Set((client.data.extensions ?? []).map(({ pbx, number }) => `${pbx}/${number}`));
  const lines = new Set(
    (client.data.devices ?? []).flatMap(({ id, accounts = [] }) =>
      accounts.map((account) => `device:${id}/${account?.line}`),
    ),
  );
  return (client.data.released ?? []).flatMap((name, index) =>
    extensions.has(name) || lines.has(name)
      ? [findingIn(client, 'released-declared', { name }, ['released', index])]
      : [],
  );
};

export function unknownPbx(
  client: Parameters<typeof findingIn>[0],
  pbx: string,
  path: Parameters<typeof findingIn>[3],
  labels: readonly string[],
): Finding {
  const meant = suggest(pbx, labels);
  return findingIn(client, 'pbx-unknown', { pbx, known: meant === null ? labels : [meant] }, path);
}

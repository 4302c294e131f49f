import { locationOf, naturalKey, whereaboutsOf } from '../../model/index.ts';
import type { WorkspaceDocument } from '../../model/input.ts';
import type { Path } from '../problem.ts';
import type { Finding, LoadedClient } from '../types.ts';
import { clientOrigin, findingIn } from './context.ts';

/** A thing of which there may be one in the whole workspace. */
interface Claim {
  readonly client: LoadedClient;
  /** Every name it goes by: one in common is enough. */
  readonly keys: readonly string[];
  readonly path: Path;
  readonly code: 'tenant-twice' | 'box-twice' | 'mac-twice';
  readonly params: Readonly<Record<string, string>>;
}

/** What may exist once in the workspace: a tenant of a platform, a stand-alone PBX, a MAC address. */
export function checkFleet(
  clients: readonly LoadedClient[],
  workspace: WorkspaceDocument,
): readonly Finding[] {
  return duplicates(clients.flatMap((client) => [...pbxClaims(client, workspace), ...macClaims(client)]));
}

function duplicates(claims: readonly Claim[]): Finding[] {
  const seen = new Map<string, Claim>();
  return claims.flatMap((claim) => {
    const first = claim.keys.map((key) => seen.get(key)).find((known) => known !== undefined);
    for (const key of claim.keys) if (!seen.has(key)) seen.set(key, claim);
    if (first === undefined) return [];
    const params = { ...claim.params, owner: first.client.id };
    return [
      findingIn(claim.client, claim.code, params, claim.path, {
        first: clientOrigin(first.client, first.path),
      }),
    ];
  });
}

/** By what state would know it, and by where it is: the same box may be declared with its serial here and without it there. */
function pbxClaims(client: LoadedClient, workspace: WorkspaceDocument): Claim[] {
  return Object.entries(client.data.pbx ?? {}).flatMap(([label, pbx]): Claim[] => {
    const at = whereaboutsOf(workspace, client, label, pbx);
    if (at === null || (at.platform !== undefined && at.tenant === undefined)) return [];
    const { url, via, tenant, driver, platform = driver } = at;
    const inPlace = url === undefined ? [] : [JSON.stringify(['box', locationOf(url, via), tenant ?? ''])];
    const keys = [`pbx ${naturalKey(at)}`, ...inPlace];
    const path = ['pbx', label];
    if (tenant !== undefined && (at.platform !== undefined || url === undefined)) {
      return [
        { client, keys, path: [...path, 'tenant'], code: 'tenant-twice', params: { platform, tenant } },
      ];
    }
    const field = url === undefined ? 'serial' : 'url';
    const params = { url: url ?? at.serial ?? label };
    return [{ client, keys, path: [...path, field], code: 'box-twice', params }];
  });
}

function macClaims(client: LoadedClient): Claim[] {
  return (client.data.devices ?? []).flatMap(({ mac }, index): Claim[] => {
    if (mac === undefined) return [];
    const key = `mac ${mac.toLowerCase().replace(/[^0-9a-f]/g, '')}`;
    return [{ client, keys: [key], path: ['devices', index, 'mac'], code: 'mac-twice', params: { mac } }];
  });
}

import type { Path } from '../problem.ts';
import type { Finding, LoadedClient } from '../types.ts';
import { clientOrigin, findingIn } from './context.ts';

/** A thing of which there may be one in the whole workspace. */
interface Claim {
  readonly client: LoadedClient;
  readonly key: string;
  readonly path: Path;
  readonly code: 'tenant-twice' | 'box-twice' | 'mac-twice';
  readonly params: Readonly<Record<string, string>>;
}

/** What may exist once in the workspace: a tenant of a platform, a stand-alone PBX, a MAC address. */
export function checkFleet(clients: readonly LoadedClient[]): readonly Finding[] {
  const claims = clients.flatMap((client) => [...pbxClaims(client), ...macClaims(client)]);
  return duplicates(claims);
}

function duplicates(claims: readonly Claim[]): Finding[] {
  const seen = new Map<string, Claim>();
  return claims.flatMap((claim) => {
    const first = seen.get(claim.key);
    if (first === undefined) {
      seen.set(claim.key, claim);
      return [];
    }
    const params = { ...claim.params, owner: first.client.id };
    return [
      findingIn(claim.client, claim.code, params, claim.path, {
        first: clientOrigin(first.client, first.path),
      }),
    ];
  });
}

function pbxClaims(client: LoadedClient): Claim[] {
  return Object.entries(client.data.pbx ?? {}).flatMap(([label, { platform, tenant, url }]): Claim[] => {
    const path = ['pbx', label];
    if (platform !== undefined && tenant !== undefined) {
      const key = JSON.stringify(['tenant', platform, tenant]);
      return [{ client, key, path: [...path, 'tenant'], code: 'tenant-twice', params: { platform, tenant } }];
    }
    if (platform !== undefined || url === undefined) return [];
    const key = JSON.stringify(['box', originText(url), tenant ?? '']);
    return [{ client, key, path: [...path, 'url'], code: 'box-twice', params: { url } }];
  });
}

function originText(url: string): string {
  return URL.canParse(url) ? `${new URL(url).protocol}//${new URL(url).host}` : url;
}

function macClaims(client: LoadedClient): Claim[] {
  return (client.data.devices ?? []).flatMap(({ mac }, index): Claim[] => {
    if (mac === undefined) return [];
    const key = `mac ${mac.toLowerCase().replace(/[^0-9a-f]/g, '')}`;
    return [{ client, key, path: ['devices', index, 'mac'], code: 'mac-twice', params: { mac } }];
  });
}

import { setIn } from '../../edit/index.ts';
import { canonicalJson, type Target } from '../../model/index.ts';
import type { Workspace } from '../workspace/workspace.ts';

/** Where the `tls` block of a target stands, or would stand. */
export interface TlsPlace {
  readonly kind: 'client' | 'workspace';
  readonly filename: string;
  readonly path: readonly (string | number)[];
  /** There is a block, whose other lines stay. */
  readonly exists: boolean;
}

/** Targets that are reached in one way and declared trustworthy in one place: what is looked at once. */
export interface Sight {
  readonly targets: readonly [Target, ...Target[]];
  readonly place: TlsPlace;
}

/** Every https endpoint of targets that are not left to a person, each once. */
export function sightsOf(workspace: Workspace, targets: readonly Target[]): readonly Sight[] {
  const sights = new Map<string, Sight>();
  for (const target of targets) {
    const { endpoint } = target;
    if (endpoint === null || target.mode === 'guided' || !/^https:/i.test(endpoint.url)) continue;
    const place = tlsPlace(workspace, target);
    const key = canonicalJson([endpoint.url, endpoint.via ?? null, keyOfPlace(place)]);
    const known = sights.get(key);
    sights.set(key, { targets: known === undefined ? [target] : [...known.targets, target], place });
  }
  return [...sights.values()];
}

export function keyOfPlace({ filename, path }: TlsPlace): string {
  return canonicalJson([filename, path]);
}

/** A platform's url is trusted in alta.yaml; whoever has a url or a `tls` of their own, in their own file. */
function tlsPlace(workspace: Workspace, target: Target): TlsPlace {
  const { platform, origin, label, kind } = target;
  const data = workspace.loaded.clients.find((client) => client.id === target.client)?.data;
  const device = (data?.devices ?? []).find((one) => one.id === label);
  const own = kind === 'pbx' ? data?.pbx?.[label] : { url: device?.address, tls: device?.tls };
  if (platform === undefined || own?.url !== undefined || own?.tls !== undefined) {
    const path = [...origin.path, 'tls'];
    return { kind: 'client', filename: origin.filename, path, exists: own?.tls !== undefined };
  }
  const exists = workspace.loaded.workspace.platforms?.[platform]?.tls !== undefined;
  return { kind: 'workspace', filename: 'alta.yaml', path: ['platforms', platform, 'tls'], exists };
}

/** The file with these pins. A new block takes over what held for the target so far: it replaces an inherited one as a whole. */
export function withPins(text: string, { targets: [target], place }: Sight, pins: readonly string[]): string {
  const { kind, path, exists } = place;
  if (exists) return setIn(kind, text, [...path, 'pins'], pins);
  return setIn(kind, text, path, { ...target.endpoint?.tls, pins });
}

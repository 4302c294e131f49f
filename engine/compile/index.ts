import { type Desired, resourceAddress, type Target, targetAddress } from '../model/index.ts';
import { compileAccounts } from './account.ts';
import { compileDevices } from './device.ts';
import { compileExtensions } from './extension.ts';
import type { ClientSource, CompileInput } from './source.ts';
import { compileTargets } from './target.ts';

export { usualAccount } from './account.ts';
export * from './source.ts';

/** What the YAML of one client comes to. */
export interface Compiled {
  readonly client: string;
  readonly status: 'activo' | 'baja';
  readonly targets: readonly Target[];
  readonly desired: readonly Desired[];
  /** Addresses listed under `released`. */
  readonly released: ReadonlySet<string>;
  /** Address → what refers to it: a referenced extension is not deleted. */
  readonly referenced: ReadonlyMap<string, string>;
}

/** YAML → desired resources. Pure. A client with `status: baja` desires nothing: everything of theirs is removed. */
export function compile(input: CompileInput): Compiled {
  const { client } = input;
  const boxes = compileTargets(input);
  const targets = [...boxes, ...devicesOf(input)];
  const status = client.data.client?.status ?? 'activo';
  const extensions = status === 'baja' ? [] : compileExtensions(input, boxes);
  const desired = [...extensions, ...compileAccounts(input, targets, extensions)];
  return {
    client: client.id,
    status,
    targets,
    desired,
    released: new Set((client.data.released ?? []).map((entry) => releasedAddress(client.id, entry))),
    referenced: status === 'baja' ? new Map() : references(client),
  };
}

/** A device that no driver of this build knows can only be set up by hand; loading has said so. */
function devicesOf({ workspace, client, built }: CompileInput): readonly Target[] {
  return compileDevices(workspace, client).filter(({ driver, mode }) => mode === 'guided' || built(driver));
}

/** `main/110` → `acme/pbx:main/extension:110`; `device:recepcion/1` → `acme/device:recepcion/account:1`. */
function releasedAddress(client: string, entry: string): string {
  const slash = entry.lastIndexOf('/');
  const [owner, key] = [entry.slice(0, slash), entry.slice(slash + 1)];
  if (!owner.startsWith('device:')) {
    return resourceAddress(targetAddress(client, 'pbx', owner), 'extension', key);
  }
  return resourceAddress(targetAddress(client, 'device', owner.slice('device:'.length)), 'account', key);
}

/** Call flows name the extensions they must reach. */
function references(client: ClientSource): ReadonlyMap<string, string> {
  const flows = client.data.checks?.callFlows ?? [];
  return new Map(
    flows.flatMap((flow) =>
      flow.reaches.map((number) => {
        const address = resourceAddress(targetAddress(client.id, 'pbx', flow.pbx), 'extension', number);
        return [address, `checks.callFlows: ${flow.name}`] as const;
      }),
    ),
  );
}

import {
  AltaError,
  type Change,
  type Desired,
  type Kind,
  type Secret,
  type SecretState,
} from '../../engine/model/index.ts';
import { rotates } from '../../engine/plan/index.ts';
import { madeUp } from '../../engine/run/apply/made-up.ts';
import { proveSecrets } from '../../engine/run/apply/prove.ts';
import { knownOf } from '../../engine/run/targets/known.ts';
import type { Vault } from '../../engine/secrets/index.ts';
import { type Instance, placeOf } from './instance.ts';
import type { Situation } from './situation.ts';

type Given = Readonly<Record<string, Secret>>;

/** The vault of an apply: what is written into targets opens, each value in the very call that sends it. */
export async function applyVault({ hub }: Instance): Promise<Vault> {
  const values = await hub.values();
  const { canOpen, open, resolve } = values;
  return { ...hub.workspace.vault, canOpen, open, resolve };
}

/**
 * Secrets of a write that no vault holds: those that stand in the configuration, those that a PBX makes up, those that it shows.
 * @throws AltaError `secret-not-shown`: nothing was sent
 */
export async function givenSecrets(instance: Instance, situation: Situation, change: Change): Promise<Given> {
  const { desired, driver, sight, given } = situation;
  const can = sight.view.reading?.can;
  const made = can === undefined ? {} : madeUp(change, desired, driver, can);
  return { ...sentBy(change, given), ...made, ...(await shownByPbx(instance, change, desired)) };
}

/** Of what stands in the configuration, only what this change writes. */
function sentBy({ fields }: Change, given: Given): Given {
  const sent = new Set(fields.flatMap(({ field, sensitive }) => (sensitive ? [field] : [])));
  return Object.fromEntries(Object.entries(given).filter(([field]) => sent.has(field)));
}

async function shownByPbx(instance: Instance, change: Change, desired: Desired): Promise<Given> {
  const wanted = change.fields.filter(
    ({ field, sensitive }) =>
      sensitive && desired.kind === 'account' && desired.secrets[field]?.source === 'pbx',
  );
  const [on] = desired.dependsOn;
  if (wanted.length === 0) return {};
  const secret = on === undefined ? undefined : await readSecret(instance, on);
  if (secret === undefined) {
    throw new AltaError(
      'secret-not-shown',
      { address: desired.address, on: on ?? '-' },
      { written: 'nothing' },
    );
  }
  return Object.fromEntries(wanted.map(({ field }) => [field, secret]));
}

async function readSecret(instance: Instance, extension: string): Promise<Secret | undefined> {
  const { target, driver } = placeOf(instance, extension.slice(0, extension.lastIndexOf('/')));
  const { alone } = instance.hub;
  const key = extension.slice(extension.lastIndexOf(':') + 1);
  const { resources } = await alone(target, async () => {
    const session = await instance.hub.enter({ target, driver });
    return session.read({ kinds: ['extension'], keys: [key] });
  });
  return resources.find((one) => one.kind === ('extension' satisfies Kind) && one.key === key)?.secrets.sip;
}

/**
 * A secret that phones use changes only where each of them would take the new one now.
 * @throws AltaError why one would not: nothing was sent
 */
export async function preflight(instance: Instance, change: Change): Promise<void> {
  if (!rotates(change)) return;
  const { compiled, hub } = instance;
  const phones = compiled.desired.filter(
    ({ kind, dependsOn, secrets }) =>
      kind === 'account' && dependsOn.includes(change.address) && secrets.password !== undefined,
  );
  for (const { address } of phones) {
    const device = compiled.targets.find((one) => address.startsWith(`${one.address}/`));
    if (device === undefined || device.mode === 'guided' || device.publication !== undefined) continue;
    const { target, driver } = placeOf(instance, device.address);
    await hub.alone(target, async () => {
      await hub.sessions.leave(target, 'read');
      const session = await hub.enter({ target, driver });
      try {
        await session.ready?.();
      } finally {
        await hub.free(target, 'write');
      }
    });
  }
}

/** Secrets of something taken over that prove to be the declared ones, where the target shows them. Nothing is sent. */
export async function provenSecrets(
  instance: Instance,
  { input, target, id }: Situation,
): Promise<Readonly<Record<string, SecretState>>> {
  const workspace = { ...instance.hub.workspace, vault: await applyVault(instance) };
  const compiled = { ...instance.compiled, targets: [target] };
  const nothing = { outcomes: new Map(), lanes: [], rereads: new Map() };
  const proven = await proveSecrets(workspace, { compiled, input, open: [] }, nothing, knownOf(input));
  return proven[id] ?? {};
}

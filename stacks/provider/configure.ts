import { existsSync } from 'node:fs';
import { isAbsolute, join, resolve } from 'node:path';
import {
  AltaError,
  type Code,
  type Diagnostic,
  type Kind,
  type Lang,
  type Params,
  type Target,
  warningDiagnostic,
} from '../../engine/model/index.ts';
import { type Call, type Configured, type Remark, unknown, type ValueObject } from '../plugin/contract.ts';
import type { ResourceShape } from '../schema/resource.ts';
import { openClaims } from './claims.ts';
import { textIn } from './desired.ts';
import { openDues } from './dues.ts';
import { type Hub, problemsOf, type Surroundings } from './hub.ts';
import type { Hubs } from './hubs.ts';
import type { Instance } from './instance.ts';
import { createPuts } from './puts.ts';
import { createReadings } from './readings.ts';
import { remarkOf, remarkOfError } from './remark.ts';

/** The first version whose write-only values stay out of its state. OpenTofu counts alike. */
const oldest = { major: 1, minor: 11 } as const;

/** A provider configuration becomes an instance: one client of one workspace. All that is wrong is said at once. */
export async function configure(
  hubs: Hubs,
  shapes: Readonly<Record<Kind, ResourceShape>>,
  surroundings: Surroundings,
  config: ValueObject,
  { terraformVersion }: Call,
): Promise<Configured<Instance>> {
  const { lang } = surroundings;
  try {
    refuseOld(terraformVersion);
    refuseUnknown(config);
    const root = rootOf(config, surroundings);
    const hub = await hubs.take(root);
    const made = instanceOf(hub, shapes, config, surroundings);
    if (made.instance === null) await hubs.give(hub);
    return made;
  } catch (error) {
    if (!(error instanceof AltaError)) throw error;
    return { instance: null, remarks: [remarkOfError(error, lang, undefined)] };
  }
}

/** @throws AltaError `terraform-too-old` */
function refuseOld(version: string): void {
  const [, major = '0', minor = '0'] = /^(\d+)\.(\d+)/.exec(version) ?? [];
  const late =
    Number(major) > oldest.major || (Number(major) === oldest.major && Number(minor) >= oldest.minor);
  if (!late)
    throw new AltaError('terraform-too-old', {
      found: version || '?',
      needed: `${oldest.major}.${oldest.minor}`,
    });
}

/** @throws AltaError `provider-argument-unknown` */
function refuseUnknown(config: ValueObject): void {
  const field = ['client', 'workspace', 'recreate'].find((name) => config[name] === unknown);
  if (field !== undefined) throw new AltaError('provider-argument-unknown', { field });
}

/** @throws AltaError `provider-no-workspace`, `provider-relative-workspace`, `not-a-workspace` */
function rootOf(config: ValueObject, { workspace }: Surroundings): string {
  const root = textIn(config, 'workspace') ?? workspace;
  if (root === null) throw new AltaError('provider-no-workspace');
  if (!isAbsolute(root))
    throw new AltaError('provider-relative-workspace', { workspace: root, field: 'workspace' });
  if (!existsSync(join(root, 'alta.yaml'))) throw new AltaError('not-a-workspace', { folder: root });
  return resolve(root);
}

function instanceOf(
  hub: Hub,
  shapes: Readonly<Record<Kind, ResourceShape>>,
  config: ValueObject,
  { lang, env }: Surroundings,
): Configured<Instance> {
  const client = textIn(config, 'client') ?? '';
  const { workspace } = hub;
  const problems = problemsOf(workspace, client).map((one) => remarkOf(one, lang));
  if (problems.length > 0) return { instance: null, remarks: problems };
  const compiled = workspace.compiled.find((one) => one.client === client);
  const owner = workspace.loaded.clients.find(({ id }) => id === client)?.data.engine ?? 'alta';
  if (compiled === undefined) {
    const known = workspace.compiled.map((one) => one.client);
    return refused('unknown-client', { client, known }, lang);
  }
  if (owner !== 'terraform') return refused('engine-alta', { client }, lang);
  const readings = createReadings(hub);
  const instance: Instance = {
    hub,
    client,
    compiled,
    readings,
    claims: openClaims(hub.context.root, client),
    shapes,
    lang,
    recreate: config.recreate === true || env.ALTA_RECREATE === 'true',
    dues: openDues(hub.context.root, client),
    puts: createPuts(hub.context.clock),
    made: new Set(),
    planned: new Map(),
    leave: hub.watch(readings),
  };
  return { instance, remarks: insecureIn(compiled.targets).map((one) => remarkOf(one, lang)) };
}

function refused(code: Code, params: Params, lang: Lang): Configured<Instance> {
  const remark: Remark = { ...remarkOfError(new AltaError(code, params), lang, undefined), path: ['client'] };
  return { instance: null, remarks: [remark] };
}

/** The declared reasons for plain http: every plan shows them. */
function insecureIn(targets: readonly Target[]): readonly Diagnostic[] {
  return targets.flatMap(({ address, endpoint }) => {
    const reason = endpoint?.insecure;
    return reason === undefined
      ? []
      : [warningDiagnostic('provider-insecure', { target: address, reason }, { address })];
  });
}

import { type Desired, resourceAddress, type SecretMarker, type Target } from '../model/index.ts';
import type { Extension, ExtensionDefaults, NumberFormat, Policy } from '../model/input.ts';
import { adoptOf } from './adopt.ts';
import { formatNumber } from './number.ts';
import { type Said, saidIn } from './said.ts';
import { type CompileInput, type MarkerSource, workspaceScope } from './source.ts';
import { effectivePbx } from './target.ts';

/** Fields of the YAML that are not values of the extension itself. */
const notValues = new Set(['pbx', 'secrets', 'protect', 'adopt']);

/** What all extensions of one PBX share. */
interface Home {
  readonly target: Target;
  /** Policy defaults that the driver has a field for. */
  readonly defaults: ExtensionDefaults;
  /** Policy defaults for where secrets come from. */
  readonly secrets: NonNullable<Extension['secrets']>;
  readonly emailPattern: string | undefined;
  readonly numberFormat: NumberFormat | undefined;
}

/** The extensions of one client as desired resources, in the order of the files. */
export function compileExtensions(input: CompileInput, targets: readonly Target[]): readonly Desired[] {
  const homes = new Map(targets.map((target) => [target.label, homeOf(input, target)]));
  return (input.client.data.extensions ?? []).flatMap((extension, index) => {
    const home = homes.get(extension.pbx);
    return home === undefined ? [] : [compileExtension(input, home, extension, index)];
  });
}

function homeOf(input: CompileInput, target: Target): Home {
  const policies = policiesFor(input, target.label);
  const pbx = input.client.data.pbx?.[target.label];
  const defaults = Object.assign({}, ...policies.map((policy) => policy.extensions ?? {}));
  const supported = Object.entries(defaults).filter(([field]) =>
    input.supports(target.driver, 'extension', field),
  );
  return {
    target,
    defaults: Object.fromEntries(supported),
    secrets: Object.assign({}, ...policies.map((policy) => policy.extensions?.secrets ?? {})),
    emailPattern: policies.findLast((policy) => policy.emailPattern !== undefined)?.emailPattern,
    numberFormat: pbx === undefined ? undefined : effectivePbx(input.workspace, pbx).numberFormat,
  };
}

/** Weakest first: workspace, platform, client, PBX. */
function policiesFor(input: CompileInput, label: string): readonly Policy[] {
  const { workspace, client } = input;
  const pbx = client.data.pbx?.[label];
  const platform = pbx?.platform === undefined ? undefined : workspace.platforms?.[pbx.platform];
  return [workspace.policy, platform?.policy, client.data.policy, pbx?.policy].filter((p) => p !== undefined);
}

function compileExtension(input: CompileInput, home: Home, extension: Extension, index: number): Desired {
  return {
    address: resourceAddress(home.target.address, 'extension', extension.number),
    kind: 'extension',
    key: extension.number,
    ...valuesOf(input, home, extension),
    secrets: secretsOf(input, home, extension),
    references: {},
    dependsOn: [],
    protect: extension.protect === true,
    adopt: adoptOf(extension.adopt),
    origin: input.client.origin(['extensions', index]),
  };
}

/** Declared values over policy defaults. `null` opts out of a default: the field is not managed. */
function valuesOf(input: CompileInput, home: Home, extension: Extension): Said {
  const merged = { ...emailFrom(input, home, extension), ...home.defaults, ...extension };
  const said = saidIn(Object.entries(merged).filter(([field]) => !notValues.has(field)));
  const { callerId } = said.values;
  if (callerId === undefined) return said;
  return { ...said, values: { ...said.values, callerId: formatNumber(String(callerId), home.numberFormat) } };
}

function emailFrom(input: CompileInput, { emailPattern }: Home, extension: Extension): { email?: string } {
  if (emailPattern === undefined) return {};
  const parts: Record<string, string> = {
    number: extension.number,
    client: input.client.id,
    pbx: extension.pbx,
  };
  return { email: emailPattern.replace(/\{(\w+)\}/g, (whole, name: string) => parts[name] ?? whole) };
}

const secretFields = ['sip', 'portal', 'pin'] as const;

/** By convention a secret is managed as soon as secrets.yaml holds it; `secrets:` says otherwise. */
function secretsOf(input: CompileInput, home: Home, extension: Extension): Record<string, SecretMarker> {
  const declared = { ...home.secrets, ...extension.secrets };
  const entries = secretFields.flatMap((field): [string, SecretMarker][] => {
    const conventional = `extensions/${extension.pbx}/${extension.number}/${field}`;
    const source = declared[field];
    if (source === undefined) {
      const held = input.client.secrets?.values?.[conventional] !== undefined;
      return held ? [[field, marked(input, { secret: conventional, scope: input.client.id })]] : [];
    }
    if ('source' in source && source.source !== undefined) {
      if (source.source !== 'declared')
        return [[field, { name: conventional, source: source.source, marker: null }]];
      return [[field, marked(input, { secret: conventional, scope: input.client.id })]];
    }
    return [[field, marked(input, referenceOf(source, input.client.id))]];
  });
  return Object.fromEntries(entries);
}

function marked(input: CompileInput, source: MarkerSource): SecretMarker {
  const name =
    'secret' in source ? source.secret : 'env' in source ? `env:${source.env}` : `file:${source.file}`;
  return { name, source: 'declared', marker: input.marker(source) };
}

function referenceOf(source: object, scope: string): MarkerSource {
  if ('secret' in source) return { secret: String(source.secret), scope };
  if ('env' in source) return { env: String(source.env) };
  if ('file' in source) return { file: String(source.file) };
  return { secret: '', scope: workspaceScope };
}

import { type TerraformMetaArguments, TerraformResource } from 'cdktf';
import type { Construct } from 'constructs';
import { attributeName } from '../name.ts';
import type { AccountArguments, ExtensionArguments } from './arguments.ts';

/** Type and arguments of a resource as Terraform spells them. */
export interface AltaBlock {
  readonly type: 'alta_extension' | 'alta_account';
  readonly arguments: Readonly<Record<string, unknown>>;
}

/**
 * A resource of the provider `alta`, with arguments in Terraform's own spelling. What replaces another is made before the other goes, and
 * what something leant on goes only after that leans on what replaces it (`create_before_destroy`, which Terraform keeps in its state for
 * that): a phone is told of its new extension before the old one is deleted.
 */
export class AltaResource extends TerraformResource {
  readonly #arguments: AltaBlock['arguments'];

  constructor(
    scope: Construct,
    id: string,
    { type, arguments: given }: AltaBlock,
    meta: TerraformMetaArguments,
  ) {
    super(scope, id, {
      ...meta,
      lifecycle: { createBeforeDestroy: true, ...meta.lifecycle },
      terraformResourceType: type,
      terraformGeneratorMetadata: { providerName: 'alta' },
    });
    this.#arguments = given;
  }

  /** The natural key: what an import takes. */
  get naturalKey(): string {
    return this.getStringAttribute('id');
  }

  protected override synthesizeAttributes(): Record<string, unknown> {
    return { ...this.#arguments };
  }
}

/** An extension on a PBX. */
export class AltaExtension extends AltaResource {
  static readonly tfResourceType = 'alta_extension';

  constructor(scope: Construct, id: string, config: ExtensionArguments & TerraformMetaArguments) {
    super(scope, id, { type: 'alta_extension', arguments: argumentsIn(config) }, metaIn(config));
  }

  /** What a phone registers with; known after apply where it is not declared. */
  get registrationName(): string {
    return this.getStringAttribute('registration_name');
  }
}

/** One SIP identity on a device, in one line. */
export class AltaAccount extends AltaResource {
  static readonly tfResourceType = 'alta_account';

  constructor(scope: Construct, id: string, config: AccountArguments & TerraformMetaArguments) {
    super(scope, id, { type: 'alta_account', arguments: argumentsIn(config) }, metaIn(config));
  }
}

const metaNames = [
  'dependsOn',
  'count',
  'provider',
  'lifecycle',
  'forEach',
  'provisioners',
  'connection',
] as const satisfies readonly (keyof TerraformMetaArguments)[];

function metaIn(config: TerraformMetaArguments): TerraformMetaArguments {
  return Object.fromEntries(
    metaNames.flatMap((name) => (config[name] === undefined ? [] : [[name, config[name]]])),
  );
}

/** `leave` names arguments, in their own spelling. */
function argumentsIn(config: object): Readonly<Record<string, unknown>> {
  const meta: ReadonlySet<string> = new Set(metaNames);
  const own = Object.entries(config).filter(([name, value]) => !meta.has(name) && value !== undefined);
  return Object.fromEntries(
    own.map(([name, value]) => [
      attributeName(name),
      name === 'leave' && Array.isArray(value) ? value.map(String).map(attributeName) : value,
    ]),
  );
}

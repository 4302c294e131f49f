import { provider, resource } from '@cdktf/provider-null';
import {
  App,
  LocalBackend,
  type TerraformResourceConfig,
  TerraformProvider,
  TerraformResource,
  TerraformStack,
} from 'cdktf';
import type { Construct } from 'constructs';
import type { Argument, ClientStack, StackResource } from './model.ts';

/**
 * The source address of the provider that serves the drivers. It has a host of its own, so that Terraform and OpenTofu
 * mean the same by it and neither looks for it anywhere; without a version, since the build that synthesises is the
 * build that serves.
 */
export const providerSource = 'terraform.local/alta/alta';

/** `hashicorp/null` is found by Terraform and OpenTofu alike; the package's own short `null` is not. */
const nullSource = 'hashicorp/null';

/** The provider of one client's stack. It answers for that client only. */
class AltaProvider extends TerraformProvider {
  readonly #client: string;

  constructor(scope: Construct, client: string) {
    super(scope, 'alta', {
      terraformResourceType: 'alta',
      terraformGeneratorMetadata: { providerName: 'alta' },
      terraformProviderSource: providerSource,
    });
    this.#client = client;
  }

  protected override synthesizeAttributes(): Record<string, unknown> {
    return { client: this.#client };
  }
}

/** An `alta_extension` or `alta_account`. */
class AltaResource extends TerraformResource {
  readonly #arguments: Readonly<Record<string, Argument>>;

  constructor(scope: Construct, block: StackResource) {
    super(scope, blockId(block), {
      terraformResourceType: block.type,
      terraformGeneratorMetadata: { providerName: 'alta' },
      ...lifecycleOf(block),
    });
    this.#arguments = block.arguments;
    this.dependsOn = dependenciesOf(block);
    this.overrideLogicalId(block.name);
  }

  protected override synthesizeAttributes(): Record<string, unknown> {
    return this.#arguments;
  }
}

/**
 * Writes the stacks with cdktf: `<outdir>/manifest.json` and `<outdir>/stacks/<client>/cdk.tf.json`. Needs neither network
 * nor Terraform.
 *
 * @param statePath path of a client's Terraform state, relative to the folder of its stack
 */
export function writeStacks(
  stacks: readonly ClientStack[],
  outdir: string,
  statePath: (client: string) => string,
): void {
  const app = new App({ outdir, stackTraces: false });
  for (const stack of stacks) buildStack(app, stack, statePath(stack.client));
  app.synth();
}

function buildStack(app: App, { client, resources }: ClientStack, statePath: string): void {
  const stack = new TerraformStack(app, client);
  new LocalBackend(stack, { path: statePath });
  new AltaProvider(stack, client);
  if (resources.some(({ type }) => type === 'null_resource')) {
    new provider.NullProvider(stack, 'null');
    stack.addOverride('terraform.required_providers.null.source', nullSource);
  }
  for (const block of resources) {
    if (block.type === 'null_resource') addManualStep(stack, block);
    else new AltaResource(stack, block);
  }
}

function addManualStep(stack: TerraformStack, block: StackResource): void {
  const step = new resource.Resource(stack, blockId(block), lifecycleOf(block));
  step.addOverride('triggers', block.arguments.triggers);
  step.dependsOn = dependenciesOf(block);
  step.overrideLogicalId(block.name);
}

/** The id within the stack; the name in Terraform is the block's own, so that addresses stay readable. */
function blockId({ type, name }: StackResource): string {
  return `${type}.${name}`;
}

/** Undefined where there are none: an empty list would be written out. */
function dependenciesOf({ dependsOn }: StackResource): string[] {
  return [...dependsOn];
}

function lifecycleOf({ protect }: StackResource): Pick<TerraformResourceConfig, 'lifecycle'> {
  return protect ? { lifecycle: { preventDestroy: true } } : {};
}

import { provider, resource } from '@cdktf/provider-null';
import { App, LocalBackend, TerraformProvider, TerraformResource, TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import type { ClientStack, ProvidedResource, StackResource } from './model.ts';

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
  readonly #arguments: ProvidedResource['arguments'];

  constructor(scope: Construct, block: ProvidedResource) {
    super(scope, blockId(block), {
      terraformResourceType: block.type,
      terraformGeneratorMetadata: { providerName: 'alta' },
      ...(block.protect ? { lifecycle: { preventDestroy: true } } : {}),
    });
    this.#arguments = block.arguments;
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
  // Also where no block needs it now: what the state still holds is destroyed through it.
  new AltaProvider(stack, client);
  if (resources.some(({ type }) => type === 'null_resource')) {
    new provider.NullProvider(stack, 'null');
    stack.addOverride('terraform.required_providers.null.source', nullSource);
  }
  for (const block of resources) addBlock(stack, block);
}

function addBlock(stack: TerraformStack, block: StackResource): void {
  const element =
    block.type === 'null_resource'
      ? new resource.Resource(stack, blockId(block), { triggers: block.triggers })
      : new AltaResource(stack, block);
  element.overrideLogicalId(block.name);
  // An empty list would be written out.
  if (block.dependsOn.length > 0) element.dependsOn = [...block.dependsOn];
}

/** The id within the stack; the name in Terraform is the block's own, so that addresses stay readable. */
function blockId({ type, name }: StackResource): string {
  return `${type}.${name}`;
}

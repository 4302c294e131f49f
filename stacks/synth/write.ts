import { provider, resource } from '@cdktf/provider-null';
import { App, DataTerraformRemoteState, TerraformBackend, TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import { AltaProvider } from '../constructs/provider.ts';
import { AltaResource } from '../constructs/resource.ts';
import type { Backend, ClientStack, HandOffBlock, ProvidedBlock, Reminder, StackBlock } from './model.ts';
import { literal } from './template.ts';

/** `hashicorp/null` is found by Terraform and OpenTofu alike; the package's own short `null` is not. */
const nullSource = 'hashicorp/null';

/**
 * Writes the stacks with cdktf: `<outdir>/manifest.json` and `<outdir>/stacks/<client>/cdk.tf.json`. Needs neither network nor Terraform:
 * what cdktf would ask `terraform version` for (`cloud`, moves, imports) is written without its classes for it.
 */
export function writeStacks(stacks: readonly ClientStack[], outdir: string): void {
  const app = new App({ outdir, stackTraces: false });
  for (const stack of stacks) buildStack(app, stack);
  app.synth();
}

function buildStack(app: App, { client, backend, blocks, ...rest }: ClientStack): void {
  const stack = new TerraformStack(app, client);
  new StateBackend(stack, backend);
  // Also where no block needs it now: what the state still holds is destroyed through it.
  new AltaProvider(stack, 'alta', { client });
  if (blocks.some(({ type }) => type === 'null_resource')) {
    new provider.NullProvider(stack, 'null');
    stack.addOverride('terraform.required_providers.null.source', nullSource);
  }
  for (const block of blocks) addBlock(stack, block);
  if (rest.moved.length > 0) stack.addOverride('moved', rest.moved);
  if (rest.imports.length > 0) stack.addOverride('import', rest.imports);
  if (rest.removed.length > 0) stack.addOverride('removed', rest.removed.map(forgotten));
  if (rest.reminders.length > 0) remind(stack, rest.reminders);
}

/** Any backend, by its name and settings. */
class StateBackend extends TerraformBackend {
  readonly #backend: Backend;

  constructor(scope: Construct, backend: Backend) {
    super(scope, 'backend', backend.name);
    this.#backend = backend;
  }

  override toTerraform(): unknown {
    const { name, settings } = this.#backend;
    return { terraform: name === 'cloud' ? { cloud: settings } : { backend: { [name]: settings } } };
  }

  override getRemoteStateDataSource(): never {
    throw new TypeError(`stacks of ${DataTerraformRemoteState.name} refer to nothing in each other`);
  }
}

function addBlock(stack: TerraformStack, block: StackBlock): void {
  const element = block.type === 'null_resource' ? handOff(stack, block) : provided(stack, block);
  element.overrideLogicalId(block.name);
  // An empty list would be written out.
  if (block.dependsOn.length > 0) element.dependsOn = [...block.dependsOn];
}

function handOff(stack: TerraformStack, block: HandOffBlock): resource.Resource {
  const { triggers, command } = block;
  return new resource.Resource(stack, blockId(block), {
    triggers,
    ...(command === undefined ? {} : { provisioners: [{ type: 'local-exec', command }] }),
  });
}

function provided(stack: TerraformStack, block: ProvidedBlock): AltaResource {
  const lifecycle = {
    ...(block.protect ? { preventDestroy: true } : {}),
    ...(block.frozen ? { ignoreChanges: 'all' as const } : {}),
  };
  return new AltaResource(stack, blockId(block), block, { lifecycle });
}

/** A check must refer to something: to what nobody has vouched for. */
function remind(stack: TerraformStack, reminders: readonly Reminder[]): void {
  stack.addOverride('locals', {
    vouched_for: Object.fromEntries(reminders.map(({ name }) => [name, false])),
  });
  const checks = reminders.map(({ name, message }) => {
    const assert = { condition: `\${local.vouched_for["${name}"]}`, error_message: literal(message) };
    return [name, { assert: [assert] }] as const;
  });
  stack.addOverride('check', Object.fromEntries(checks));
}

function forgotten(from: string): object {
  return { from, lifecycle: { destroy: false } };
}

/** The id within the stack; the name in Terraform is the block's own, so that addresses stay readable. */
function blockId({ type, name }: StackBlock): string {
  return `${type}.${name}`;
}

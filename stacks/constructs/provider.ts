import { TerraformProvider } from 'cdktf';
import type { Construct } from 'constructs';
import type { ProviderArguments } from './arguments.ts';

/**
 * The source address of the provider that serves the drivers. It has a host of its own, so that Terraform and OpenTofu
 * mean the same by it and neither looks for it anywhere; without a version, since the build that synthesises is the
 * build that serves.
 */
export const providerSource = 'terraform.local/alta/alta';

/** The provider `alta`, for one client of a workspace. */
export class AltaProvider extends TerraformProvider {
  readonly #arguments: Omit<ProviderArguments, 'alias'>;
  readonly #alias: string | undefined;

  constructor(scope: Construct, id: string, { alias, ...given }: ProviderArguments) {
    super(scope, id, {
      terraformResourceType: 'alta',
      terraformGeneratorMetadata: { providerName: 'alta' },
      terraformProviderSource: providerSource,
    });
    this.#arguments = given;
    this.#alias = alias;
  }

  override get alias(): string | undefined {
    return this.#alias;
  }

  protected override synthesizeAttributes(): Record<string, unknown> {
    return { ...this.#arguments };
  }
}

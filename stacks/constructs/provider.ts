import { TerraformProvider } from 'cdktf';
import type { Construct } from 'constructs';
import { providerAddress } from '../address.ts';
import type { ProviderArguments } from './arguments.ts';

/** The provider `alta`, for one client of a workspace. It has no version, since the build that synthesises is the build that serves. */
export class AltaProvider extends TerraformProvider {
  readonly #arguments: Omit<ProviderArguments, 'alias'>;
  readonly #alias: string | undefined;

  constructor(scope: Construct, id: string, { alias, ...given }: ProviderArguments) {
    super(scope, id, {
      terraformResourceType: 'alta',
      terraformGeneratorMetadata: { providerName: 'alta' },
      terraformProviderSource: providerAddress,
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

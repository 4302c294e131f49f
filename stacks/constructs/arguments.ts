import type { Account, Extension } from '../../engine/model/input.ts';

/** Where a secret comes from: an entry of the client's secrets.yaml, a variable or file that alta.yaml lists, the PBX itself, or nobody. */
export type SecretSource = `secret:${string}` | `env:${string}` | `file:${string}` | 'pbx' | 'unmanaged';

/** The plain values of a thing of the YAML; what is not given is not managed. `null`, which the YAML has for "left alone", is `leave` here. */
type Values<T, Other extends keyof T> = {
  readonly [Field in Exclude<keyof T, Other>]?: Exclude<T[Field], null | undefined>;
};

/** `sip` → `sipSecret`, `sipSecretVersion`, `sipSecretWo`. */
type Secrets<Field extends string> = {
  readonly [Name in `${Field}Secret`]?: SecretSource;
} & {
  /** Another version writes the secret again. `Wo`: the secret itself, from an ephemeral value; never stored. */
  readonly [Name in `${Field}Secret${'Version' | 'Wo'}`]?: string;
};

type ExtensionOther = 'pbx' | 'number' | 'secrets' | 'protect' | 'adopt';
type AccountOther = 'line' | 'extension' | 'network' | 'protect' | 'adopt';

interface Common<Field> {
  /** Address of the PBX or device in the workspace: `acme/pbx:main`. */
  readonly target: string;
  /** Arguments that are left alone although they were managed before: nothing is reset. */
  readonly leave?: readonly Field[];
  /** Never deleted nor replaced while true. */
  readonly protect?: boolean;
  /** Take over what is there already, `secrets`: its secrets too. Default: what is there and differs is an error. */
  readonly adopt?: 'values' | 'secrets';
}

/** Arguments of `alta_extension`, from the JSON Schema of the client's files. A wrong one is a compile error. */
export type ExtensionArguments = Values<Extension, ExtensionOther> &
  Secrets<'sip' | 'portal' | 'pin'> &
  Common<Exclude<keyof Extension, ExtensionOther>> & {
    /** Digits, as text. */
    readonly number: string;
  };

/** Arguments of `alta_account`, likewise. */
export type AccountArguments = Values<Account, AccountOther> &
  Secrets<'password'> &
  Common<Exclude<keyof Account, AccountOther>> & {
    /** Line of the device, from 1. */
    readonly line: number;
    /** Address of the extension that registers here: `acme/pbx:main/extension:110`. */
    readonly extension?: string;
  };

/** Arguments of the provider. One configuration answers for one client; a second client needs an `alias`. */
export interface ProviderArguments {
  /** Id of the client: the name of its folder below `clients/`. */
  readonly client: string;
  /** Absolute path of the folder that holds alta.yaml. Default: ALTA_WORKSPACE, which `alta terraform` sets. */
  readonly workspace?: string;
  /** Consent to create extensions again on a PBX that shows none at all any more. Default: false. */
  readonly recreate?: boolean;
  readonly alias?: string;
}

import type { Scalar } from '../../engine/model/index.ts';

/** Terraform's JSON for one argument; every string in it is a template already. */
export type Argument = Scalar | readonly string[];

/** `alta_extension`, or `null_resource` for what a person does. */
export type BlockType = 'alta_extension' | 'alta_account' | 'null_resource';

interface Block {
  readonly name: string;
  /** `alta_extension.main_10`, in alphabetical order. */
  readonly dependsOn: readonly string[];
}

/** What the provider carries out. */
export interface ProvidedBlock extends Block {
  readonly type: 'alta_extension' | 'alta_account';
  /** Never destroyed, nor replaced. */
  readonly protect: boolean;
  /** Stays as Terraform made it: what it depends on waits for a person. */
  readonly frozen: boolean;
  readonly arguments: Readonly<Record<string, Argument>>;
}

/** A step that a person did. It is replaced when a trigger changes. */
export interface HandOffBlock extends Block {
  readonly type: 'null_resource';
  /** Templates, as everything that Terraform reads. */
  readonly triggers: Readonly<Record<string, string>>;
  /** Shell command that runs when it is created; what it ends with decides whether the apply fails. */
  readonly command?: string;
}

export type StackBlock = ProvidedBlock | HandOffBlock;

/** A line that every plan shows, as a warning, until a person has done something. */
export interface Reminder {
  readonly name: string;
  /** Plain text, not a template. */
  readonly message: string;
}

/** Where Terraform keeps a client's state: the name of a backend (or `cloud`) and its settings, placeholders filled in. */
export interface Backend {
  readonly name: string;
  readonly settings: Readonly<Record<string, unknown>>;
}

/** The Terraform stack of one client, before cdktf: plain data. Lists of blocks are in alphabetical order. */
export interface ClientStack {
  readonly client: string;
  readonly backend: Backend;
  readonly blocks: readonly StackBlock[];
  readonly reminders: readonly Reminder[];
  /** Addresses of Terraform: what is called `to` now is `from` in the state. */
  readonly moved: readonly { readonly from: string; readonly to: string }[];
  /** What is there already and becomes Terraform's: `id` is the natural key. */
  readonly imports: readonly { readonly to: string; readonly id: string }[];
  /** Addresses of Terraform that leave its state and stay where they are. */
  readonly removed: readonly string[];
}

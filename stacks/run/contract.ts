import type { Diagnostic } from '../../engine/model/index.ts';
import type { Asked } from './command.ts';
import type { Signals } from './crew.ts';
import type { Ending } from './ending.ts';

/** What synthesis wrote. */
export interface Written {
  /** The clients whose stack stands in `<outdir>/stacks/<client>`, in alphabetical order. */
  readonly stacks: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Writes the stacks.
 *
 * @param known client → what `terraform state pull` said, empty where there is no state yet; null before Terraform could be asked.
 */
export type Synthesise = (known: ReadonlyMap<string, string> | null) => Promise<Written>;

/** A provider that Terraform can be told of. */
export interface Served {
  /** One entry of TF_REATTACH_PROVIDERS. */
  readonly reattach: object;
  close(): Promise<void>;
}

/** What is heard of a run while it goes on. */
export interface Voice {
  /** A stage that takes time; `client` is null where it concerns all. */
  stage(stage: 'synthesise' | 'prepare' | 'run', client: string | null): void;
  /** A whole line of Terraform's, behind its client's name. */
  line(stream: 'out' | 'err', text: string): void;
  /** Colours of Terraform's lines are kept. */
  readonly color: boolean;
}

/** Everything that `alta terraform` needs from its surroundings. */
export interface TerraformRun {
  /** Absolute path of the workspace. */
  readonly workspace: string;
  /** Absolute path: stacks are in `stacks/<client>` below it. */
  readonly outdir: string;
  /** Clients of `engine: terraform`, at least one. */
  readonly clients: readonly string[];
  readonly asked: Asked;
  /** `terraform`, `tofu`, or a path. */
  readonly program: string;
  /** Stacks worked on at once. */
  readonly parallelism: number;
  /** Without secrets. */
  readonly env: Readonly<Record<string, string>>;
  readonly signals: Signals;
  readonly synthesise: Synthesise;
  readonly serve: () => Promise<Served>;
  /** Starts Alta with the environment that the run began with: program, then its first arguments. For steps that verify. */
  readonly alta: readonly string[];
  /** That environment, secrets included. It goes to no other program. */
  readonly fullEnv: Readonly<Record<string, string | undefined>>;
  readonly voice: Voice;
  /** Terraform gets the terminal where there is one client. False = its output is needed as lines. */
  readonly terminal: boolean;
  /** Standard input is a terminal, whose Ctrl-C goes to a whole process group. */
  readonly person: boolean;
}

/** How it ended. `endings` is empty where the YAML has errors. */
export interface RunResult {
  readonly diagnostics: readonly Diagnostic[];
  readonly endings: readonly Ending[];
}

/**
 * A client of Terraform from end to end: a lab, a workspace whose client says `engine: terraform`, the stack that is synthesised from it,
 * the drivers served as Terraform's provider, and the real Terraform.
 *
 *     const scene = await startScene({ boxes: [{ driver: 'meetip', name: 'sede', tls: false }] });
 *     await scene.secret('values', 'extensions/sede/110/sip', goodSecret);
 *     await scene.declare({ pbx: { sede: scene.pbx('sede', { tenant: '301' }) }, extensions: [{ pbx: 'sede', number: '110' }] });
 *     await scene.ends(2, 'plan', '-detailed-exitcode');
 */
import type { Lang } from '../../../engine/model/index.ts';
import type { Lab, LabBox, LabBoxService, LabPhone } from '../../../lab/index.ts';
import type { Synthesis } from '../../../stacks/index.ts';
import type { Reattach } from '../../../stacks/plugin/index.ts';
import type { Papers } from '../papers.ts';
import type { Outcome, Running } from '../terraform.ts';

export interface SceneOptions<Box extends LabBox> {
  readonly boxes: readonly Box[];
  readonly phones?: readonly LabPhone[];
  /** More of alta.yaml. */
  readonly workspace?: object;
  readonly lang?: Lang;
  /** The drivers are served from a process of their own, which can be killed. Default: from this one. */
  readonly apart?: boolean;
  /** More of Terraform's environment: `TF_LOG`. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** What Terraform means to do with one resource. */
export interface PlannedChange {
  /** Its address in Alta: `acme/pbx:sede/extension:110`. */
  readonly address: string;
  /** `alta_extension.sede_110` */
  readonly label: string;
  /** `create`, `update`, `delete`, `delete create`, `forget`. */
  readonly actions: string;
}

/** What a plan came to: its changes, no-ops left out; null where it failed. */
export interface PlanOutcome {
  readonly output: string;
  readonly changes: readonly PlannedChange[] | null;
}

/** Who serves the drivers. */
export interface SceneServer {
  /** Where. */
  reattach(): Reattach;
  /** Serves anew with more in its environment: `ALTA_RECREATE`. */
  restart(env?: Readonly<Record<string, string>>): Promise<void>;
  /** SIGKILL, where it is a process of its own. */
  kill(): Promise<void>;
  /** What it wrote to its standard error so far, where it is a process of its own. */
  errors(): string;
}

/** A stack that nothing synthesised. */
export interface OwnStack {
  readonly folder: string;
  write(configuration: object): Promise<void>;
  run(...args: readonly string[]): Promise<Outcome>;
  ends(code: number, ...args: readonly string[]): Promise<string>;
}

export interface Scene<Service extends LabBoxService = LabBoxService> {
  readonly root: string;
  readonly lab: Lab<Service>;
  readonly papers: Papers;
  readonly server: SceneServer;
  /** Whose stack the next commands run in. At first `acme`. */
  client: string;

  /** The block of a box in the YAML, with the login that lies in secrets.yaml of the client. */
  pbx(box: string, over?: object): object;
  /** The block of a phone of the lab, whose login lies there too. */
  device(phone: string, accounts: readonly object[], over?: object): object;
  /** Writes a client's YAML; `engine: terraform` unless `data` says otherwise. */
  declare(data: object): Promise<void>;
  /** Seals a secret of the client under a new rev. */
  secret(group: 'connect' | 'values', name: string, value: string): Promise<void>;

  /** Writes the stacks. */
  synth(): Promise<Synthesis>;
  /** Writes the stack as it must be now, and runs Terraform in it. */
  run(...args: readonly string[]): Promise<Outcome>;
  /** The same, to be disturbed. */
  start(...args: readonly string[]): Promise<Running>;
  /** {@link Scene.run}, whose exit code must be this one; what it said. */
  ends(code: number, ...args: readonly string[]): Promise<string>;
  /** A plan that may fail. */
  planned(...args: readonly string[]): Promise<PlanOutcome>;
  /** What a plan means to do, no-ops left out. It must not fail. The plan is kept in {@link Scene.folder} as `plan.tfplan`. */
  changes(...args: readonly string[]): Promise<readonly PlannedChange[]>;
  /** Runs Terraform on a configuration of the test's own, in a folder of its own. */
  own(configuration: object): Promise<OwnStack>;
  /** Folder of the client's stack. */
  folder(): string;
  /** The state file's text; empty before the first apply. */
  state(): Promise<string>;
}

import type { Code, Diagnostic, GuidedForm, Params, Secret } from '../engine/model/index.ts';
import type {
  ApplyOptions,
  ApplyResult,
  AttestOptions,
  AttestResult,
  EditResult,
  ImportOptions,
  PlanOptions,
  PlanResult,
  RunContext,
  ValidateResult,
  VerifyResult,
} from '../engine/run/contract.ts';

/** What `doctor` found: a code of the messages, about an address. */
export interface Finding {
  readonly address: string;
  readonly code: Code;
  readonly params: Params;
}

export interface DoctorResult {
  readonly diagnostics: readonly Diagnostic[];
  readonly findings: readonly Finding[];
}

/** The commands of the engine, as the command line calls them. */
export interface Engine {
  validateWorkspace(context: RunContext): Promise<ValidateResult>;
  planWorkspace(context: RunContext, options: PlanOptions): Promise<PlanResult>;
  applyWorkspace(context: RunContext, options: ApplyOptions): Promise<ApplyResult>;
  verifyWorkspace(context: RunContext, options: PlanOptions): Promise<VerifyResult>;
  driftWorkspace(context: RunContext, options: PlanOptions): Promise<PlanResult>;
  acceptDrift(context: RunContext, options: PlanOptions & { dryRun: boolean }): Promise<EditResult>;
  importTarget(context: RunContext, options: ImportOptions): Promise<EditResult>;
  attest(context: RunContext, options: AttestOptions): Promise<AttestResult>;
  listGuided(context: RunContext): Promise<readonly GuidedForm[]>;
  formatWorkspace(context: RunContext, options: { check: boolean }): Promise<EditResult>;
  initWorkspace(context: RunContext, options: { client?: string; name?: string }): Promise<EditResult>;
  secretsInit(context: RunContext): Promise<EditResult>;
  secretsSet(context: RunContext, options: SecretsSetOptions): Promise<EditResult>;
  secretsGenerate(context: RunContext, options: SecretsGenerateOptions): Promise<EditResult>;
  secretsCheck(context: RunContext): Promise<EditResult>;
  secretsRekey(context: RunContext, options: SecretsRekeyOptions): Promise<EditResult>;
  doctor(context: RunContext, options: PlanOptions): Promise<DoctorResult>;
}

export interface SecretsSetOptions {
  /** Null = the workspace's own secrets. */
  readonly client: string | null;
  readonly name: string;
  readonly group: 'connect' | 'values';
  readonly value: Secret;
}

export interface SecretsGenerateOptions {
  readonly client: string | null;
  /** `all` = every declared secret that is missing. */
  readonly names: readonly string[] | 'all';
  /** Replaces existing ones too. */
  readonly rotate: boolean;
}

export interface SecretsRekeyOptions {
  /** Clients whose secrets are encrypted again; empty = all. */
  readonly clients: readonly string[];
}

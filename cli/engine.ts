import type { GuidedForm } from '../engine/model/index.ts';
import type {
  ApplyOptions,
  ApplyResult,
  AttestOptions,
  AttestResult,
  EditResult,
  ImportOptions,
  InitOptions,
  PlanOptions,
  PlanResult,
  RunContext,
  SecretsGenerateOptions,
  SecretsRekeyOptions,
  SecretsSetOptions,
  ValidateResult,
} from '../engine/run/contract.ts';
import type { DoctorResult } from '../engine/run/doctor-contract.ts';
import type { HostKeyOptions, TrustOptions, TrustResult } from '../engine/run/trust/trust-contract.ts';
import type { VerifyOptions, VerifyResult } from '../engine/run/verify/verify-contract.ts';

/** The commands of the engine, as the command line calls them. */
export interface Engine {
  validateWorkspace(context: RunContext): Promise<ValidateResult>;
  planWorkspace(context: RunContext, options: PlanOptions): Promise<PlanResult>;
  applyWorkspace(context: RunContext, options: ApplyOptions): Promise<ApplyResult>;
  verifyWorkspace(context: RunContext, options: VerifyOptions): Promise<VerifyResult>;
  driftWorkspace(context: RunContext, options: PlanOptions): Promise<PlanResult>;
  acceptDrift(context: RunContext, options: PlanOptions & { dryRun: boolean }): Promise<EditResult>;
  importTarget(context: RunContext, options: ImportOptions): Promise<EditResult>;
  attest(context: RunContext, options: AttestOptions): Promise<AttestResult>;
  listGuided(context: RunContext): Promise<readonly GuidedForm[]>;
  formatWorkspace(context: RunContext, options: { check: boolean }): Promise<EditResult>;
  initWorkspace(context: RunContext, options: InitOptions): Promise<EditResult>;
  secretsInit(context: RunContext): Promise<EditResult>;
  secretsSet(context: RunContext, options: SecretsSetOptions): Promise<EditResult>;
  secretsGenerate(context: RunContext, options: SecretsGenerateOptions): Promise<EditResult>;
  secretsCheck(context: RunContext): Promise<EditResult>;
  secretsRekey(context: RunContext, options: SecretsRekeyOptions): Promise<EditResult>;
  doctor(context: RunContext, options: PlanOptions): Promise<DoctorResult>;
  trustTargets(context: RunContext, options: TrustOptions): Promise<TrustResult>;
  trustHostKeys(context: RunContext, options: HostKeyOptions): Promise<TrustResult>;
}

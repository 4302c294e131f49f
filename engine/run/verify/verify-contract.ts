import type { Diagnostic, VerifyReport } from '../../model/index.ts';
import type { PlanOptions } from '../contract.ts';

export interface VerifyOptions extends PlanOptions {
  /** Longest time to wait for what is expected to be registered, ms. Default 0: looks once. */
  readonly waitMs?: number;
  /**
   * Output that a person pasted: nothing is contacted, registrations are those that stand in it. One PBX only, which the selection must
   * name where there are several.
   */
  readonly pasted?: { readonly text: string; readonly filename: string };
}

export interface VerifyResult {
  readonly report: VerifyReport | null;
  readonly diagnostics: readonly Diagnostic[];
}

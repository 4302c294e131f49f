import type { Diagnostic, VerifyReport } from '../../model/index.ts';
import type { PlanOptions } from '../contract.ts';

export interface VerifyOptions extends PlanOptions {
  /** Longest time to wait for what is expected to be registered, ms. Default 0: looks once. */
  readonly waitMs?: number;
}

export interface VerifyResult {
  readonly report: VerifyReport | null;
  readonly diagnostics: readonly Diagnostic[];
}

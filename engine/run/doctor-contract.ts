import type { Code, Diagnostic, Lang, Params } from '../model/index.ts';

/** One thing that `doctor` found: a code of the messages, about an address. */
export interface Finding {
  readonly address: string;
  readonly code: Code;
  readonly params: Params;
}

/** Advice about a target. `ask` = whom to ask for what, in place of the code's own hint. */
export interface TargetFinding extends Finding {
  readonly ask?: Readonly<Record<Lang, string>>;
}

export interface DoctorResult {
  readonly diagnostics: readonly Diagnostic[];
  readonly findings: readonly TargetFinding[];
}

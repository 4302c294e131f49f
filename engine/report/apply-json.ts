import type {
  ApplyReport,
  ClientReport,
  Lang,
  StepReport,
  StepResult,
  TargetReport,
} from '../model/index.ts';
import { resultOrder } from './apply-text.ts';
import { type DiagnosticJson, diagnosticsJson } from './diagnostic-json.ts';

type Rendered<T, Name extends keyof T> = Omit<T, Name> & { readonly diagnostics: readonly DiagnosticJson[] };

export type TargetReportJson = Rendered<TargetReport, 'diagnostics'>;

export interface ClientReportJson {
  readonly client: string;
  readonly steps: readonly StepReportJson[];
  readonly targets: readonly TargetReportJson[];
  readonly forms: ClientReport['forms'];
  readonly foreign: number;
  readonly unverifiable: number;
  readonly state: ClientReport['state'];
  readonly diagnostics: readonly DiagnosticJson[];
}

export type StepReportJson = Omit<StepReport, 'diagnostic'> & { readonly diagnostic?: DiagnosticJson };

/** The JSON face of an apply: `schemas/report.schema.json`. */
export interface ApplyJson {
  readonly format_version: '1.0';
  readonly alta_version: string;
  readonly commit: string | null;
  readonly plan_digest: string;
  readonly started_at: string;
  readonly ended_at: string;
  readonly interrupted: boolean;
  readonly override_reason: string | null;
  /** Steps by what became of them; every result is listed. */
  readonly counts: Readonly<Record<StepResult, number>>;
  readonly clients: readonly ClientReportJson[];
  readonly diagnostics: readonly DiagnosticJson[];
}

export function applyJson(report: ApplyReport, lang: Lang): ApplyJson {
  return {
    format_version: '1.0',
    alta_version: report.alta_version,
    commit: report.commit,
    plan_digest: report.planDigest,
    started_at: report.startedAt,
    ended_at: report.endedAt,
    interrupted: report.interrupted,
    override_reason: report.overrideReason,
    counts: countResults(report.clients.flatMap((client) => client.steps)),
    clients: report.clients.map((client) => clientJson(client, lang)),
    diagnostics: diagnosticsJson(report.diagnostics, lang),
  };
}

function countResults(steps: readonly StepReport[]): ApplyJson['counts'] {
  const of = (result: StepResult): number => steps.filter((step) => step.result === result).length;
  const counts = Object.fromEntries(resultOrder.map((result) => [result, of(result)]));
  return counts as Record<StepResult, number>;
}

function clientJson(client: ClientReport, lang: Lang): ClientReportJson {
  return {
    ...client,
    steps: client.steps.map(({ diagnostic, ...step }) => {
      const [rendered] = diagnosticsJson(diagnostic === undefined ? [] : [diagnostic], lang);
      return rendered === undefined ? step : { ...step, diagnostic: rendered };
    }),
    targets: client.targets.map((target) => ({
      ...target,
      diagnostics: diagnosticsJson(target.diagnostics, lang),
    })),
    diagnostics: diagnosticsJson(client.diagnostics, lang),
  };
}

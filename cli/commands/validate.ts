import type { Diagnostic } from '../../engine/model/index.ts';
import { count, diagnosticsJson, fill, gitlabCodeQuality } from '../../engine/report/index.ts';
import type { ValidateResult } from '../../engine/run/contract.ts';
import { withEngine } from '../context.ts';
import { diagnosticsOutcome } from '../outcome.ts';
import { type Run, type Shell, say, showDiagnostics, writeJson } from '../shell.ts';
import { texts } from '../texts.ts';
import { version } from '../version.ts';

/** `alta validate`: every problem of the YAML at once, without contacting anybody. */
export const run: Run = async (shell) => {
  const engine = await shell.host.engine();
  const result = await withEngine(shell, ({ context }) => engine.validateWorkspace(context));
  if (shell.format === 'json') writeJson(shell, validateJson(shell, result));
  else if (shell.format === 'gitlab') writeJson(shell, gitlabCodeQuality(result.diagnostics, shell.lang));
  else {
    await showDiagnostics(shell, result.diagnostics);
    say(shell, `${summary(shell, result)}\n`);
  }
  return diagnosticsOutcome(result.diagnostics);
};

function tally(diagnostics: readonly Diagnostic[]): { errors: number; warnings: number } {
  const errors = diagnostics.filter(({ severity }) => severity === 'error').length;
  return { errors, warnings: diagnostics.length - errors };
}

function summary({ lang }: Shell, result: ValidateResult): string {
  const text = texts[lang];
  const { errors, warnings } = tally(result.diagnostics);
  const facts = [
    ...(errors > 0 ? [count(lang, errors, text.errors)] : []),
    ...(warnings > 0 ? [count(lang, warnings, text.warnings)] : []),
    count(lang, result.clients, text.clients),
    count(lang, result.extensions, text.extensions),
    count(lang, result.devices, text.devices),
    count(lang, result.files, text.files),
  ];
  return fill(errors > 0 ? text.invalid : text.valid, { facts });
}

/** As `terraform validate -json`, with our counts. */
function validateJson(shell: Shell, result: ValidateResult) {
  const { clients, extensions, devices, files, diagnostics } = result;
  const { errors, warnings } = tally(diagnostics);
  return {
    format_version: '1.0',
    alta_version: version,
    valid: errors === 0,
    error_count: errors,
    warning_count: warnings,
    counts: { clients, extensions, devices, files },
    diagnostics: diagnosticsJson(diagnostics, shell.lang),
  };
}

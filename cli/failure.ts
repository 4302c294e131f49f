import { inspect } from 'node:util';
import { type Diagnostic, type Lang, toDiagnostic } from '../engine/model/index.ts';
import { diagnosticsJson, diagnosticsText, githubAnnotations, jsonText } from '../engine/report/index.ts';
import type { Host } from './host.ts';
import { diagnosticsOutcome, exitCode } from './outcome.ts';
import type { Preferences } from './preferences.ts';
import { styleFor } from './shell.ts';
import { version } from './version.ts';

/** The document of a command that failed before it had one of its own. */
export interface FailureJson {
  readonly format_version: '1.0';
  readonly alta_version: string;
  readonly command: string;
  readonly errored: true;
  readonly error_count: number;
  readonly warning_count: number;
  readonly diagnostics: readonly unknown[];
}

/** Tells about anything thrown, in the form asked for, and returns the exit code. Stacks only with `--debug`. */
export function fail(
  error: unknown,
  host: Host,
  preferences: Preferences,
  command: string,
  github = false,
): number {
  const diagnostic = toDiagnostic(error);
  if (preferences.debug && diagnostic.code === 'internal') host.stderr.write(`${stackOf(error)}\n`);
  if (preferences.json) {
    host.stdout.write(jsonText(failureJson([diagnostic], command, preferences.lang)));
  } else if (github) {
    host.stdout.write(githubAnnotations([diagnostic], preferences.lang));
  } else {
    const style = styleFor(host.stderr, preferences);
    host.stderr.write(diagnosticsText([diagnostic], preferences.lang, style));
  }
  return exitCode(diagnosticsOutcome([diagnostic]));
}

export function failureJson(diagnostics: readonly Diagnostic[], command: string, lang: Lang): FailureJson {
  const errors = diagnostics.filter(({ severity }) => severity === 'error').length;
  return {
    format_version: '1.0',
    alta_version: version,
    command,
    errored: true,
    error_count: errors,
    warning_count: diagnostics.length - errors,
    diagnostics: diagnosticsJson(diagnostics, lang),
  };
}

/** The stack alone: an error's own fields may hold anything. */
function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : inspect(error, { depth: 0 });
}

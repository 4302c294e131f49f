import { styleText } from 'node:util';
import type { Diagnostic, Lang } from '../engine/model/index.ts';
import { jsonText } from '../engine/report/json.ts';
import { plainStyle, type Style } from '../engine/report/style.ts';
import type { Flags, Format } from './flags.ts';
import type { Host, Output } from './host.ts';
import type { Outcome } from './outcome.ts';
import type { Preferences } from './preferences.ts';

/** What a command works with. */
export interface Shell {
  readonly host: Host;
  readonly lang: Lang;
  readonly format: Format;
  /** `plan`, `secrets set`. */
  readonly command: string;
  readonly args: readonly string[];
  readonly flags: Flags;
  readonly color: boolean;
  readonly debug: boolean;
}

/** A command. Returns what it came to; throws AltaError for what kept it from its work. */
export type Run = (shell: Shell) => Promise<Outcome>;

/** Where text for people goes: standard output, or standard error where standard output belongs to JSON. */
export function humanOutput(shell: Shell): Output {
  return shell.format === 'json' ? shell.host.stderr : shell.host.stdout;
}

/** Colours on a terminal, unless they are not wanted. */
export function styleFor(output: Output, shell: Pick<Shell, 'color'>): Style {
  return shell.color && output.isTTY ? terminalStyle : plainStyle;
}

type Colour = Parameters<typeof styleText>[0];

const paint = (colour: Colour) => (text: string) => styleText(colour, text, { validateStream: false });

const terminalStyle: Style = {
  add: paint('green'),
  change: paint('yellow'),
  remove: paint('red'),
  good: paint('green'),
  warn: paint('yellow'),
  error: paint('red'),
  strong: paint('bold'),
  dim: paint('dim'),
};

/** Writes text for people. */
export function say(shell: Shell, text: string): void {
  humanOutput(shell).write(text);
}

/** Writes the one JSON document of this command. */
export function writeJson(shell: Shell, document: unknown): void {
  shell.host.stdout.write(jsonText(document));
}

/**
 * Shows diagnostics to people on standard error, or as annotations on standard output for `--format github`. Nothing under JSON,
 * whose document holds them.
 */
export async function showDiagnostics(shell: Shell, diagnostics: readonly Diagnostic[]): Promise<void> {
  if (diagnostics.length === 0 || shell.format === 'json') return;
  const { diagnosticsText, githubAnnotations } = await import('../engine/report/index.ts');
  const { stderr, stdout } = shell.host;
  if (shell.format === 'github') stdout.write(githubAnnotations(diagnostics, shell.lang));
  else stderr.write(`${diagnosticsText(diagnostics, shell.lang, styleFor(stderr, shell))}\n`);
}

/** Raw preferences and the flags together: the format, JSON first. */
export function formatOf(flags: Flags, preferences: Preferences): Format {
  return preferences.json ? 'json' : (flags.format ?? 'text');
}

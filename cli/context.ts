import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { AltaError } from '../engine/model/index.ts';
import { everything, noConsent } from '../engine/plan/input.ts';
import { safeText } from '../engine/report/safe.ts';
import type { PlanOptions, RunContext } from '../engine/run/contract.ts';
import { findWorkspace } from '../engine/run/files.ts';
import { driverNames, loadDriver } from '../providers/registry.ts';
import { realClock } from '../providers/transport/clock.ts';
import { listen } from './interrupt.ts';
import { liveProgress, type Progress, plainProgress, silentProgress } from './progress.ts';
import type { Shell } from './shell.ts';
import { version } from './version.ts';

/** A run of the engine with its progress line. */
export interface EngineRun {
  readonly context: RunContext;
  readonly progress: Progress;
}

/** Targets worked on at once where `--parallelism` does not say. */
const defaultParallelism = 10;

/**
 * Gives `work` everything the engine needs, in the workspace of this command; ends progress and signals with it.
 *
 * @throws AltaError `no-workspace`, `not-a-workspace`.
 */
export async function withEngine<T>(
  shell: Shell,
  work: (run: EngineRun) => Promise<T>,
  root = workspaceOf(shell),
): Promise<T> {
  const progress = await progressFor(shell);
  const interrupt = listen(shell.host, shell.lang, (line) => progress.line(line));
  const { stop, abort } = interrupt;
  const run = { context: contextOf(shell, root, progress, { stop, abort }), progress };
  try {
    return await work(run);
  } catch (error) {
    if (stop.aborted && !(error instanceof AltaError)) {
      throw new AltaError('command-interrupted', { command: `alta ${shell.command}` }, { cause: error });
    }
    throw error;
  } finally {
    progress.pause();
    interrupt.dispose();
  }
}

function workspaceOf({ flags, host }: Shell): string {
  if (flags.workspace === undefined) return findWorkspace(host.cwd);
  const folder = resolve(host.cwd, flags.workspace);
  if (existsSync(join(folder, 'alta.yaml'))) return folder;
  throw new AltaError('not-a-workspace', { folder: flags.workspace });
}

function contextOf(
  shell: Shell,
  root: string,
  progress: Progress,
  signals: Pick<RunContext, 'stop' | 'abort'>,
): RunContext {
  const { host, flags, command, debug } = shell;
  return {
    root,
    env: host.env,
    clock: realClock,
    ...signals,
    progress: (event) => progress.event(event),
    log: debug ? (event, facts) => progress.line(logLine(event, facts)) : () => undefined,
    driver: loadDriver,
    driverNames: driverNames({ hidden: true }),
    version,
    lang: shell.lang,
    parallelism: flags.parallelism ?? defaultParallelism,
    user: host.user(),
    command,
  };
}

function logLine(event: string, facts: Readonly<Record<string, string | number>>): string {
  const list = Object.entries(facts).map(([name, value]) => `${name}=${safeText(String(value))}`);
  return `[debug] ${[safeText(event), ...list].join(' ')}`;
}

/** Under `--json` nothing is said unless a person sits at standard error. */
async function progressFor(shell: Shell): Promise<Progress> {
  const { host, lang, format, color } = shell;
  const { CI, TERM } = host.env;
  const terminal = host.stderr.isTTY && CI === undefined && TERM !== 'dumb';
  if (!terminal && format === 'json' && !shell.debug) return silentProgress;
  if (!terminal) return plainProgress(host.stderr, lang, { elapsed: realClock.elapsed, every });
  if (!color) host.env.NO_COLOR = '1';
  const { default: yoctoSpinner } = await import('yocto-spinner');
  return liveProgress(host.stderr, lang, yoctoSpinner({ handleSignals: false }));
}

function every(ms: number, tick: () => void): () => void {
  const timer = setInterval(tick, ms);
  timer.unref();
  return () => clearInterval(timer);
}

/** The options of a plan, as the flags have them. */
export function planOptionsOf({ flags }: Shell): PlanOptions {
  return {
    clients: flags.client,
    selection: { ...everything, targets: flags.target, exclude: flags.exclude },
    consent: {
      ...noConsent,
      allowDelete: flags.allowDelete ?? null,
      recreate: flags.recreate ?? null,
      overrideLimits: flags.overrideLimits ?? null,
    },
    since: flags.since ?? null,
    noRead: flags.read === false,
  };
}

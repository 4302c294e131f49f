import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { AltaError } from '../engine/model/index.ts';
import { everything, noConsent } from '../engine/plan/input.ts';
import { safeText } from '../engine/report/safe.ts';
import type { PlanOptions, RunContext } from '../engine/run/contract.ts';
import { findWorkspace } from '../engine/run/workspace/files.ts';
import { driverNames, loadDriver, loadObserver, usualObserver } from '../providers/registry.ts';
import { realClock } from '../providers/transport/clock.ts';
import { listen } from './interrupt.ts';
import { liveProgress, type Progress, plainProgress, silentProgress } from './progress.ts';
import type { Shell } from './shell.ts';
import { version } from './version.ts';

/** A run of the engine with its progress line. */
export interface EngineRun {
  readonly context: RunContext;
  readonly progress: Progress;
  /** From now on a first Ctrl-C lets the step under way finish. Before, there is nothing to finish, and it ends the run at once. */
  beginWriting(): void;
  /** @throws AltaError `command-interrupted` after a Ctrl-C. */
  demandRunning(): void;
}

/** Targets worked on at once where `--parallelism` does not say. */
const defaultParallelism = 10;

/**
 * Gives `work` everything the engine needs, in the workspace of this command; ends progress and signals with it.
 *
 * @throws AltaError `no-workspace`, `not-a-workspace`; `command-interrupted` where Ctrl-C came before anything was written to a target.
 */
export async function withEngine<T>(
  shell: Shell,
  work: (run: EngineRun) => Promise<T>,
  root = workspaceOf(shell),
): Promise<T> {
  const progress = await progressFor(shell);
  const phase = { writing: false };
  const say = (line: string): void => progress.line(line);
  const { stop, abort, dispose } = listen(shell.host, shell.lang, say, () => !phase.writing);
  const interrupted = interruption(shell, stop);
  const run: EngineRun = {
    context: contextOf(shell, root, progress, { stop, abort }),
    progress,
    beginWriting: () => {
      phase.writing = true;
    },
    demandRunning: interrupted,
  };
  try {
    const result = await work(run);
    if (!phase.writing) interrupted();
    return result;
  } catch (error) {
    if (!phase.writing || !(error instanceof AltaError)) interrupted(error);
    throw error;
  } finally {
    progress.pause();
    dispose();
  }
}

/** Throws `command-interrupted` after a Ctrl-C, and does nothing before. */
function interruption({ command }: Shell, stop: AbortSignal): (cause?: unknown) => void {
  return (cause) => {
    if (stop.aborted) throw new AltaError('command-interrupted', { command: `alta ${command}` }, { cause });
  };
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
    observer: (name) => loadObserver(name ?? usualObserver),
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
      acceptOutage: flags.acceptOutage ?? null,
    },
    since: flags.since ?? null,
    noRead: flags.read === false,
    republish: flags.republish === true,
  };
}

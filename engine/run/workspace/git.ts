import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { AltaError } from '../../model/index.ts';
import { childEnvironment } from '../../secrets/index.ts';
import type { RunContext } from '../contract.ts';

const run = promisify(execFile);

/** HEAD's commit id; null outside git or before the first commit. */
export async function headCommit(context: RunContext): Promise<string | null> {
  const found = await git(context, ['rev-parse', '--verify', '--quiet', 'HEAD']);
  return found.ok ? found.stdout.trim() : null;
}

/**
 * Whether HEAD descends from (or is) `commit`. `unknown` where this clone does not hold the commit, as in a shallow clone
 * or after history was rewritten.
 */
export async function descendsFrom(context: RunContext, commit: string): Promise<'yes' | 'no' | 'unknown'> {
  const held = await git(context, ['cat-file', '-e', '--end-of-options', `${commit}^{commit}`]);
  if (!held.ok) return 'unknown';
  const ancestor = await git(context, ['merge-base', '--is-ancestor', '--end-of-options', commit, 'HEAD']);
  return ancestor.ok ? 'yes' : 'no';
}

/**
 * Files changed since a revision, relative to the workspace, uncommitted and untracked ones included. A file that
 * moved counts at both of its places: the client that lost it has changed too.
 * @throws AltaError `unknown-revision`
 */
export async function changedSince(context: RunContext, revision: string): Promise<readonly string[]> {
  const diff = await git(context, [
    'diff',
    '--name-only',
    '--no-renames',
    '--relative',
    '-z',
    '--end-of-options',
    revision,
    '--',
    '.',
  ]);
  if (!diff.ok) throw new AltaError('unknown-revision', { revision });
  const untracked = await git(context, ['ls-files', '--others', '--exclude-standard', '-z', '--', '.']);
  return [...diff.stdout.split('\0'), ...untracked.stdout.split('\0')].filter((name) => name !== '');
}

/** Runs git in the workspace with hooks and prompts off and an environment without secrets. */
async function git(context: RunContext, args: readonly string[]): Promise<{ ok: boolean; stdout: string }> {
  const safe = ['-c', 'core.hooksPath=/dev/null', '-c', 'core.fsmonitor=false', ...args];
  const env = { ...childEnvironment(context.env), GIT_TERMINAL_PROMPT: '0', GIT_OPTIONAL_LOCKS: '0' };
  try {
    const { stdout } = await run('git', safe, { cwd: context.root, env, maxBuffer: 64 * 1024 * 1024 });
    return { ok: true, stdout };
  } catch {
    return { ok: false, stdout: '' };
  }
}

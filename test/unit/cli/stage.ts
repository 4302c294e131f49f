import { vi } from 'vitest';
import type { Engine } from '../../../cli/engine.ts';
import type { Host } from '../../../cli/host.ts';
import { run } from '../../../cli/run.ts';

/** What a command line left behind. */
export interface Played {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** The world of one command line. */
export interface Scene {
  readonly cwd?: string;
  readonly env?: Record<string, string>;
  /** What is piped in; null = a terminal. */
  readonly stdin?: string | null;
  readonly terminal?: boolean;
  readonly engine?: Partial<Engine>;
}

const notPlayed = (): never => {
  throw new Error('the engine was not expected to be called');
};

/** Runs a command line in a world of its own: nothing of the process is touched. */
export async function play(argv: readonly string[], scene: Scene = {}): Promise<Played> {
  const out: string[] = [];
  const err: string[] = [];
  const terminal = scene.terminal === true;
  const stdin = scene.stdin ?? '';
  const host: Host = {
    cwd: scene.cwd ?? '/nowhere',
    env: { LANG: 'C', CI: '1', ...scene.env },
    stdout: { write: (text) => void out.push(text), isTTY: terminal },
    stderr: { write: (text) => void err.push(text), isTTY: terminal },
    stdin: { isTTY: terminal, text: async () => stdin },
    onInterrupt: () => () => undefined,
    exit: vi.fn(),
    user: () => 'tester',
    engine: async () => ({ ...unplayed, ...scene.engine }),
  };
  const code = await run(argv, host);
  return { code, out: out.join(''), err: err.join('') };
}

const unplayed: Engine = {
  validateWorkspace: notPlayed,
  planWorkspace: notPlayed,
  applyWorkspace: notPlayed,
  verifyWorkspace: notPlayed,
  driftWorkspace: notPlayed,
  acceptDrift: notPlayed,
  importTarget: notPlayed,
  attest: notPlayed,
  listGuided: notPlayed,
  formatWorkspace: notPlayed,
  initWorkspace: notPlayed,
  secretsInit: notPlayed,
  secretsSet: notPlayed,
  secretsGenerate: notPlayed,
  secretsCheck: notPlayed,
  secretsRekey: notPlayed,
  doctor: notPlayed,
  trustTargets: notPlayed,
  trustHostKeys: notPlayed,
};

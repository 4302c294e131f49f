import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { builtProduct } from '../../support/build.ts';
import { type Running, type Surroundings, watch } from './alta.ts';

/** A command on a terminal, with somebody at the keyboard. Everything printed arrives as `out`. */
export interface Session extends Running {
  type(keys: string): void;
  /** Sends a signal to the command itself, as another terminal would. */
  interrupt(): void;
  /** Closes the terminal, and waits until the command has ended. */
  hangUp(): Promise<void>;
}

/** `script` of util-linux gives a command a terminal of its own. */
export const hasTerminal =
  spawnSync('script', ['--version'], { encoding: 'utf8' }).stdout?.includes('util-linux') === true;

export async function onTerminal(args: readonly string[], surroundings: Surroundings): Promise<Session> {
  const script = join(await builtProduct(), 'cli', 'main.js');
  return lineOnTerminal(['exec', process.execPath, script, ...args].join(' '), surroundings);
}

/** A line of a shell. `exec` in front of a command lets {@link Session.interrupt} reach it. */
export async function lineOnTerminal(line: string, { cwd, env = {} }: Surroundings): Promise<Session> {
  const child = spawn('script', ['-qec', `stty cols 120 rows 40; ${line}`, '/dev/null'], {
    cwd,
    env: { PATH: process.env.PATH, HOME: join(cwd, 'home'), TERM: 'xterm', SHELL: '/bin/sh', ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const running = watch(child);
  const children = `/proc/${child.pid}/task/${child.pid}/children`;
  const command = (): number => Number(readFileSync(children, 'utf8').split(' ')[0]);
  return {
    ...running,
    type: (keys) => void child.stdin.write(keys),
    interrupt: () => void process.kill(command(), 'SIGINT'),
    hangUp: async () => {
      const pid = command();
      running.send('SIGKILL');
      while (existsSync(`/proc/${pid}`)) await pause(50);
    },
  };
}

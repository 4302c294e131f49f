import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type ChildOptions, type Cost, runNode } from './child.ts';

const launcher = fileURLToPath(new URL('../../bin/alta.js', import.meta.url));
const main = fileURLToPath(new URL('../cli/main.js', import.meta.url));

/** `alta …` as a whole process, without the launcher's look at git: what the command itself costs. */
export function alta(args: readonly string[], options: ChildOptions): Promise<Cost> {
  return runNode([main, ...args], options);
}

/** `alta …` as a person types it. */
export function altaByName(args: readonly string[], options: ChildOptions): Promise<Cost> {
  return runNode([existsSync(launcher) ? launcher : main, ...args], options);
}

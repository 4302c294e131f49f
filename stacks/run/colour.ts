import type { Asked } from './command.ts';

/** Commands that take `-no-color` behind their name. Tried with Terraform 1.11.4. */
const commands: ReadonlySet<string> = new Set([
  'apply',
  'console',
  'destroy',
  'force-unlock',
  'get',
  'import',
  'init',
  'output',
  'plan',
  'refresh',
  'show',
  'taint',
  'test',
  'untaint',
  'validate',
]);

/** Commands whose name is two words. */
const groups: ReadonlySet<string> = new Set(['state', 'workspace']);

const option = /(^|\s)--?no-color(\s|$)/;

/**
 * The words for Terraform where nobody wants colours: it knows neither `--no-color` of ours nor NO_COLOR. Where the person or the environment
 * says `-no-color` already, and for a command that may not know it, they stay as they are.
 *
 * @param env of Terraform.
 */
export function withoutColour(
  { name, args }: Pick<Asked, 'name' | 'args'>,
  env: Readonly<Record<string, string | undefined>>,
): readonly string[] {
  if (name === null || args.some((word) => option.test(word))) return args;
  const length = commands.has(name) ? 1 : groups.has(name) ? 2 : 0;
  const start = args.indexOf(name);
  const end = start + length;
  const variable = `TF_CLI_ARGS_${args.slice(start, end).join('_').replaceAll('-', '_')}`;
  if ([env.TF_CLI_ARGS, env[variable]].some((words) => option.test(words ?? ''))) return args;
  return length === 0 || end > args.length ? args : args.toSpliced(end, 0, '-no-color');
}

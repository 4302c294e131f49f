import { AltaError, Secret } from '../../engine/model/index.ts';
import { fill } from '../../engine/report/index.ts';
import { withEngine } from '../context.ts';
import { showEdits } from '../edits.ts';
import type { Run, Shell } from '../shell.ts';
import { texts } from '../texts.ts';

/** `alta secrets set NAME`: one secret, typed unseen or piped in; never an argument, which others can list. */
export const run: Run = async (shell) => {
  const [name = ''] = shell.args;
  const { client, group = defaultGroup(name) } = shell.flags;
  const value = await readSecret(shell, name);
  const options = { client: client[0] ?? null, name, group, value };
  const engine = await shell.host.engine();
  return showEdits(shell, await withEngine(shell, ({ context }) => engine.secretsSet(context, options)));
};

/** Secrets of extensions are values; everything else is a login. */
function defaultGroup(name: string): 'connect' | 'values' {
  return name.startsWith('extensions/') ? 'values' : 'connect';
}

async function readSecret(shell: Shell, name: string): Promise<Secret> {
  const text = shell.host.stdin.isTTY ? await typed(shell, name) : await piped(shell);
  if (text === '') throw new AltaError('secret-not-given', { name });
  return new Secret(text);
}

/** Without the line end that `echo` and editors put behind it. */
async function piped(shell: Shell): Promise<string> {
  return (await shell.host.stdin.text()).replace(/\r?\n$/, '');
}

async function typed(shell: Shell, name: string): Promise<string> {
  const { password } = await import('@clack/prompts');
  const message = fill(texts[shell.lang].typeSecret, { name });
  const answer = await password({ message, mask: '', output: process.stderr });
  return typeof answer === 'string' ? answer : '';
}

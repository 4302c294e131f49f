import { join, relative, resolve } from 'node:path';
import { AltaError } from '../../engine/model/index.ts';
import { diagnosticsJson, fill } from '../../engine/report/index.ts';
import type { Synthesis } from '../../stacks/index.ts';
import { withEngine } from '../context.ts';
import { diagnosticsOutcome } from '../outcome.ts';
import { readInput } from '../output-file.ts';
import { type Run, type Shell, say, showDiagnostics, writeJson } from '../shell.ts';
import { synthTexts } from '../synth/texts.ts';
import { version } from '../version.ts';

/** `alta synth [CLIENT…]`: writes the Terraform stacks of the clients that say `engine: terraform`. Contacts nobody. */
export const run: Run = async (shell) => {
  const { args, flags, host } = shell;
  const clients = [...args, ...flags.client];
  const known = await knownState(shell, clients);
  const { synthesise } = await import('../../stacks/index.ts');
  const { outdir, result } = await withEngine(shell, async ({ context: { root } }) => {
    const folder = flags.out === undefined ? join(root, 'cdktf.out') : resolve(host.cwd, flags.out);
    return { outdir: folder, result: await synthesise(root, folder, { clients, version, ...known }) };
  });
  await showDiagnostics(shell, result.diagnostics);
  if (shell.format === 'json') writeJson(shell, synthJson(shell, outdir, result));
  else say(shell, synthText(shell, outdir, result));
  return diagnosticsOutcome(result.diagnostics);
};

/**
 * The state that `--state` names, as that of the one client that is asked for. Nothing where the option was not given.
 *
 * @throws AltaError `synth-state-one-client`, `file-unreadable`
 */
async function knownState(shell: Shell, clients: readonly string[]) {
  const { state } = shell.flags;
  if (state === undefined) return {};
  const [client] = clients;
  if (client === undefined || clients.length > 1) {
    throw new AltaError('synth-state-one-client', { count: clients.length, clients });
  }
  const text = state === '-' ? await shell.host.stdin.text() : await readInput(shell, state);
  return { known: new Map([[client, text]]) };
}

function synthJson({ lang }: Shell, outdir: string, { stacks, pending, diagnostics }: Synthesis) {
  return {
    format_version: '1.0',
    alta_version: version,
    stacks: stacks.map((client) => ({ client, path: pathOf(outdir, client) })),
    pending,
    diagnostics: diagnosticsJson(diagnostics, lang),
  };
}

/** Paths as the reader can use them from where the command ran. */
function synthText({ host, lang }: Shell, outdir: string, { stacks, pending }: Synthesis): string {
  const written = stacks.map((client) => relative(host.cwd, pathOf(outdir, client)));
  const waiting = pending.map(({ address }) => fill(synthTexts[lang].waits, { address }));
  return [...written, ...waiting].map((line) => `${line}\n`).join('');
}

function pathOf(outdir: string, client: string): string {
  return join(outdir, 'stacks', client, 'cdk.tf.json');
}

import { join, resolve } from 'node:path';
import type { Diagnostic } from '../../engine/model/index.ts';
import { fill, safeText } from '../../engine/report/index.ts';
import type { Log } from '../../stacks/plugin/index.ts';
import * as terraform from '../../stacks/run/index.ts';
import { planOptionsOf, withEngine } from '../context.ts';
import type { Outcome } from '../outcome.ts';
import { type Run, type Shell, showDiagnostics } from '../shell.ts';
import { outcomeOf, showResult } from '../terraform/result.ts';
import { terraformTexts } from '../terraform/texts.ts';
import { version } from '../version.ts';

/** Stacks worked on at once where `--parallelism` does not say: each Terraform is a process of 100 MB and more. */
const defaultParallelism = 4;

/** `alta terraform -- plan`: Terraform in every client's stack, with the drivers served from this process. */
export const run: Run = async (shell) => {
  const asked = terraform.askedOf(shell.args);
  terraform.refuseImpossible(asked, []);
  if (asked.general) return general(shell, asked);
  // The vault takes its variables out of the environment when the files are read.
  const fullEnv = { ...shell.host.env };
  const { root, choice } = await withEngine(shell, async ({ context }) => ({
    root: context.root,
    choice: await terraform.chooseClients(context, planOptionsOf(shell)),
  }));
  const { clients, diagnostics } = choice;
  if (clients.length === 0) {
    await showDiagnostics(shell, diagnostics);
    return showResult(shell, { diagnostics, endings: [] });
  }
  return showResult(shell, await terraform.runTerraform(runOf(shell, { asked, root, choice, fullEnv })));
};

async function general({ host, flags }: Shell, asked: terraform.Asked): Promise<Outcome> {
  const code = await terraform.runGeneral({
    asked,
    program: terraform.programName(flags.program, host.env, host.cwd),
    env: terraform.generalEnvironment(host.env),
    signals: host.onInterrupt,
    workspace: host.cwd,
    person: host.stdin.isTTY,
  });
  return outcomeOf({ diagnostics: [], endings: [{ client: '', code, failure: null }] });
}

interface Known {
  readonly asked: terraform.Asked;
  readonly root: string;
  readonly choice: terraform.Choice;
  /** The environment as the command found it. */
  readonly fullEnv: Readonly<Record<string, string | undefined>>;
}

function runOf(shell: Shell, { asked, root, choice, fullEnv }: Known): terraform.TerraformRun {
  const { host, flags, format } = shell;
  const outdir = flags.out === undefined ? join(root, 'cdktf.out') : resolve(host.cwd, flags.out);
  return {
    workspace: root,
    outdir,
    clients: choice.clients,
    asked,
    program: terraform.programName(flags.program, fullEnv, host.cwd),
    parallelism: flags.parallelism ?? defaultParallelism,
    env: terraform.withoutSecrets(fullEnv, choice.listed),
    signals: host.onInterrupt,
    synthesise: synthesiser(shell, root, outdir, choice.clients),
    serve: () => serveDrivers(shell, root, fullEnv),
    alta: [process.execPath, process.argv[1] ?? ''],
    fullEnv,
    voice: voiceOf(shell, asked),
    terminal: format !== 'json',
    person: host.stdin.isTTY,
  };
}

/** Synthesis that says each problem once, although it is done twice. */
function synthesiser(
  shell: Shell,
  root: string,
  outdir: string,
  clients: readonly string[],
): terraform.Synthesise {
  const said = new Set<string>();
  const isNews = (diagnostic: Diagnostic): boolean => {
    const key = JSON.stringify(diagnostic);
    return !said.has(key) && said.add(key).size > 0;
  };
  return async (known) => {
    const { synthesise } = await import('../../stacks/index.ts');
    const written = await synthesise(root, outdir, { clients, version, known });
    await showDiagnostics(shell, written.diagnostics.filter(isNews));
    return written;
  };
}

/** One server for every stack. Secrets come from the environment as the command found it. What fails unexpectedly is said where it happened. */
async function serveDrivers(
  { lang, host, debug }: Shell,
  workspace: string,
  fullEnv: Known['fullEnv'],
): Promise<terraform.Served> {
  const [{ altaProvider }, { serve }] = await Promise.all([
    import('../../stacks/provider/index.ts'),
    import('../../stacks/plugin/index.ts'),
  ]);
  const alta = await altaProvider({ env: { ...fullEnv }, version, lang, workspace });
  const log: Log = (level, message, fields = {}) => {
    if (level !== 'error' && !debug) return;
    const facts = Object.entries(fields).map(([name, value]) => `${name}=${value}`);
    host.stderr.write(`[provider] ${safeText([message, ...facts].join(' '))}\n`);
  };
  const { reattach, close } = await serve(alta.provider, { log });
  return { reattach, close: () => close().finally(alta.close) };
}

function voiceOf(shell: Shell, asked: terraform.Asked): terraform.Voice {
  const { host, lang, format, color } = shell;
  const lines = format === 'json' ? host.stderr : host.stdout;
  return {
    stage(stage, client) {
      if (format === 'json') return;
      const params = { client: client ?? '', command: asked.name ?? '' };
      host.stderr.write(`${fill(terraformTexts[lang].stages[stage], params)}\n`);
    },
    line: (stream, text) => (stream === 'out' ? lines : host.stderr).write(`${text}\n`),
    color: color && lines.isTTY,
  };
}

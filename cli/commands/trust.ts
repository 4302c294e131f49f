import { AltaError, errorDiagnostic } from '../../engine/model/index.ts';
import { diagnosticsJson } from '../../engine/report/index.ts';
import type {
  HostKeyOptions,
  TrustConsent,
  TrustFound,
  TrustResult,
} from '../../engine/run/trust/trust-contract.ts';
import { type EngineRun, planOptionsOf, withEngine } from '../context.ts';
import { editsText } from '../edits.ts';
import { diagnosticsOutcome } from '../outcome.ts';
import { humanOutput, type Run, type Shell, say, showDiagnostics, styleFor, writeJson } from '../shell.ts';
import { trustText, trustWords } from '../trust/text.ts';
import { version } from '../version.ts';

/** Whether what was seen stands on the screen already: it does where the question was asked. */
interface Shown {
  found: boolean;
}

/**
 * `alta trust`: shows the certificates of the targets, or with `--ssh` or `--access` the host keys of a server, and writes what nobody
 * vouches for yet into the YAML, with consent. Without a terminal and without `--yes` it only shows.
 */
export const run: Run = async (shell) => {
  const { ssh, access } = shell.flags;
  const engine = await shell.host.engine();
  const shown: Shown = { found: false };
  const result = await withEngine(shell, (engineRun) => {
    const consent = consentOf(shell, engineRun, shown);
    const { context } = engineRun;
    if (ssh === undefined && access === undefined)
      return engine.trustTargets(context, { ...planOptionsOf(shell), ...consent });
    return engine.trustHostKeys(context, { ...hostKeyOptionsOf(shell), ...consent });
  });
  const refusal = canAsk(shell) ? errorDiagnostic('declined') : errorDiagnostic('trust-unasked');
  const diagnostics = [...result.diagnostics, ...(result.declined ? [refusal] : [])];
  await show(shell, { ...result, diagnostics }, shown);
  return diagnosticsOutcome(diagnostics);
};

function consentOf(shell: Shell, engineRun: EngineRun, shown: Shown): TrustConsent {
  const { replace = false, dryRun = false, yes, autoApprove } = shell.flags;
  return {
    replace,
    dryRun,
    confirm: async (found) => {
      engineRun.progress.pause();
      if (yes === true || autoApprove === true) return true;
      if (!canAsk(shell)) return false;
      shown.found = true;
      say(shell, textOf(shell, found));
      return ask(shell, engineRun.context.stop);
    },
  };
}

function canAsk({ host }: Shell): boolean {
  return host.stdin.isTTY && host.stderr.isTTY;
}

/** No, Ctrl-C and Escape are all no. */
async function ask(shell: Shell, signal: AbortSignal): Promise<boolean> {
  const { confirm } = await import('@clack/prompts');
  const words = trustWords[shell.lang];
  const question = { message: words.ask, active: words.yes, inactive: words.no, initialValue: false };
  return (await confirm({ ...question, output: process.stderr, signal })) === true;
}

function hostKeyOptionsOf({ flags }: Shell): Omit<HostKeyOptions, keyof TrustConsent> {
  return {
    server: flags.ssh === undefined ? null : serverOf(flags.ssh),
    access: flags.access ?? null,
    client: flags.client[0] ?? null,
  };
}

/** `alta@bastion.acme.example:22`; an IPv6 address with a port stands in brackets. */
function serverOf(text: string): NonNullable<HostKeyOptions['server']> {
  const pattern =
    /^(?:([^@\s]+)@)?(?:\[([0-9a-f:.]+)\]|([^\s:@/[\]]+)|([0-9a-f]*:[0-9a-f:.]+))(?::(\d{1,5}))?$/i;
  const [, user = null, bracketed, plain, bare, digits = '22'] = pattern.exec(text) ?? [];
  const host = bracketed ?? plain ?? bare;
  const port = Number(digits);
  if (host !== undefined && port > 0 && port < 65_536) return { user, host, port };
  throw new AltaError('option-value', { option: '--ssh', value: text, expected: '[user@]host[:port]' });
}

function textOf(shell: Shell, found: TrustFound): string {
  return trustText(found, shell.lang, styleFor(humanOutput(shell), shell));
}

async function show(shell: Shell, result: TrustResult, shown: Shown): Promise<void> {
  const { found, edits, diagnostics } = result;
  if (shell.format === 'json') {
    writeJson(shell, document(shell, result));
    return;
  }
  const [sawNothing, failed] = [isEmpty(found), diagnosticsOutcome(diagnostics).error === true];
  if (!shown.found && !(sawNothing && failed)) say(shell, textOf(shell, found));
  if (edits.length > 0) say(shell, `\n${editsText(shell, edits, shell.flags.dryRun === true)}`);
  await showDiagnostics(shell, diagnostics);
}

function isEmpty({ certificates, hostKeys }: TrustFound): boolean {
  return certificates.length + hostKeys.length === 0;
}

function document(shell: Shell, { found, edits, diagnostics }: TrustResult) {
  return {
    format_version: '1.0',
    alta_version: version,
    command: shell.command,
    errored: diagnostics.some(({ severity }) => severity === 'error'),
    dry_run: shell.flags.dryRun === true,
    certificates: found.certificates.map(({ validFrom, validTo, ...seen }) => {
      return { ...seen, valid_from: validFrom, valid_to: validTo };
    }),
    host_keys: found.hostKeys,
    edits,
    diagnostics: diagnosticsJson(diagnostics, shell.lang),
  };
}

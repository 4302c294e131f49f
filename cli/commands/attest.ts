import { diagnosticsJson, fill, formsText } from '../../engine/report/index.ts';
import { withEngine } from '../context.ts';
import { diagnosticsOutcome } from '../outcome.ts';
import { humanOutput, type Run, type Shell, say, showDiagnostics, styleFor, writeJson } from '../shell.ts';
import { texts } from '../texts.ts';
import { version } from '../version.ts';

/** `alta attest [ADDRESS]`: vouches for a step done by hand; without an address, lists what waits. */
export const run: Run = async (shell) => {
  const [address] = shell.args;
  return address === undefined ? listPending(shell) : vouch(shell, address);
};

const listPending: Run = async (shell) => {
  const engine = await shell.host.engine();
  const forms = await withEngine(shell, ({ context }) => engine.listGuided(context));
  if (shell.format === 'json') writeJson(shell, { ...documentHead(), forms });
  else if (forms.length === 0) say(shell, `${texts[shell.lang].nothingPending}\n`);
  else say(shell, `${formsText(forms, shell.lang, styleFor(humanOutput(shell), shell)).join('\n')}\n`);
  return {};
};

async function vouch(shell: Shell, address: string) {
  const { note = null, lockTimeout: lockTimeoutMs = 0 } = shell.flags;
  const engine = await shell.host.engine();
  const { attested, diagnostics } = await withEngine(shell, ({ context }) => {
    return engine.attest(context, { address, note, lockTimeoutMs });
  });
  await showDiagnostics(shell, diagnostics);
  if (shell.format === 'json') {
    writeJson(shell, { ...documentHead(), attested, diagnostics: diagnosticsJson(diagnostics, shell.lang) });
  } else {
    const lines = attested.map((form) => fill(texts[shell.lang].attested, { address: form.address }));
    say(shell, lines.map((line) => `${line}\n`).join(''));
  }
  return diagnosticsOutcome(diagnostics);
}

function documentHead() {
  return { format_version: '1.0', alta_version: version };
}

import { diagnosticsJson, gitlabCodeQuality } from '../../engine/report/index.ts';
import { withEngine } from '../context.ts';
import { diagnosticsOutcome } from '../outcome.ts';
import { type Run, say, showDiagnostics, writeJson } from '../shell.ts';
import { texts } from '../texts.ts';
import { version } from '../version.ts';

/** `alta secrets check`: every secret there and intact. */
export const run: Run = async (shell) => {
  const { lang, format } = shell;
  const engine = await shell.host.engine();
  const { diagnostics } = await withEngine(shell, ({ context }) => engine.secretsCheck(context));
  const outcome = diagnosticsOutcome(diagnostics);
  await showDiagnostics(shell, format === 'gitlab' ? [] : diagnostics);
  if (format === 'gitlab') writeJson(shell, gitlabCodeQuality(diagnostics, lang));
  else if (format === 'json') {
    const head = { format_version: '1.0', alta_version: version, errored: outcome.error === true };
    writeJson(shell, { ...head, diagnostics: diagnosticsJson(diagnostics, lang) });
  } else if (diagnostics.length === 0) say(shell, `${texts[lang].intact}\n`);
  return outcome;
};

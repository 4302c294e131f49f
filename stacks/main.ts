/**
 * What `cdktf.json` runs, and what `node dist/stacks/main.js [client…]` does without cdktf's own command line: synthesises
 * the workspace of the current folder into `cdktf.out/`, or where CDKTF_OUTDIR says.
 */
import { join } from 'node:path';
import { version } from '../cli/version.ts';
import { toDiagnostic } from '../engine/model/index.ts';
import { diagnosticsText } from '../engine/report/index.ts';
import { findWorkspace } from '../engine/run/workspace/files.ts';
import { synthesise } from './synth/index.ts';

try {
  const root = findWorkspace(process.cwd());
  const outdir = process.env.CDKTF_OUTDIR ?? join(root, 'cdktf.out');
  const { stacks, diagnostics } = await synthesise(root, outdir, { clients: process.argv.slice(2), version });
  if (diagnostics.length > 0) process.stderr.write(`${diagnosticsText(diagnostics, 'en')}\n`);
  if (diagnostics.some(({ severity }) => severity === 'error')) process.exitCode = 1;
  else
    process.stdout.write(
      stacks.map((client) => `${join(outdir, 'stacks', client, 'cdk.tf.json')}\n`).join(''),
    );
} catch (error) {
  process.stderr.write(`${diagnosticsText([toDiagnostic(error)], 'en')}\n`);
  process.exitCode = 1;
}

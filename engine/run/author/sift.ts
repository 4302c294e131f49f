import { upsertExtensions } from '../../edit/index.ts';
import { type LoadInput, load, type SourceFile } from '../../load/index.ts';
import { type Actual, type Diagnostic, warningDiagnostic } from '../../model/index.ts';
import type { Extension } from '../../model/input.ts';
import type { ImportOptions } from '../contract.ts';
import type { Workspace } from '../workspace/workspace.ts';

/** An extension as the YAML would say it. */
export type Patch = Pick<Extension, 'pbx' | 'number'> & Partial<Extension>;

/** One extension found there, as YAML would say it, and the secrets that the target shows. */
export interface Found {
  readonly actual: Actual;
  readonly patch: Patch;
}

/** What the YAML cannot say is left out with a warning rather than written as a broken file. */
export function sift(
  found: readonly Found[],
  workspace: Workspace,
  options: ImportOptions,
): { accepted: readonly Found[]; refused: readonly Diagnostic[] } {
  if (problemsWith(found, workspace, options).length === 0) return { accepted: found, refused: [] };
  const verdicts = found.map((one) => ({ one, problems: problemsWith([one], workspace, options) }));
  return {
    accepted: verdicts.filter(({ problems }) => problems.length === 0).map(({ one }) => one),
    refused: verdicts.flatMap(({ one, problems }) => {
      const [first] = problems;
      if (first === undefined) return [];
      const address = `${options.client}/pbx:${options.pbx}/extension:${one.actual.key}`;
      const reasons = problems.map((problem) => problem.code);
      return [warningDiagnostic('import-skipped', { address, reasons }, { address })];
    }),
  };
}

function problemsWith(
  found: readonly Found[],
  workspace: Workspace,
  options: ImportOptions,
): readonly Diagnostic[] {
  const filename = fileFor(workspace, options);
  const withSecrets = new Set(found.map((one) => `extensions/${options.pbx}/${one.actual.key}/sip`));
  const replace = (file: SourceFile): SourceFile => {
    if (file.filename !== filename) return file;
    const text = upsertExtensions(
      new TextDecoder().decode(file.bytes),
      found.map((one) => one.patch),
    );
    return { filename, bytes: new TextEncoder().encode(text) };
  };
  const input: LoadInput = {
    ...workspace.files,
    clients: workspace.files.clients.map((client) => ({ ...client, files: client.files.map(replace) })),
  };
  return load(input).diagnostics.filter(
    (d) => d.severity === 'error' && !(d.code === 'secret-missing' && withSecrets.has(String(d.params.name))),
  );
}

/** The file that holds the PBX's block. */
export function fileFor(workspace: Workspace, options: ImportOptions): string {
  const compiled = workspace.compiled.find((client) => client.client === options.client);
  const target = compiled?.targets.find((t) => t.label === options.pbx);
  return target?.origin.filename ?? `clients/${options.client}/client.yaml`;
}

import { formatFile } from '../../edit/index.ts';
import { toDiagnostic } from '../../model/index.ts';
import type { EditResult, RunContext } from '../contract.ts';
import { readWorkspace } from '../workspace/files.ts';
import { createDraft, textOf } from './draft.ts';

/** Brings every file of the workspace to its canonical form; `check` only says which are not in it. */
export async function formatWorkspace(context: RunContext, options: { check: boolean }): Promise<EditResult> {
  const { input, diagnostics } = await readWorkspace(context.root);
  const draft = createDraft(context);
  const found = [...diagnostics];
  const secrets = [input.workspaceSecrets, ...input.clients.map((client) => client.secrets)];
  const files = [
    { kind: 'workspace', file: input.workspace } as const,
    ...input.clients.flatMap((client) => client.files.map((file) => ({ kind: 'client', file }) as const)),
    ...secrets.map((file) => ({ kind: 'secrets', file }) as const),
  ];
  for (const { kind, file } of files) {
    if (file === null) continue;
    try {
      await draft.put(file.filename, formatFile(kind, textOf(file)));
    } catch (error) {
      found.push(toDiagnostic(error, { address: file.filename }));
    }
  }
  if (!options.check) await draft.save();
  return { edits: draft.edits(), diagnostics: found };
}

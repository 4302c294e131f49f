/**
 * What the launcher of a mirror starts: the provider in a process of its own, spoken to by Terraform alone. `scripts/bundle-provider.mjs`
 * makes one file of it.
 */
import { preferencesOf } from '../../cli/preferences.ts';
import { silenceNode } from '../../cli/quiet.ts';
import { version } from '../../cli/version.ts';

async function main(): Promise<void> {
  const { env } = process;
  // Before the library that speaks HTTP is loaded.
  silenceNode();
  const [{ altaProvider }, { runSpawned }] = await Promise.all([
    import('../provider/index.ts'),
    import('../plugin/index.ts'),
  ]);
  const { lang } = preferencesOf([], env);
  const { provider, close } = await altaProvider({ env, version, lang, workspace: await workspaceHere() });
  await runSpawned(provider).finally(close);
}

/** ALTA_WORKSPACE, else the nearest upwards from where Terraform runs: the folder of the stack, unless `-chdir` says otherwise. */
async function workspaceHere(): Promise<string | null> {
  if (process.env.ALTA_WORKSPACE) return process.env.ALTA_WORKSPACE;
  const { findWorkspace } = await import('../../engine/run/workspace/files.ts');
  try {
    return findWorkspace(process.cwd());
  } catch {
    return null;
  }
}

void main();

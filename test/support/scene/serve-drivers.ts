import type { Lang } from '../../../engine/model/index.ts';
import { type Reattach, serve } from '../../../stacks/plugin/index.ts';
import { altaProvider } from '../../../stacks/provider/index.ts';

/** Serves the drivers for a workspace. Secrets are read from `env`, then deleted there. */
export async function serveDrivers(
  workspace: string,
  lang: Lang,
  env: Record<string, string | undefined>,
): Promise<{ readonly reattach: Reattach; readonly close: () => Promise<void> }> {
  const { provider, close } = await altaProvider({ env, version: '0.0.0-test', lang, workspace });
  const serving = await serve(provider);
  return { reattach: serving.reattach, close: () => serving.close().finally(close) };
}

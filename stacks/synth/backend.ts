import { posix, relative, resolve, sep } from 'node:path';
import { AltaError } from '../../engine/model/index.ts';
import type { WorkspaceDocument } from '../../engine/model/input.ts';
import type { Backend } from './model.ts';

/** Of a client whose workspace says nothing about backends. */
const usualPath = 'state/terraform/{client}.tfstate';

/** Where Terraform keeps the state of a client, as alta.yaml says. Relative paths of files are still relative to the workspace. */
export function backendOf({ terraform }: WorkspaceDocument, client: string): Backend {
  const [chosen] = Object.entries(terraform?.backend ?? {});
  const [name, settings] = chosen ?? ['local', {}];
  const whole = name === 'local' ? { path: usualPath, ...settings } : settings;
  return { name, settings: filledIn(whole, client) };
}

/**
 * Path of a client's state file, relative to the workspace; null where the state is kept elsewhere. It is the state of Terraform's workspace
 * `default`: those of others stand in the folder of the stack.
 *
 * @param env of Terraform: TF_WORKSPACE chooses among its workspaces.
 * @throws AltaError `terraform-workspace-other`
 */
export function localStateOf(
  backend: Backend,
  env: { readonly TF_WORKSPACE?: string | undefined },
): string | null {
  const path = pathOf(backend);
  const chosen = env.TF_WORKSPACE || 'default';
  if (path === null || chosen === 'default') return path;
  throw new AltaError('terraform-workspace-other', { workspace: chosen, filename: path });
}

/** The same backend as a stack in `folder` must spell it: no path of this machine goes into a stack. */
export function seenFrom(folder: string, root: string, backend: Backend): Backend {
  const path = pathOf(backend);
  if (path === null) return backend;
  const way = relative(folder, resolve(root, path)).split(sep).join(posix.sep);
  return { ...backend, settings: { ...backend.settings, path: way } };
}

function pathOf({ name, settings }: Backend): string | null {
  return name === 'local' ? String(settings.path) : null;
}

function filledIn(settings: object, client: string): Readonly<Record<string, unknown>> {
  const fill = (value: unknown): unknown => {
    if (typeof value === 'string') return value.replaceAll('{client}', client);
    return typeof value === 'object' && value !== null ? filledIn(value, client) : value;
  };
  return Object.fromEntries(Object.entries(settings).map(([key, value]) => [key, fill(value)]));
}

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
 * Path of a client's state file, relative to the workspace; null where the state is kept elsewhere. The states of Terraform's workspaces
 * other than `default` stand in `workspace_dir`; without it in the folder of the stack, where nobody looks for them.
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
  const { workspace_dir: folder } = backend.settings;
  if (path === null || chosen === 'default') return path;
  if (typeof folder === 'string') return posix.join(folder, chosen, 'terraform.tfstate');
  throw new AltaError('terraform-workspace-other', { workspace: chosen, filename: path });
}

/** The same backend as a stack in `folder` must spell it: no path of this machine goes into a stack. */
export function seenFrom(folder: string, root: string, backend: Backend): Backend {
  if (pathOf(backend) === null) return backend;
  const way = (path: unknown) =>
    relative(folder, resolve(root, String(path)))
      .split(sep)
      .join(posix.sep);
  const ways = Object.entries(backend.settings).map(([key, path]) => [key, way(path)]);
  return { ...backend, settings: Object.fromEntries(ways) };
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

import type { WorkspaceDocument } from '../../model/input.ts';
import { backendVariables } from '../backend.ts';
import { holdsLogin } from '../mask.ts';
import { type Path, pathText } from '../problem.ts';
import type { Finding } from '../types.ts';

/** A login may hide in any address of a Terraform backend: before its `@`, or in its query. */
export function checkBackend(filename: string, { terraform }: WorkspaceDocument): readonly Finding[] {
  const path = ['terraform', 'backend'];
  return textsIn(terraform?.backend ?? {}, path)
    .filter(([text]) => holdsLogin(text))
    .map(([, at]) => ({
      severity: 'error',
      code: 'backend-secret',
      params: { field: pathText(at), variables: backendVariables(at) ?? [] },
      origin: { filename, path: at },
      at: 'value',
      masked: true,
    }));
}

function textsIn(value: unknown, path: Path): readonly (readonly [string, Path])[] {
  if (typeof value === 'string') return [[value, path]];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, part]) => textsIn(part, [...path, key]));
}

import type { Box } from './box.ts';
import { type Dialect, type Directory, idOf } from './dialect.ts';
import type { Problem } from './failures.ts';
import { type Company, codeOf, type Entry, type Kind, type Values, withValue } from './model.ts';
import { seemsRegistered } from './registrar.ts';

/** One company's numbers and ids. Without a company it knows none. */
export function directoryOf(box: Box, company: Company | undefined): Directory {
  return {
    company: company === undefined ? '' : codeOf(company),
    idOf(kind, number) {
      const entry = company && withValue(company.shelves[kind], 'number', number);
      return entry && idOf(box.dialect, entry);
    },
    numberOf(kind, id) {
      const entry = company?.shelves[kind].get(String(id));
      return entry !== undefined && idOf(box.dialect, entry) === id ? entry.values.number : undefined;
    },
  };
}

/** An object as the API shows it. */
export function shown(
  box: Box,
  kind: Kind,
  company: Company | undefined,
  entry: Entry,
): Record<string, unknown> {
  const { dialect } = box;
  const directory = directoryOf(box, company);
  const object: Record<string, unknown> = { [dialect.id.key]: idOf(dialect, entry) };
  for (const { key, path, codec, access } of dialect.fields[kind]) {
    if (access !== 'write') put(object, path, codec.toWire(entry.values[key] ?? '', directory));
  }
  const registered = kind === 'extension' && seemsRegistered(box, directory.company, entry);
  const extensions = company?.shelves.extension.size ?? 0;
  return {
    ...object,
    ...dialect.added({ kind, entry, company: directory.company, registered, extensions, directory }),
  };
}

/** The neutral values that a body sets, and what is wrong with it. Keys that no field has are passed over (U). */
export function read(
  dialect: Dialect,
  kind: Kind,
  body: Readonly<Record<string, unknown>>,
  directory: Directory,
): { values: Values; problems: Problem[] } {
  const values: Record<string, string> = {};
  const problems: Problem[] = [];
  for (const { key, path, codec, access } of dialect.fields[kind]) {
    const raw = access === 'read' ? undefined : at(body, path);
    if (raw === undefined) continue;
    const value = codec.fromWire(raw, directory);
    if (value === undefined) problems.push({ name: path, rule: 'invalid' });
    else values[key] = value;
  }
  return { values, problems };
}

/** What a panel would send for these neutral values. */
export function written(
  dialect: Dialect,
  kind: Kind,
  values: Values,
  directory: Directory,
): Record<string, unknown> {
  const body: Record<string, unknown> = {};
  for (const { key, path, codec, access } of dialect.fields[kind]) {
    const value = values[key];
    if (access !== 'read' && value !== undefined) put(body, path, codec.toWire(value, directory));
  }
  return body;
}

/** What the wire calls a field. */
export function nameOf(dialect: Dialect, kind: Kind, key: string): string {
  return dialect.fields[kind].find((field) => field.key === key)?.path ?? key;
}

/** The value at a dotted place. */
export function at(body: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>(
      (value, name) =>
        typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined,
      body,
    );
}

function put(body: Record<string, unknown>, path: string, value: unknown): void {
  const names = path.split('.');
  const last = names.pop() ?? path;
  let level = body;
  for (const name of names) {
    level[name] ??= {};
    level = level[name] as Record<string, unknown>;
  }
  level[last] = value;
}

import type { AttributeType } from '../contract.ts';

/** A type in the protocol's JSON: `"string"`, `["list","string"]`, `["object",{"line":"number"}]`. */
export function typeJson(type: AttributeType): string {
  return JSON.stringify(typeForm(type));
}

type TypeForm = string | readonly [string, TypeForm | Readonly<Record<string, TypeForm>>];

function typeForm(type: AttributeType): TypeForm {
  if (typeof type === 'string') return type;
  if ('list' in type) return ['list', typeForm(type.list)];
  if ('map' in type) return ['map', typeForm(type.map)];
  const forms = Object.entries(type.object).map(([name, part]) => [name, typeForm(part)] as const);
  return ['object', Object.fromEntries(forms)];
}

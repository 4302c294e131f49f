/** What a template may ask for: `companyId`, `companyName`, `id`, `number`. Secrets are filled in by the dialect only. */
export type Variables = Readonly<Record<string, string>>;

/** `ext{companyId}{number}` filled in. What is not known stays as it stands: loading has refused it. */
export function fill(template: string, variables: Variables): string {
  return template.replace(/\{(\w+)\}/g, (whole, name: string) =>
    Object.hasOwn(variables, name) ? (variables[name] ?? whole) : whole,
  );
}

/** The same in a path: what is filled in stays one part of it. */
export function fillPath(template: string, variables: Variables): string {
  const encoded = Object.entries(variables).map(([name, value]) => [name, encodeURIComponent(value)]);
  return fill(template, Object.fromEntries(encoded));
}

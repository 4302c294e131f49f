import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';

const folder = fileURLToPath(new URL('../../../schemas/', import.meta.url));
const names = readdirSync(folder).filter((name) => name.endsWith('.schema.json'));
const schemas = new Map(
  names.map((name) => [name, JSON.parse(readFileSync(folder + name, 'utf8')) as Schema]),
);

type Schema = Readonly<Record<string, unknown>>;

/** Every schema object below one, with its path. */
function* parts(schema: unknown, path = '#'): Generator<[string, Schema]> {
  if (Array.isArray(schema)) {
    for (const [index, item] of schema.entries()) yield* parts(item, `${path}/${index}`);
  } else if (typeof schema === 'object' && schema !== null) {
    yield [path, schema as Schema];
    for (const [key, part] of Object.entries(schema)) yield* parts(part, `${path}/${key}`);
  }
}

const conditional = /\/(if|then|else|not)(\/|$)/;

describe.each(names)('%s', (name) => {
  const schema = schemas.get(name) ?? {};

  test('is valid JSON Schema 2020-12', () => {
    const ajv = new Ajv2020({ allowUnionTypes: true, strictTypes: false, strictRequired: false });
    for (const other of schemas.values()) ajv.addSchema(other);
    expect(ajv.validateSchema(schema)).toBe(true);
    expect(() => ajv.getSchema(String(schema.$id))).not.toThrow();
  });

  test('is called by its file name', () => {
    expect(schema.$id).toBe(`https://alta.example/schemas/${name}`);
  });

  test('closes every object', () => {
    const open = [...parts(schema)].filter(
      ([path, { type, additionalProperties }]) =>
        [type].flat().includes('object') && additionalProperties === undefined && !conditional.test(path),
    );
    expect(open.map(([path]) => path)).toEqual([]);
  });

  test('gives an example for every pattern', () => {
    const missing = [...parts(schema)].filter(
      ([, { pattern, examples, type }]) =>
        typeof pattern === 'string' && type !== undefined && !Array.isArray(examples),
    );
    expect(missing.map(([path]) => path).filter(() => !/plan|report|state/.test(name))).toEqual([]);
  });

  test('has examples that match their own pattern', () => {
    const wrong = [...parts(schema)].filter(
      ([, { pattern, examples }]) =>
        typeof pattern === 'string' &&
        Array.isArray(examples) &&
        !examples.every((example) => new RegExp(pattern, 'u').test(String(example))),
    );
    expect(wrong.map(([path]) => path)).toEqual([]);
  });

  test('describes every definition', () => {
    const definitions = Object.entries((schema.$defs ?? {}) as Record<string, Schema>);
    expect(
      definitions.filter(([, { description }]) => typeof description !== 'string').map(([key]) => key),
    ).toEqual([]);
  });
});

test.each(names.filter((name) => Array.isArray(schemas.get(name)?.examples)))(
  'the examples of %s are valid',
  (name) => {
    const ajv = new Ajv2020({ allowUnionTypes: true, strictTypes: false, strictRequired: false });
    for (const schema of schemas.values()) ajv.addSchema(schema);
    const schema = schemas.get(name) ?? {};
    const invalid = (schema.examples as unknown[]).filter(
      (example) => !ajv.validate(String(schema.$id), example),
    );
    expect(invalid).toEqual([]);
  },
);

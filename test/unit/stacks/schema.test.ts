import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { attributeName } from '../../../stacks/name.ts';
import { allFacts } from '../../../stacks/provider/index.ts';
import { secretFields, valueFields } from '../../../stacks/schema/field.ts';
import { foreignSchema, providerSchema, tenantSchema } from '../../../stacks/schema/provider.ts';
import { resourceShapes, secretNames } from '../../../stacks/schema/resource.ts';

/** As much of a JSON Schema as is asked here. */
interface Node {
  readonly type?: string | readonly string[];
  readonly $ref?: string;
  readonly properties?: Readonly<Record<string, Node>>;
  readonly $defs?: Readonly<Record<string, Node>>;
  readonly items?: Node;
}

const read = (name: string): Node =>
  JSON.parse(readFileSync(new URL(`../../../schemas/${name}`, import.meta.url), 'utf8'));
const client = read('client.schema.json');
const common = read('common.schema.json');

/** Resolves references of both files, without the code that is tested. */
function resolved(node: Node | undefined): Node {
  if (node?.$ref === undefined) return node ?? {};
  const document = node.$ref.startsWith('#') ? client : common;
  const name = node.$ref.slice(node.$ref.lastIndexOf('/') + 1);
  return resolved(document.$defs?.[name]);
}

const facts = await allFacts();
const shapes = resourceShapes(facts);
const extension = resolved(client.$defs?.extension).properties ?? {};
const account = resolved(client.$defs?.account).properties ?? {};

const elsewhere = {
  extension: ['pbx', 'number', 'secrets', 'protect', 'adopt'],
  account: ['line', 'extension', 'network', 'protect', 'adopt'],
};

describe.each([
  ['extension', extension],
  ['account', account],
] as const)('alta_%s', (kind, properties) => {
  const { attributes } = shapes[kind].schema;
  const fields = Object.keys(properties).filter((field) => !elsewhere[kind].includes(field));

  it('has an argument for every value of the YAML, and for no other', () => {
    expect(fields.length).toBeGreaterThan(8);
    expect(shapes[kind].values.map(({ field }) => field)).toEqual(fields);
  });

  it.each(fields)('takes %s in the type of the JSON Schema', (field) => {
    const types = [resolved(properties[field]).type ?? 'string'].flat();
    const terraform = types.includes('boolean') ? 'bool' : types.includes('integer') ? 'number' : 'string';
    const attribute = attributes[attributeName(field)];
    expect(attribute).toMatchObject({ type: terraform, optional: true, computed: true });
    expect(attribute?.description.length).toBeGreaterThan(8);
  });

  it('has four attributes for each secret that a driver knows; the value is write-only', () => {
    const secrets = secretFields(kind, facts);
    expect(shapes[kind].secrets).toEqual(secrets);
    for (const field of secrets) {
      const { source, version, value, marker } = secretNames(field);
      expect(attributes[value]).toMatchObject({ writeOnly: true, sensitive: true, optional: true });
      expect(attributes[marker]).toMatchObject({ computed: true });
      for (const open of [source, version, marker]) expect(attributes[open]?.writeOnly).not.toBe(true);
    }
  });

  it('requires what it is known by, and nothing else', () => {
    const required = Object.entries(attributes).filter(([, one]) => one.required === true);
    expect(required.map(([name]) => name)).toEqual(['target', kind === 'extension' ? 'number' : 'line']);
  });

  it('names no attribute that Terraform keeps for itself', () => {
    const reserved = [
      'count',
      'for_each',
      'depends_on',
      'lifecycle',
      'provider',
      'connection',
      'provisioner',
    ];
    expect(Object.keys(attributes).filter((name) => reserved.includes(name))).toEqual([]);
    expect(Object.keys(attributes).filter((name) => !/^[a-z][a-z0-9_]*$/.test(name))).toEqual([]);
  });
});

describe('what drivers know', () => {
  it('is said of a field', () => {
    const values = valueFields('extension', facts);
    const name = values.find(({ field }) => field === 'registrationName');
    expect(name).toMatchObject({ attribute: 'registration_name', computed: true });
    expect(values.find(({ field }) => field === 'name')?.drivers).toEqual(
      Object.keys(facts).filter((one) => facts[one]?.target === 'pbx'),
    );
  });

  it('without any driver, nothing is a secret and nothing is computed', () => {
    expect(secretFields('extension', {})).toEqual([]);
    expect(
      valueFields('extension', {}).filter(({ computed, drivers }) => computed || drivers.length > 0),
    ).toEqual([]);
  });
});

it.each([
  ['provider', providerSchema],
  ['alta_tenant', tenantSchema],
  ['alta_foreign_extensions', foreignSchema],
  ['alta_extension', shapes.extension.schema],
  ['alta_account', shapes.account.schema],
])('every attribute of %s is required, or optional, computed or both, and explained', (_, { attributes }) => {
  const odd = Object.entries(attributes).filter(([, { required, optional, computed, description }]) => {
    const free = optional === true || computed === true;
    return (required === true) === free || description === '';
  });
  expect(odd).toEqual([]);
});

import { usualAccount } from '../../engine/compile/index.ts';
import { type SchemaPlace, schemaBelow, schemaOf } from '../../engine/edit/schema.ts';
import type { Kind, Scalar } from '../../engine/model/index.ts';
import type { Facts } from '../../providers/contract.ts';
import { attributeName } from '../name.ts';

/** One plain value of a resource: what the YAML calls it, what Terraform calls it. */
export interface ValueField {
  /** `callerId` */
  readonly field: string;
  /** `caller_id` */
  readonly attribute: string;
  readonly type: 'string' | 'number' | 'bool';
  /** Of the JSON Schema. */
  readonly description: string;
  /** Some target computes it where it is not declared. */
  readonly computed: boolean;
  /** What it is where it is neither given nor left alone: the procedure's own settings of a phone. */
  readonly default?: Scalar;
  /** Names of the drivers that know it. */
  readonly drivers: readonly string[];
}

/** Keys of the YAML's objects that are no values: Terraform has arguments of their own for them, or none. */
const notValues: Readonly<Record<Kind, ReadonlySet<string>>> = {
  extension: new Set(['pbx', 'number', 'secrets', 'protect', 'adopt']),
  account: new Set(['line', 'extension', 'network', 'protect', 'adopt']),
};

const places: Readonly<Record<Kind, readonly (string | number)[]>> = {
  extension: ['extensions', 0],
  account: ['devices', 0, 'accounts', 0],
};

/** The plain values of a kind: the JSON Schema says which there are and of what type, the drivers' facts who has them. Pure. */
export function valueFields(kind: Kind, facts: Readonly<Record<string, Facts>>): readonly ValueField[] {
  const place = placeOf(kind);
  const properties = recordOf(place.node.properties);
  return Object.keys(properties)
    .filter((field) => !notValues[kind].has(field))
    .map((field) => ({
      field,
      attribute: attributeName(field),
      type: typeOf(schemaBelow(place, field)),
      description: descriptionOf(place, field),
      ...defaultOf(kind, field),
      ...knownBy(kind, field, facts),
    }));
}

/** The names of a kind's secrets in the drivers' facts, in alphabetical order. */
export function secretFields(kind: Kind, facts: Readonly<Record<string, Facts>>): readonly string[] {
  const fields = Object.values(facts).flatMap((fact) => Object.entries(fact.kinds[kind]?.fields ?? {}));
  return [...new Set(fields.flatMap(([field, { secret }]) => (secret === true ? [field] : [])))].sort();
}

const defaults: Readonly<Record<Kind, Readonly<Record<string, Scalar>>>> = {
  extension: {},
  account: usualAccount,
};

function defaultOf(kind: Kind, field: string): Pick<ValueField, 'default'> {
  const value = defaults[kind][field];
  return value === undefined ? {} : { default: value };
}

function knownBy(
  kind: Kind,
  field: string,
  facts: Readonly<Record<string, Facts>>,
): Pick<ValueField, 'computed' | 'drivers'> {
  const known = Object.entries(facts).flatMap(([driver, fact]) => {
    const found = fact.kinds[kind]?.fields[field];
    return found === undefined ? [] : [{ driver, computed: found.computed === true }];
  });
  return { computed: known.some(({ computed }) => computed), drivers: known.map(({ driver }) => driver) };
}

function placeOf(kind: Kind): SchemaPlace {
  const found = places[kind].reduce<SchemaPlace | null>(schemaBelow, schemaOf('client'));
  if (found === null) throw new TypeError(`the schema of clients has no ${kind}`);
  return found;
}

function typeOf(place: SchemaPlace | null): ValueField['type'] {
  const types = [place?.node.type].flat();
  if (types.includes('boolean')) return 'bool';
  return types.includes('integer') || types.includes('number') ? 'number' : 'string';
}

/** What stands beside a reference goes before what the reference says. */
function descriptionOf(place: SchemaPlace, field: string): string {
  const own = recordOf(recordOf(place.node.properties)[field]).description;
  const referred = schemaBelow(place, field)?.node.description;
  return [own, referred].find((text): text is string => typeof text === 'string') ?? field;
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

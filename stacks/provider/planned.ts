import { isDeepStrictEqual } from 'node:util';
import type { Scalar } from '../../engine/model/index.ts';
import { isRemoteChange } from '../../engine/plan/index.ts';
import { unknown, type Value, type ValueObject } from '../plugin/contract.ts';
import { type ResourceShape, secretNames } from '../schema/resource.ts';
import type { Situation } from './situation.ts';

/** Both sides of a planned state. */
export interface Sides {
  readonly prior: ValueObject | null;
  readonly config: ValueObject;
  /** The values of `prior` in the form that reading gives. */
  readonly priorNormal: Readonly<Record<string, Scalar>>;
  /** Something must be done on the target although no argument says so. */
  readonly again: boolean;
  /** Secret fields whose value only the apply will tell. */
  readonly open: readonly string[];
}

/**
 * The state that an apply would leave. An argument that is given is planned as it is written, or stays as it was spelled where both mean
 * the same; what the target alone knows is unknown exactly when something is written. Pure.
 */
export function plannedState(shape: ResourceShape, situation: Situation, sides: Sides): ValueObject {
  const { prior, config, again, open } = sides;
  const { change, id, desired } = situation;
  const writes = prior === null || again || open.length > 0 || (change !== null && isRemoteChange(change));
  const secret = new Set(change?.fields.flatMap(({ field, sensitive }) => (sensitive ? [field] : [])));
  const values = shape.values.map(({ field, attribute, computed }) => [
    attribute,
    plannedValue(attribute, { field, computed }, situation, sides),
  ]);
  const markers = shape.secrets.map((field) => {
    const { marker, source, value } = secretNames(field);
    const managed = (config[source] ?? config[value] ?? null) !== null;
    if (!managed) return [marker, null];
    return [
      marker,
      prior === null || secret.has(field) || open.includes(field) ? unknown : (prior[marker] ?? null),
    ];
  });
  const given = Object.keys(shape.schema.attributes).map((attribute) => [
    attribute,
    config[attribute] ?? null,
  ]);
  const planned = {
    ...Object.fromEntries(given),
    ...Object.fromEntries(values),
    ...Object.fromEntries(markers),
    ...Object.fromEntries(shape.secrets.map((field) => [secretNames(field).value, null])),
    id: desired.key === '' ? unknown : id,
  };
  return withDigest(planned, prior, writes);
}

/** The digest stays exactly where nothing at all changes: an apply may then answer nothing else. Pure. */
export function withDigest(planned: ValueObject, prior: ValueObject | null, writes: boolean): ValueObject {
  const last = prior?.applied_digest ?? null;
  const same = Object.keys(planned).every(
    (name) => name === 'applied_digest' || isDeepStrictEqual(planned[name], prior?.[name] ?? null),
  );
  return { ...planned, applied_digest: !writes && same && last !== null ? last : unknown };
}

function plannedValue(
  attribute: string,
  { field, computed }: { readonly field: string; readonly computed: boolean },
  { change, desired, driver, target }: Situation,
  { prior, config, priorNormal }: Sides,
): Value {
  const given = config[attribute] ?? null;
  const before = prior?.[attribute] ?? null;
  if (given === unknown) return unknown;
  if (given !== null) {
    const same = before !== null && priorNormal[field] === desired.values[field] && field in priorNormal;
    return same ? before : given;
  }
  if (change?.fields.some((one) => one.field === field && one.after === null && !one.sensitive) === true)
    return null;
  const kinds = driver.facts.kinds[desired.kind]?.fields;
  const comes = computed && kinds?.[field]?.computed === true;
  if (prior === null) return comes ? unknown : null;
  return comes && before === null ? (driver.computed?.(desired, target)[field] ?? unknown) : before;
}

/** Attributes whose change makes it another thing: the key, and another target under another name. */
export function replacing(
  shape: ResourceShape,
  { id }: Situation,
  { prior, config }: Sides,
): readonly string[] {
  if (prior === null) return [];
  const key = prior[shape.keyAttribute] === config[shape.keyAttribute] ? [] : [shape.keyAttribute];
  const targetKey = id.slice(0, id.lastIndexOf('#'));
  const elsewhere = prior.target !== config.target && !String(prior.id).startsWith(`${targetKey}#`);
  return [...key, ...(elsewhere ? ['target'] : [])];
}

/**
 * Fields that the driver's facts call fixed at creation, and that would change. No replacement: the new one would have the number of the
 * old one, which is still there when it is made.
 */
export function fixedFields(
  shape: ResourceShape,
  { driver, desired }: Situation,
  { prior, priorNormal }: Sides,
): readonly string[] {
  const facts = driver.facts.kinds[shape.kind]?.fields ?? {};
  const fixed = shape.values.filter(
    ({ field }) =>
      facts[field]?.immutable === true &&
      field in desired.values &&
      field in priorNormal &&
      desired.values[field] !== priorNormal[field],
  );
  return prior === null ? [] : fixed.map(({ field }) => field);
}

import type { Desired, Scalar, SecretMarker } from '../../engine/model/index.ts';
import { targetOf } from '../../engine/model/index.ts';
import { attributeName } from '../name.ts';
import { revOf } from './hand-off.ts';
import type { Argument } from './model.ts';
import { attributeOf, literal } from './template.ts';

/**
 * The arguments of a resource that the provider carries out. What another resource of the stack computes is left to Terraform; of a secret
 * only its name, where it comes from and its public rev are there.
 *
 * @param desired with references filled in as far as they are known
 * @param labels Alta's address → Terraform's, of what stands in the stack
 */
export function argumentsOf(
  desired: Desired,
  labels: ReadonlyMap<string, string>,
): Readonly<Record<string, Argument>> {
  const { address, protect, adopt } = desired;
  const leave = (desired.leave ?? []).filter((field) => !(field in desired.values));
  return {
    target: literal(targetOf(address)),
    ...keysOf(desired),
    ...valuesOf(desired),
    ...referencesOf(desired, labels),
    ...Object.assign(
      {},
      ...Object.entries(desired.secrets).map(([field, secret]) => secretOf(field, secret)),
    ),
    ...(leave.length === 0 ? {} : { leave: leave.map(attributeName).sort() }),
    ...(protect ? { protect } : {}),
    ...(adopt === 'no' ? {} : { adopt }),
  };
}

/** What it is within its target, and for an account which extension registers there. */
function keysOf({ kind, key, dependsOn }: Desired): Record<string, Argument> {
  if (kind === 'extension') return { number: literal(key) };
  const [extension] = dependsOn;
  return { line: Number(key), ...(extension === undefined ? {} : { extension: literal(extension) }) };
}

function valuesOf({ values, references }: Desired): Record<string, Argument> {
  const own = Object.entries(values).filter(([field]) => !(field in references));
  return Object.fromEntries(own.map(([field, value]) => [attributeName(field), argument(value)]));
}

/** A panel computes nothing that Terraform could read: there it is what is known of it, or nothing. */
function referencesOf(
  { references, values }: Desired,
  labels: ReadonlyMap<string, string>,
): Record<string, Argument> {
  const found = Object.entries(references).flatMap(
    ([field, { address, field: source }]): [string, Argument][] => {
      const label = labels.get(address);
      if (label?.startsWith('alta_') === true) {
        return [[attributeName(field), attributeOf(label, attributeName(source))]];
      }
      const known = values[field];
      return known === undefined ? [] : [[attributeName(field), argument(known)]];
    },
  );
  return Object.fromEntries(found);
}

function secretOf(field: string, { name, source, marker }: SecretMarker): Record<string, string> {
  const attribute = `${attributeName(field)}_secret`;
  if (source !== 'declared') return { [attribute]: source };
  const where = /^(env|file):/.test(name) ? name : `secret:${name}`;
  const rev = revOf(marker);
  return { [attribute]: literal(where), ...(rev === null ? {} : { [`${attribute}_version`]: rev }) };
}

function argument(value: Scalar): Argument {
  return typeof value === 'string' ? literal(value) : value;
}

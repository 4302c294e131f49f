import type { Kind } from '../../engine/model/index.ts';
import type { Facts } from '../../providers/contract.ts';
import type { Attribute, Schema } from '../plugin/contract.ts';
import { secretFields, type ValueField, valueFields } from './field.ts';

/** A resource type of Terraform, with what its attributes are to the model. */
export interface ResourceShape {
  readonly kind: Kind;
  /** `alta_extension` */
  readonly type: string;
  /** The attribute that holds the natural key within the target. */
  readonly keyAttribute: 'number' | 'line';
  readonly values: readonly ValueField[];
  /** `sip`, `password`. */
  readonly secrets: readonly string[];
  readonly schema: Schema;
}

/** Of the state's format. A higher one must come with an upgrade in `stacks/provider`. */
const stateVersion = 0;

/** Shapes of both resource types, of the JSON Schema and the facts of all drivers. Pure. */
export function resourceShapes(
  facts: Readonly<Record<string, Facts>>,
): Readonly<Record<Kind, ResourceShape>> {
  return { extension: shapeOf('extension', facts), account: shapeOf('account', facts) };
}

function shapeOf(kind: Kind, facts: Readonly<Record<string, Facts>>): ResourceShape {
  const values = valueFields(kind, facts);
  const secrets = secretFields(kind, facts);
  return {
    kind,
    type: `alta_${kind}`,
    keyAttribute: kind === 'extension' ? 'number' : 'line',
    values,
    secrets,
    schema: {
      version: stateVersion,
      description: descriptions[kind],
      attributes: {
        ...identity(kind),
        ...Object.fromEntries(values.map((value) => [value.attribute, valueAttribute(value)])),
        ...Object.fromEntries(secrets.flatMap(secretAttributes)),
        ...consent,
      },
    },
  };
}

const descriptions: Readonly<Record<Kind, string>> = {
  extension:
    'An extension on a PBX. An argument that is not given is not managed: whatever the PBX has there stays.',
  account: 'One SIP identity on a device, in one line.',
};

function identity(kind: Kind): Readonly<Record<string, Attribute>> {
  const target = kind === 'extension' ? 'acme/pbx:main' : 'acme/device:recepcion';
  return {
    id: {
      type: 'string',
      computed: true,
      description:
        'What it is known by whatever its labels: natural key of the target and its own. Takes part in imports.',
    },
    target: {
      type: 'string',
      required: true,
      description: `Address of the target in the workspace: \`${target}\`. Another label of the same target changes nothing; another target replaces the resource.`,
    },
    ...(kind === 'extension'
      ? {
          number: {
            type: 'string',
            required: true,
            description: 'Number of the extension, as text.',
          } as const,
        }
      : {
          line: { type: 'number', required: true, description: 'Line of the device, from 1.' } as const,
          extension: {
            type: 'string',
            optional: true,
            description: 'Address of the extension that registers here: `acme/pbx:main/extension:110`.',
          } as const,
        }),
  };
}

/** Also computed: an imported resource says what is there, and what is no longer declared keeps its last value unmanaged. */
function valueAttribute({ type, description, computed, drivers, default: usual }: ValueField): Attribute {
  const who = drivers.length === 0 ? '' : ` Known to: ${drivers.join(', ')}.`;
  const how = computed ? ' Computed by some PBXs where it is not given.' : '';
  const otherwise = usual === undefined ? '' : ` Default: ${usual}, unless it stands under \`leave\`.`;
  return { type, optional: true, computed: true, description: `${description}${how}${otherwise}${who}` };
}

/** Attribute names that belong to a secret: where it comes from, which version, its value in clear (write-only), what is read back. */
export function secretNames(field: string) {
  return {
    source: `${field}_secret`,
    version: `${field}_secret_version`,
    value: `${field}_secret_wo`,
    marker: `${field}_secret_marker`,
  } as const;
}

function secretAttributes(field: string): readonly (readonly [string, Attribute])[] {
  const { source, version, value, marker } = secretNames(field);
  return [
    [
      source,
      {
        type: 'string',
        optional: true,
        description: `Where the secret \`${field}\` comes from: \`secret:NAME\` of the client's secrets.yaml, \`env:NAME\`, \`file:NAME\`, \`pbx\`, \`unmanaged\`.`,
      },
    ],
    [
      version,
      {
        type: 'string',
        optional: true,
        description: `Version of \`${source}\` or \`${value}\`: another one writes the secret again.`,
      },
    ],
    [
      value,
      {
        type: 'string',
        optional: true,
        sensitive: true,
        writeOnly: true,
        description: `The secret itself, for instance from an ephemeral resource; instead of \`${source}\`. Never stored.`,
      },
    ],
    [
      marker,
      {
        type: 'string',
        computed: true,
        description:
          'Keyed fingerprint of what the target shows of the secret: another one is drift. Null where it is never shown.',
      },
    ],
  ];
}

const consent: Readonly<Record<string, Attribute>> = {
  leave: {
    type: { list: 'string' },
    optional: true,
    description: 'Arguments that are left alone although they were managed before: nothing is reset.',
  },
  protect: { type: 'bool', optional: true, description: 'Never deleted nor replaced while true.' },
  adopt: {
    type: 'string',
    optional: true,
    description:
      '`values`: take over what is there already under the same key, its values too; `secrets`: its secrets as well.',
  },
  applied_digest: {
    type: 'string',
    computed: true,
    description: 'Digest of what was last applied; unknown while something of it must be written again.',
  },
};

import type { MessageInitShape } from '@bufbuild/protobuf';
import type { Attribute, Schema } from './contract.ts';
import { type SchemaSchema, StringKind } from './generated/tfplugin6_pb.ts';
import { typeJson } from './values/types.ts';

type SchemaMessage = MessageInitShape<typeof SchemaSchema>;

/** The protocol's form of a schema. */
export function schemaMessage({ version, description, attributes }: Schema): SchemaMessage {
  return {
    version: BigInt(version),
    block: {
      version: BigInt(version),
      description,
      descriptionKind: StringKind.MARKDOWN,
      attributes: Object.entries(attributes).map(([name, attribute]) => attributeMessage(name, attribute)),
    },
  };
}

export function schemaMessages(
  types: Readonly<Record<string, { readonly schema: Schema }>>,
): Record<string, SchemaMessage> {
  return Object.fromEntries(Object.entries(types).map(([name, { schema }]) => [name, schemaMessage(schema)]));
}

function attributeMessage(name: string, attribute: Attribute) {
  return {
    name,
    type: Buffer.from(typeJson(attribute.type)),
    description: attribute.description,
    descriptionKind: StringKind.MARKDOWN,
    required: attribute.required === true,
    optional: attribute.optional === true,
    computed: attribute.computed === true,
    sensitive: attribute.sensitive === true,
    deprecated: attribute.deprecated === true,
    writeOnly: attribute.writeOnly === true,
  };
}

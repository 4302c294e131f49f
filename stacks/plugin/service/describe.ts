import type { MessageInitShape } from '@bufbuild/protobuf';
import type { Provider, Schema } from '../contract.ts';
import type {
  GetMetadata_ResponseSchema,
  GetProviderSchema_ResponseSchema,
  ValidateDataResourceConfig_Request,
  ValidateProviderConfig_Request,
  ValidateResourceConfig_Request,
} from '../generated/tfplugin6_pb.ts';
import { type DiagnosticMessage, diagnosticsOf, writeOnlyRefused } from '../remarks.ts';
import { schemaMessage, schemaMessages } from '../schema.ts';
import { readAttributes, readObject, type Wire } from '../values/read.ts';
import { dataType, resourceType, type Served } from './request.ts';

/**
 * A destroy is planned too, so that a provider may refuse it. The schema never changes while a process runs: Terraform may ask once and
 * keep it for every alias.
 */
const serverCapabilities = { planDestroy: true, getProviderSchemaOptional: true };

export function metadataOf<I>(provider: Provider<I>): MessageInitShape<typeof GetMetadata_ResponseSchema> {
  const named = (types: object) => Object.keys(types).map((typeName) => ({ typeName }));
  return { serverCapabilities, resources: named(provider.resources), dataSources: named(provider.data) };
}

export function schemasOf<I>(
  provider: Provider<I>,
): MessageInitShape<typeof GetProviderSchema_ResponseSchema> {
  return {
    provider: schemaMessage(provider.schema),
    resourceSchemas: schemaMessages(provider.resources),
    dataSourceSchemas: schemaMessages(provider.data),
    serverCapabilities,
  };
}

interface Findings {
  readonly diagnostics: DiagnosticMessage[];
}

export function validateProvider<I>(served: Served<I>, request: ValidateProviderConfig_Request): Findings {
  const { schema, validate } = served.provider;
  return { diagnostics: diagnosticsOf(validate?.(configOf(schema, request.config)), schema) };
}

export function validateResource<I>(served: Served<I>, request: ValidateResourceConfig_Request): Findings {
  const { schema, validate } = resourceType(served, request.typeName);
  const config = configOf(schema, request.config);
  const allowed = request.clientCapabilities?.writeOnlyAttributesAllowed === true;
  const exposed = allowed
    ? []
    : Object.keys(config).filter(
        (name) => schema.attributes[name]?.writeOnly === true && config[name] !== null,
      );
  const remarks = [...exposed.map(writeOnlyRefused), ...(validate?.(config) ?? [])];
  return { diagnostics: diagnosticsOf(remarks, schema) };
}

export function validateData<I>(served: Served<I>, request: ValidateDataResourceConfig_Request): Findings {
  const { schema, validate } = dataType(served, request.typeName);
  return { diagnostics: diagnosticsOf(validate?.(configOf(schema, request.config)), schema) };
}

/** A configuration is never null; one without any attribute may be left out. */
export function configOf(schema: Schema, wire: Wire | undefined) {
  return readObject(schema, wire) ?? readAttributes(schema, {});
}

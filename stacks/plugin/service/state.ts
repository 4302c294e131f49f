/** Bringing states up to date: reading, importing, upgrading, and data sources. */
import type { MessageInitShape } from '@bufbuild/protobuf';
import type { ResourceType, ValueObject } from '../contract.ts';
import type {
  ImportResourceState_Request,
  ImportResourceState_ResponseSchema,
  ReadDataSource_Request,
  ReadDataSource_ResponseSchema,
  ReadResource_Request,
  ReadResource_ResponseSchema,
  UpgradeResourceState_Request,
  UpgradeResourceState_ResponseSchema,
} from '../generated/tfplugin6_pb.ts';
import { diagnosticsOf, RefusedRequest } from '../remarks.ts';
import { jsonOf, readAttributes, readObject } from '../values/read.ts';
import { withoutWriteOnly, writeObject } from '../values/write.ts';
import { keptPrivate, privateOf } from './change.ts';
import { configOf } from './describe.ts';
import { configured, dataType, resourceType, type Served } from './request.ts';

export async function readResource<I>(
  served: Served<I>,
  request: ReadResource_Request,
): Promise<MessageInitShape<typeof ReadResource_ResponseSchema>> {
  const type = resourceType(served, request.typeName);
  const { schema } = type;
  const state = readObject(schema, request.currentState);
  if (state === null) return { newState: writeObject(schema, null) };
  const instance = configured(served, `read of ${request.typeName}`);
  const given = { state, private: privateOf(request.private) };
  const answer = await type.read(instance, given, served.connection.call());
  return {
    newState: writeObject(schema, withoutWriteOnly(schema, answer.state)),
    private: keptPrivate(answer.private, request.private),
    diagnostics: diagnosticsOf(answer.remarks, schema),
  };
}

export async function importResource<I>(
  served: Served<I>,
  { typeName, id }: ImportResourceState_Request,
): Promise<MessageInitShape<typeof ImportResourceState_ResponseSchema>> {
  const type = resourceType(served, typeName);
  const { schema } = type;
  const instance = configured(served, `import of ${typeName}`);
  if (type.import === undefined) throw notImportable(typeName);
  const answer = await type.import(instance, id, served.connection.call());
  const diagnostics = diagnosticsOf(answer.remarks, schema);
  if (answer.state === null) return { diagnostics };
  const state = writeObject(schema, withoutWriteOnly(schema, answer.state));
  const imported = { typeName, state, private: keptPrivate(answer.private, new Uint8Array()) };
  return { importedResources: [imported], diagnostics };
}

export async function readData<I>(
  served: Served<I>,
  request: ReadDataSource_Request,
): Promise<MessageInitShape<typeof ReadDataSource_ResponseSchema>> {
  const type = dataType(served, request.typeName);
  const instance = configured(served, `read of ${request.typeName}`);
  const answer = await type.read(instance, configOf(type.schema, request.config), served.connection.call());
  return {
    state: writeObject(type.schema, answer.state),
    diagnostics: diagnosticsOf(answer.remarks, type.schema),
  };
}

export function upgradeState<I>(
  served: Served<I>,
  { typeName, version, rawState }: UpgradeResourceState_Request,
): MessageInitShape<typeof UpgradeResourceState_ResponseSchema> {
  const type = resourceType(served, typeName);
  const raw = rawObject(typeName, rawState?.json);
  const state = raw === null ? null : upgraded(type, Number(version), raw);
  return { upgradedState: writeObject(type.schema, withoutWriteOnly(type.schema, state)) };
}

function upgraded<I>(
  { schema, upgrade }: ResourceType<I>,
  version: number,
  raw: Readonly<Record<string, unknown>>,
): ValueObject {
  const older = version < schema.version;
  return older && upgrade !== undefined ? upgrade(version, raw) : readAttributes(schema, raw);
}

function rawObject(typeName: string, json: Uint8Array | undefined): Readonly<Record<string, unknown>> | null {
  const raw = json === undefined || json.length === 0 ? undefined : jsonOf(json);
  if (raw === null) return null;
  if (typeof raw === 'object' && !Array.isArray(raw)) return raw as Readonly<Record<string, unknown>>;
  throw new RefusedRequest({
    summary: 'Unreadable state',
    detail: `The state of ${typeName} is not in the JSON form of Terraform 0.12 and later. Restore the state from a backup.`,
  });
}

function notImportable(typeName: string): RefusedRequest {
  return new RefusedRequest({
    summary: 'Import is not supported',
    detail: `A ${typeName} cannot be imported. Let Terraform create it, or leave it out of the configuration.`,
  });
}

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
import { jsonOf, readObject } from '../values/read.ts';
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

/** Terraform itself refuses a state that is newer than the schema. */
export function upgradeState<I>(
  served: Served<I>,
  { typeName, version, rawState }: UpgradeResourceState_Request,
): MessageInitShape<typeof UpgradeResourceState_ResponseSchema> {
  const { schema, upgrade } = resourceType(served, typeName);
  const json = rawState?.json ?? new Uint8Array();
  if (json.length === 0) throw notJson(typeName);
  const older = Number(version) < schema.version && upgrade !== undefined;
  const state = older
    ? upgraded(upgrade, Number(version), json)
    : readObject(schema, { msgpack: none, json });
  return { upgradedState: writeObject(schema, withoutWriteOnly(schema, state)) };
}

const none = new Uint8Array();

function upgraded<I>(
  upgrade: NonNullable<ResourceType<I>['upgrade']>,
  version: number,
  json: Uint8Array,
): ValueObject | null {
  const raw = jsonOf(json);
  return raw === null ? null : upgrade(version, raw as Readonly<Record<string, unknown>>);
}

function notJson(typeName: string): RefusedRequest {
  return new RefusedRequest({
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

/** Planning and carrying out the change of one resource. */
import type { MessageInitShape } from '@bufbuild/protobuf';
import type { Private } from '../contract.ts';
import type {
  ApplyResourceChange_Request,
  ApplyResourceChange_ResponseSchema,
  PlanResourceChange_Request,
  PlanResourceChange_ResponseSchema,
} from '../generated/tfplugin6_pb.ts';
import { diagnosticsOf, pathMessage } from '../remarks.ts';
import { readObject } from '../values/read.ts';
import { withoutWriteOnly, writeObject } from '../values/write.ts';
import { configured, resourceType, type Served } from './request.ts';

export async function planChange<I>(
  served: Served<I>,
  request: PlanResourceChange_Request,
): Promise<MessageInitShape<typeof PlanResourceChange_ResponseSchema>> {
  const type = resourceType(served, request.typeName);
  const { schema } = type;
  const instance = configured(served, `plan of ${request.typeName}`);
  const given = {
    prior: readObject(schema, request.priorState),
    config: readObject(schema, request.config),
    proposed: withoutWriteOnly(schema, readObject(schema, request.proposedNewState)),
    priorPrivate: privateOf(request.priorPrivate),
  };
  const answer = await type.plan(instance, given, served.connection.call());
  return {
    plannedState: writeObject(schema, withoutWriteOnly(schema, answer.planned)),
    requiresReplace: (answer.replace ?? []).map((name) => pathMessage([name], schema)),
    plannedPrivate: keptPrivate(answer.private, request.priorPrivate),
    diagnostics: diagnosticsOf(answer.remarks, schema),
  };
}

export async function applyChange<I>(
  served: Served<I>,
  request: ApplyResourceChange_Request,
): Promise<MessageInitShape<typeof ApplyResourceChange_ResponseSchema>> {
  const type = resourceType(served, request.typeName);
  const { schema } = type;
  const instance = configured(served, `apply of ${request.typeName}`);
  const given = {
    prior: readObject(schema, request.priorState),
    config: readObject(schema, request.config),
    planned: readObject(schema, request.plannedState),
    plannedPrivate: privateOf(request.plannedPrivate),
  };
  const answer = await type.apply(instance, given, served.connection.call());
  return {
    newState: writeObject(schema, withoutWriteOnly(schema, answer.state)),
    private: keptPrivate(answer.private, request.plannedPrivate),
    diagnostics: diagnosticsOf(answer.remarks, schema),
  };
}

const nothing = new Uint8Array();

/** The protocol has no null here, only no bytes. */
export function privateOf(bytes: Uint8Array): Private | null {
  return bytes.length === 0 ? null : bytes;
}

/** Missing = as it was, null = dropped. */
export function keptPrivate(answer: Private | null | undefined, former: Uint8Array): Uint8Array {
  return answer === undefined ? former : (answer ?? nothing);
}

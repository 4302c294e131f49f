import { contactsOf } from '../registrar.ts';
import { visible, withNumber } from '../store.ts';
import { type AnswerV2, type CallV2, failed, objectAt, ok } from './wire.ts';

const NAMES = { from: ['from', 'to'], extension: ['extension', 'destination'] } as const;

/** `POST …/calls` originates, and a uid tells of it (C). The names of the body's two fields are in doubt; who may be called I. */
export function originate({ platform, tenant, body, now }: CallV2): AnswerV2 {
  const names = NAMES[platform.settings.doubts.v2Call];
  const [from, to] = names.map((name) => objectAt(body)[name]);
  if (typeof from !== 'string' || typeof to !== 'string') {
    return failed(400, 'required fields are missing', names);
  }
  const caller = withNumber(visible(tenant, now), from);
  if (caller === undefined) return failed(404, 'no such extension');
  if (contactsOf(platform, tenant, caller).length === 0)
    return failed(409, 'the extension is not registered');
  platform.issued.call += 1;
  const call = { uid: `${tenant.code}-${platform.issued.call}`, from, to };
  platform.calls.set(call.uid, call);
  return ok(call, 201);
}

export function showCall({ platform }: CallV2, uid: string): AnswerV2 {
  const call = platform.calls.get(uid);
  return call === undefined ? failed(404, 'no such call') : ok(call);
}

export function endCall({ platform }: CallV2, uid: string): AnswerV2 {
  return platform.calls.delete(uid) ? { status: 204 } : failed(404, 'no such call');
}

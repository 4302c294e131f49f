import { change, create, store } from '../extensions.ts';
import { isStrong } from '../fields.ts';
import type { Extension } from '../platform.ts';
import { byNumber, discard, visible, withNumber } from '../store.ts';
import { MASTER_HOLDS_NOTHING, PACKAGE_FULL } from '../texts.ts';
import { readBody, writeBody } from './shape.ts';
import { type AnswerV2, type CallV2, failed, ok } from './wire.ts';

/** All of them; no paging is known (C). The wrapper is in doubt: the vendor's own documents are said to be wrong about it. */
export function listAll({ platform, tenant, now }: CallV2): AnswerV2 {
  const bodies = byNumber(visible(tenant, now)).map((extension) => writeBody(platform, tenant, extension));
  return ok(platform.settings.doubts.v2List === 'array' ? bodies : { data: bodies });
}

export function showOne(call: CallV2, id: string): AnswerV2 {
  return shown(call, visible(call.tenant, call.now).get(id));
}

export function showNumber(call: CallV2, number: string): AnswerV2 {
  return shown(call, withNumber(visible(call.tenant, call.now), number));
}

/** What a form would begin with, for one user agent (C; its fields I). */
export function showDefault({ tenant, query }: CallV2): AnswerV2 {
  const uad = tenant.uads.get(query.get('uad_id') ?? '');
  if (uad === undefined) return failed(400, 'uad_id is missing or unknown', ['uad_id']);
  return ok({
    status: 'active',
    dtmf_mode: 'rfc2833',
    user_type: 'user',
    uad: { id: Number(uad.id), name: uad.name, location: 'remote' },
    codecs: { allowed: tenant.codecs.map((name) => ({ name, ptime: 20 })) },
    call_control: { incoming_limit: 2, outgoing_limit: 2 },
  });
}

/** 201 with the extension (C). */
export function createOne(call: CallV2, body: unknown): AnswerV2 {
  const { platform, tenant, now } = call;
  const { fields, missing, wrong } = readBody(body);
  if (missing.length > 0) return failed(400, 'required fields are missing', missing);
  const unfit = refusal(fields, wrong);
  if (unfit !== undefined) return unfit;
  return written(call, create(platform, tenant, fields, now), fields, 201);
}

/** Partial (C). */
export function patchOne(call: CallV2, id: string, body: unknown): AnswerV2 {
  const { platform, tenant, now } = call;
  const found = visible(tenant, now).get(id);
  if (found === undefined) return absent();
  const { fields, wrong } = readBody(body);
  const { ext: _fixed, ...changes } = fields;
  const unfit = refusal(changes, wrong);
  if (unfit !== undefined) return unfit;
  return written(call, change(platform, tenant, found, changes, now), changes, 200);
}

/** 204; while another DELETE is at work, 500 and nothing happens (C: seen with ten at once). */
export function deleteOne({ platform, tenant, now }: CallV2, id: string): AnswerV2 {
  const { busyDeleteMs } = platform.settings;
  if (now < platform.deletingUntil) return failed(500, 'the extension could not be deleted');
  const found = visible(tenant, now).get(id);
  if (found === undefined) return absent();
  platform.deletingUntil = now + busyDeleteMs;
  discard(platform, tenant, found.id, now);
  return { status: 204, holdMs: busyDeleteMs };
}

export function absent(): AnswerV2 {
  return failed(404, 'no such extension');
}

function shown({ platform, tenant }: CallV2, extension: Extension | undefined): AnswerV2 {
  return extension === undefined ? absent() : ok(writeBody(platform, tenant, extension));
}

const SECRET_LENGTH = 128;

/** A secret has 8 to 128 characters of the same four kinds as in v1 (C). */
function refusal(
  { secret }: Readonly<Record<string, string>>,
  wrong: readonly string[],
): AnswerV2 | undefined {
  if (wrong.length > 0) return failed(400, 'fields are of the wrong kind', wrong);
  if (secret === undefined) return undefined;
  const fits = isStrong(secret) && secret.length <= SECRET_LENGTH;
  return fits ? undefined : failed(400, 'the secret does not fit the rule', ['authentication.secret']);
}

/** The user type has no name in v1: it is stored beside the rest. */
function written(
  call: CallV2,
  made: Extension | string,
  { user_type }: Readonly<Record<string, string>>,
  status: number,
): AnswerV2 {
  const { platform, tenant, now } = call;
  const isDone = typeof made === 'string' || user_type === undefined;
  const stored = isDone ? made : store(platform, tenant, made.id, { user_type }, now);
  return typeof stored === 'string' ? refused(stored) : ok(writeBody(platform, tenant, stored), status);
}

/** The statuses are known (C), which refusal has which is I. What v1 would say is not repeated: it may hold the value. */
function refused(text: string): AnswerV2 {
  const [, field] = /(?:field '|extension: )(\w+)/.exec(text) ?? [];
  if (text === MASTER_HOLDS_NOTHING) return failed(403, 'the system has no extensions');
  if (text === PACKAGE_FULL) return failed(409, 'the package is full');
  if (text.includes('is reserved')) return failed(409, 'the number is taken', ['number']);
  return field === undefined
    ? failed(500, 'the extension could not be saved')
    : failed(400, 'not valid', [field]);
}

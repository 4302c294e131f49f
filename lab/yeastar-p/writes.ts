/** The calls that write extensions. Each runs at once: the API has nothing to apply with (I). */
import type { LabExtensionSeed } from '../settings.ts';
import type { Box } from './box.ts';
import { reaches } from './flow/plan.ts';
import { type Changes, changesOf, judge, lacksOrganization, numberFlaw } from './judgement.ts';
import { idParam } from './paging.ts';
import { newExtension, textOf } from './record.ts';
import { activate, discard, type StoredExtension, save, takeId } from './store.ts';
import { type Answer, type ApiCall, ERRCODE, failure, invalid, isAnswer, success } from './wire.ts';

/** Required to create (D). A blank one counts as missing (I). */
const REQUIRED = [
  'type',
  'number',
  'user_password',
  'reg_name',
  'reg_password',
  'concurrent_registrations',
  'presence_status',
];

/** `type` is SIP: the guide creates no other (D). Without a name the number is the first name (D: the import guide). */
export function createExtension(box: Box, call: ApiCall): Answer {
  const { settings, store } = box;
  const blank = REQUIRED.find((key) => isBlank(call.params[key]));
  if (blank !== undefined) return invalid(blank, 'required');
  const type = textOf({ key: 'type', kind: 'text' }, call.params.type, settings.doubts.wrongType);
  if (isRefusal(type)) return type;
  if (type !== 'SIP') return invalid('type', 'oneof');
  const number = textOf({ key: 'number', kind: 'text' }, call.params.number, settings.doubts.wrongType);
  if (isRefusal(number)) return number;
  const changes = changesOf(call.params, ['type', 'number', 'id'], type, settings);
  if (isRefusal(changes)) return changes;
  if (lacksOrganization(settings, changes.organization_list)) return invalid('organization_list', 'required');
  const next = newExtension(withName(number, changes), String(store.nextId));
  const refused = numberFlaw(number, settings) ?? judge(box, next, changes);
  if (refused !== undefined) return refused;
  if (store.saved.size >= settings.maxExtensions) return failure(ERRCODE.limit);
  takeId(store);
  run(box, next);
  return success(settings.doubts.createAnswersId ? { id: Number(next.id) } : {});
}

/** Partial: `id` and the keys to change (C, W). */
export function updateExtension(box: Box, call: ApiCall): Answer {
  const { settings, store } = box;
  if (isBlank(call.params.id)) return invalid('id', 'required');
  const id = textOf({ key: 'id', kind: 'number' }, call.params.id, settings.doubts.wrongType);
  if (isRefusal(id)) return id;
  const current = store.saved.get(id);
  if (current === undefined) return failure(ERRCODE.notFound);
  const changes = changesOf(call.params, ['id', 'type', 'number'], current.type, settings);
  if (isRefusal(changes)) return changes;
  const saysWhere = 'organization_list' in changes || settings.doubts.updateNeedsOrganization;
  if (saysWhere && lacksOrganization(settings, changes.organization_list))
    return invalid('organization_list', 'required');
  const number = renumbered(box, call, current);
  if (isRefusal(number)) return number;
  const next: StoredExtension = { ...current, ...changes, number };
  const refused = judge(box, next, changes);
  if (refused !== undefined) return refused;
  run(box, next);
  return success();
}

/** With GET (D). */
export function deleteExtension(box: Box, call: ApiCall): Answer {
  const id = idParam(call, 'id');
  if (typeof id !== 'string') return id;
  const extension = box.store.saved.get(id);
  if (extension === undefined) return failure(ERRCODE.notFound);
  const isHeld = box.settings.doubts.deleteInUse === '70091' && reaches(box.plan, extension.number);
  if (isHeld) return failure(ERRCODE.inUse);
  discard(box.store, id);
  activate(box.store);
  return success();
}

function run({ store }: Box, extension: StoredExtension): void {
  save(store, extension);
  activate(store);
}

/** The number that an update leaves the extension with, which is a doubt. */
function renumbered({ settings }: Box, { params }: ApiCall, current: StoredExtension): string | Answer {
  const { renumber, wrongType } = settings.doubts;
  if (params.number === undefined || params.number === current.number || renumber === 'ignore')
    return current.number;
  if (renumber === 'refuse') return invalid('number', 'unknown');
  const number = textOf({ key: 'number', kind: 'text' }, params.number, wrongType);
  return isRefusal(number) ? number : (numberFlaw(number, settings) ?? number);
}

function withName(number: string, changes: Changes): LabExtensionSeed {
  const isNameless = !changes.first_name && !changes.last_name;
  return { ...changes, ...(isNameless ? { first_name: number } : {}), number };
}

function isBlank(value: unknown): boolean {
  return value === undefined || value === null || value === '';
}

function isRefusal<T extends object | string>(value: T | Answer): value is Answer {
  return typeof value === 'object' && isAnswer(value);
}

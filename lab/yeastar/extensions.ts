import type { LabExtension } from '../settings.ts';
import type { Box } from './box.ts';
import { applyNow, byNumber, discard, save } from './config.ts';
import { isNumber, type Scope } from './fields.ts';
import { changesOf, judge, listOf, routesOf } from './judgement.ts';
import { md5 } from './login.ts';
import { listEntry, newExtension, queryEntries } from './shape.ts';
import { type Answer, type ApiCall, ERRNO, failure, success, textParam } from './wire.ts';

/** v1.x `extensionlist/query`, v2.0.0 `extension/list`: no body (D). */
export function listExtensions(box: Box, call: ApiCall): Answer {
  return success({
    extlist: byNumber(box.config.saved).map((extension) => listEntry(box, extension, call.version)),
  });
}

/** One number, a comma list or "all"; v1.x without `extid` means all, v2.0.0 requires `number` (D). */
export function queryExtensions(box: Box, call: ApiCall): Answer {
  const asked = textParam(call.params, idKey(call));
  if (asked === '' && call.version === 2) return failure(ERRNO.parameterBlank);
  const found = asked === '' ? byNumber(box.config.saved) : selected(box, asked);
  const known = found.filter((extension) => extension !== undefined);
  const lenient = box.settings.doubts.unknownInQuery === 'skip' && known.length > 0;
  if (known.length < found.length && !lenient) return failure(ERRNO.extensionUnknown);
  return success({ extinfos: queryEntries(box, known, call.version) });
}

const REQUIRED = ['number', 'username', 'registername', 'registerpassword'];

/** v2.0.0 only (D: H2). The extension is SIP (I). */
export function addExtension(box: Box, call: ApiCall): Answer {
  const { config, settings } = box;
  const scope: Scope = { version: call.version, settings };
  if (REQUIRED.some((key) => textParam(call.params, key) === '')) return failure(ERRNO.parameterBlank);
  const number = textParam(call.params, 'number');
  if (!isNumber(number)) return failure(ERRNO.configurationFailed);
  if (config.saved.has(number)) return failure(ERRNO.extensionExists);
  if (config.saved.size >= settings.maxExtensions) return failure(ERRNO.limitReached);
  const next = merged(call, newExtension({ number }, settings), scope);
  return typeof next === 'string' ? failure(next) : write(box, () => save(config, next));
}

/** Partial: only the keys sent change (D, C). v1.x renames through `extnumber` (D: G17). */
export function updateExtension(box: Box, call: ApiCall): Answer {
  const { config, settings } = box;
  const id = textParam(call.params, idKey(call));
  if (id === '') return failure(ERRNO.parameterBlank);
  const current = config.saved.get(id);
  if (current === undefined) return failure(ERRNO.extensionUnknown);
  const number = call.version === 1 && 'extnumber' in call.params ? textParam(call.params, 'extnumber') : id;
  if (!isNumber(number) || (number !== id && config.saved.has(number)))
    return failure(ERRNO.configurationFailed);
  const next = merged(call, { ...current, number }, { version: call.version, settings });
  if (typeof next === 'string') return failure(next);
  return write(box, () => {
    if (number !== id) discard(config, id);
    save(config, next);
  });
}

/** v2.0.0 only: one number, a comma list, or "all", which deletes every extension (D: H2). */
export function deleteExtensions(box: Box, call: ApiCall): Answer {
  const asked = textParam(call.params, 'number');
  if (asked === '') return failure(ERRNO.parameterBlank);
  const found = selected(box, asked);
  const known = found.filter((extension) => extension !== undefined);
  if (known.length < found.length) return failure(box.settings.doubts.deleteUnknownErrno);
  const removable = known.filter(({ type }) => type !== 'FXS');
  if (removable.length < known.length && asked !== 'all') return failure(ERRNO.deleteFailed);
  return write(box, () => {
    for (const { number } of removable) discard(box.config, number);
  });
}

/** v1.x `apply`: everything saved, at once, without a body (D: G17, H1). */
export function applyAll(box: Box): Answer {
  return write(box, () => {});
}

function idKey(call: ApiCall): 'extid' | 'number' {
  return call.version === 1 ? 'extid' : 'number';
}

function selected(box: Box, asked: string): Array<LabExtension | undefined> {
  if (asked === 'all') return byNumber(box.config.saved);
  return listOf(asked).map((number) => box.config.saved.get(number));
}

/** The extension with the call's changes in it, or the errno that refuses them. */
function merged(call: ApiCall, current: LabExtension, scope: Scope): LabExtension | string {
  const changes = changesOf(call.params, ['extid', 'extnumber', 'number'], scope);
  if (typeof changes === 'string') return changes;
  const routes = routesOf(changes, scope.settings.outboundRoutes);
  if (typeof routes === 'string') return routes;
  const next: LabExtension = { ...current, ...changes, ...routes, number: current.number };
  const refused = judge(next, changes, scope);
  if (refused !== undefined) return refused;
  return changes.loginpassword === undefined ? next : { ...next, loginpassword: md5(changes.loginpassword) };
}

/** Saves, then applies; the answer carries no object (D). */
function write(box: Box, change: () => void): Answer {
  change();
  const errno = applyNow(box.config, box.settings.applyStorm, Date.now());
  return errno === undefined ? success() : failure(errno);
}

import type { Box } from './box.ts';
import { listOf } from './judgement.ts';
import { type Answer, type ApiCall, ERRNO, failure, success, textParam } from './wire.ts';

/** Extension groups exist in v2.0.0 since 2021 (D); the names of their keys are U, so this is the bare minimum. */
export interface Group {
  groupid: string;
  groupname: string;
  member: string;
}

export function queryGroups(box: Box): Answer {
  return success({ extensiongroup: [...box.groups.values()] });
}

export function addGroup(box: Box, call: ApiCall): Answer {
  const groupname = textParam(call.params, 'groupname');
  if (groupname === '') return failure(ERRNO.parameterBlank);
  const groupid = String(Math.max(0, ...[...box.groups.keys()].map(Number)) + 1);
  return store(box, { groupid, groupname, member: textParam(call.params, 'member') });
}

export function updateGroup(box: Box, call: ApiCall): Answer {
  const current = box.groups.get(textParam(call.params, 'groupid'));
  if (current === undefined) return failure(ERRNO.configurationFailed);
  const groupname = textParam(call.params, 'groupname') || current.groupname;
  const member = 'member' in call.params ? textParam(call.params, 'member') : current.member;
  return store(box, { groupid: current.groupid, groupname, member });
}

export function deleteGroup(box: Box, call: ApiCall): Answer {
  return box.groups.delete(textParam(call.params, 'groupid')) ? success() : failure(ERRNO.deleteFailed);
}

function store(box: Box, group: Group): Answer {
  const unknown = listOf(group.member).some((number) => !box.config.saved.has(number));
  if (unknown) return failure(ERRNO.extensionUnknown);
  box.groups.set(group.groupid, group);
  return success();
}

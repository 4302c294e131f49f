/** The calls that read extensions. */
import type { Box } from './box.ts';
import { got, idParam, type Listing, listed, queried, type Row, searched } from './paging.ts';
import { detail, listRow, onlineStatus } from './shape.ts';
import { type Answer, type ApiCall, ERRCODE, failure, invalid, success, textParam } from './wire.ts';

/** Keys of a row that `sort_by` takes (D). */
const SORTS = ['number', 'caller_id_name', 'email_addr', 'mobile_number', 'presence_status'];

export function listExtensions(box: Box, call: ApiCall): Answer {
  return listed(box, call, rows(box), listing(box));
}

/** Also finds part of a number, name, address or mobile number (I): a client that looks for a number must compare. */
export function searchExtensions(box: Box, call: ApiCall): Answer {
  const found = searched(call, rows(box), ['number', 'caller_id_name', 'email_addr', 'mobile_number']);
  return listed(box, call, found, listing(box));
}

export function getExtension(box: Box, call: ApiCall): Answer {
  return got(call, details(box));
}

export function queryExtensions(box: Box, call: ApiCall): Answer {
  return queried(box, call, details(box));
}

/** The password of one extension in Base64, beside `errcode` (D). Older firmware does not have the call. */
export function getPassword(box: Box, call: ApiCall): Answer {
  const id = idParam(call, 'id');
  if (typeof id !== 'string') return id;
  const type = textParam(call.params, 'type');
  if (type === '') return invalid('type', 'required');
  if (type !== 'reg_password' && type !== 'vm_pin') return invalid('type', 'oneof');
  const extension = box.store.saved.get(id);
  if (extension === undefined) return failure(ERRCODE.notFound);
  return success({ password: Buffer.from(extension[type] ?? '').toString('base64') });
}

function listing(box: Box): Listing {
  const { saved } = box.store;
  const complete = (row: Row): Row => {
    const extension = saved.get(String(row.id));
    return extension === undefined ? row : { ...row, online_status: onlineStatus(box, extension) };
  };
  return { sorts: SORTS, complete };
}

function rows(box: Box): Row[] {
  return [...box.store.saved.values()].map((extension) => listRow(box, extension));
}

function details(box: Box): Map<string, () => unknown> {
  return new Map([...box.store.saved.values()].map((one) => [one.id, () => detail(box, one)]));
}

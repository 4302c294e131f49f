import type { Box } from './box.ts';
import { listed, type Row } from './paging.ts';
import { callerName } from './record.ts';
import { numbered } from './store.ts';
import { displayTime } from './system.ts';
import type { Answer, ApiCall } from './wire.ts';

/** Keys that `sort_by` takes, of those that the lab fills (D). */
const SORTS = ['uid', 'time', 'duration', 'ring_duration', 'talk_duration', 'disposition', 'call_type'];

/** `cdr/list`: the calls dialled through the API that ended. Times are in the panel's display format (D). */
export function listCdr(box: Box, call: ApiCall): Answer {
  return listed(box, call, rows(box), { sorts: SORTS });
}

function rows(box: Box): Row[] {
  return box.calls.ended.map(({ id, at, caller, callee, type, seconds, answered }, index) => ({
    id: index + 1,
    time: displayTime(box.settings, at),
    call_from: party(box, caller),
    call_to: party(box, callee),
    timestamp: Math.floor(at / 1000),
    uid: id,
    src_addr: '',
    duration: seconds,
    ring_duration: 0,
    talk_duration: seconds,
    disposition: answered ? 'ANSWERED' : 'FAILED',
    call_type: type === 'internal' ? 'Internal' : 'Outbound',
  }));
}

/** `Name<number>` (D); a number outside stands alone. */
function party({ store }: Box, number: string): string {
  const extension = numbered(store.saved, number);
  return extension === undefined ? number : `${callerName(extension)}<${number}>`;
}

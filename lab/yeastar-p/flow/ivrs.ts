/** IVRs (D: names of the keys; those of time-out and wrong key, and the defaults, I). */
import type { Box } from '../box.ts';
import { got, listed, queried, type Row, searched } from '../paging.ts';
import type { Answer, ApiCall } from '../wire.ts';
import type { Numbered } from './plan.ts';
import type { LabYeastarPIvr } from './settings.ts';
import { destinationKeys } from './targets.ts';

const SORTS = ['id', 'number', 'name'];

export function listIvrs(box: Box, call: ApiCall): Answer {
  return listed(box, call, box.plan.ivrs.map(ivrRow), { sorts: SORTS });
}

export function searchIvrs(box: Box, call: ApiCall): Answer {
  return listed(box, call, searched(call, box.plan.ivrs.map(ivrRow), ['number', 'name']), { sorts: SORTS });
}

export function getIvr(box: Box, call: ApiCall): Answer {
  return got(call, ivrDetails(box));
}

export function queryIvrs(box: Box, call: ApiCall): Answer {
  return queried(box, call, ivrDetails(box));
}

function ivrRow({ id, number, name }: Numbered<LabYeastarPIvr>): Row {
  return { id, number, name, dial_ext_option: 'all', enb_dial_outb_routes: 0 };
}

function ivrDetails(box: Box): Map<string, () => unknown> {
  return new Map(box.plan.ivrs.map((ivr) => [String(ivr.id), () => ivrDetail(box, ivr)]));
}

function ivrDetail(box: Box, ivr: Numbered<LabYeastarPIvr>): Row {
  const keys = [...'0123456789'].filter((key) => ivr.keys?.[key] !== undefined);
  return {
    ...ivrRow(ivr),
    prompt: [],
    prompt_repeat: 3,
    resp_timeout: 3,
    digit_timeout: 3,
    enb_dial_check_vm: 0,
    ...Object.assign({}, ...keys.map((key) => destinationKeys(box, `press${key}_dest`, ivr.keys?.[key]))),
    ...destinationKeys(box, 'timeout_dest', ivr.timeout),
    ...destinationKeys(box, 'invalid_dest', ivr.invalid),
  };
}

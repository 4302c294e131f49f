import type { Box } from './box.ts';
import { inStorm } from './config.ts';
import { isRegistered } from './registrar.ts';
import { type Answer, type ApiCall, ERRNO, failure, success, textParam } from './wire.ts';

interface LiveCall {
  callid: string;
  caller: string;
  callee: string;
  internal: boolean;
}

/** Calls that were dialled through the API and not hung up. They live in the running exchange. */
export interface Calls {
  live: Map<string, LiveCall>;
  dialled: number;
}

export function noCalls(): Calls {
  return { live: new Map(), dialled: 0 };
}

export function inCall(box: Box, number: string): boolean {
  if (box.calls.live.size === 0) return false;
  return [...box.calls.live.values()].some((call) => call.caller === number || call.callee === number);
}

/** v2.0.0 `call/dial`: to an extension or outside (D: H2). The caller rings first. */
export function dial(box: Box, call: ApiCall): Answer {
  const callee = textParam(call.params, 'callee');
  return place(box, textParam(call.params, 'caller'), callee, box.config.running.has(callee));
}

/** v1.x `extension/dial_extension` (D: G17). */
export function dialExtension(box: Box, call: ApiCall): Answer {
  return place(box, textParam(call.params, 'caller'), textParam(call.params, 'callee'), true);
}

/** v1.x `extension/dial_outbound` (D: G17). */
export function dialOutbound(box: Box, call: ApiCall): Answer {
  return place(box, textParam(call.params, 'extid'), textParam(call.params, 'outto'), false);
}

/** v2.0.0 `call/query`: 10005 for an unknown id (D, V). The id may come as a JSON number (W). Members' shape I. */
export function queryCall(box: Box, call: ApiCall): Answer {
  const found = findCall(box, call);
  if (found === undefined) return failure(ERRNO.callUnknown);
  const members = [found.caller, found.callee].map((number) => ({ number, status: 'ANSWER' }));
  return success({ callid: found.callid, members });
}

/** v2.0.0: the guide's table prints `call/hungup` (D: H2). */
export function hangUp(box: Box, call: ApiCall): Answer {
  const found = findCall(box, call);
  if (found === undefined) return failure(ERRNO.callUnknown);
  box.calls.live.delete(found.callid);
  return success();
}

/** v1.x `extension/hangup` {extid} (D: G17). */
export function hangUpExtension(box: Box, call: ApiCall): Answer {
  const number = textParam(call.params, 'extid');
  const found = [...box.calls.live.values()].find(
    ({ caller, callee }) => caller === number || callee === number,
  );
  if (found === undefined) return failure(ERRNO.liveCallUnknown);
  box.calls.live.delete(found.callid);
  return success();
}

/** v1.x `outbound/query` (D: G17). */
export function queryOutbound(box: Box): Answer {
  const outbound = [...box.calls.live.values()].filter(({ internal }) => !internal);
  return success({
    outbound: outbound.map(({ callid, caller, callee }) => ({
      outboundid: callid,
      from: caller,
      to: callee,
      trunk: box.settings.outboundRoutes[0] ?? '',
      status: 'Talking',
    })),
  });
}

/** v1.x `inbound/query`: nobody calls the lab from outside. */
export function queryInbound(): Answer {
  return success({ inbound: [] });
}

function place(box: Box, caller: string, callee: string, internal: boolean): Answer {
  const refused = refusal(box, caller, callee, internal);
  if (refused !== undefined) return failure(refused);
  box.calls.dialled += 1;
  const callid = `${Math.floor(Date.now() / 1000)}.${box.calls.dialled}`;
  box.calls.live.set(callid, { callid, caller, callee, internal });
  return success({ callid });
}

/** Meaning of each code D; which one answers an unregistered phone I. */
function refusal(box: Box, caller: string, callee: string, internal: boolean): string | undefined {
  const { config, settings } = box;
  if (caller === '' || callee === '') return ERRNO.parameterBlank;
  const from = config.running.get(caller);
  if (from === undefined) return ERRNO.extensionUnknown;
  if (settings.doubts.stormBreaksCalls && inStorm(config, settings.applyStorm, Date.now()))
    return ERRNO.handlingFailed;
  if (!isRegistered(box, caller) || inCall(box, caller)) return ERRNO.notIdle;
  if (!internal) return refuseOutbound(callee, from.callrestriction === 'on');
  const to = config.running.get(callee);
  if (to === undefined) return ERRNO.calleeUnknown;
  return isRegistered(box, callee) && to.dnd !== 'on' ? undefined : ERRNO.calleeNotAcceptable;
}

function refuseOutbound(callee: string, restricted: boolean): string | undefined {
  if (!/^[+*#\d]+$/.test(callee)) return ERRNO.calleeUnknown;
  return restricted ? ERRNO.noOutboundPermission : undefined;
}

/** Compares as numbers too: 1505193218.10 sent as a JSON number arrives as 1505193218.1. */
function findCall(box: Box, call: ApiCall): LiveCall | undefined {
  const asked = textParam(call.params, 'callid');
  const exact = box.calls.live.get(asked);
  if (exact !== undefined || asked === '' || typeof call.params.callid !== 'number') return exact;
  return [...box.calls.live.values()].find(({ callid }) => Number(callid) === Number(asked));
}

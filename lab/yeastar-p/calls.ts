import type { Box } from './box.ts';
import { isTaken } from './flow/plan.ts';
import { isRegistered } from './registrar.ts';
import { numbered, type StoredExtension } from './store.ts';
import { type Answer, type ApiCall, ERRCODE, failure, invalid, success, textParam } from './wire.ts';

interface LiveCall {
  id: string;
  at: number;
  caller: string;
  callee: string;
  type: 'internal' | 'outbound';
  /** The channels of the caller and of the callee. */
  channels: [string, string];
}

/** Calls dialled through the API. They live in the running exchange. */
export interface Calls {
  live: Map<string, LiveCall>;
  /** Those that ended, with the seconds they lasted. */
  ended: Array<LiveCall & { seconds: number; answered: boolean }>;
  dialled: number;
}

export function noCalls(): Calls {
  return { live: new Map(), ended: [], dialled: 0 };
}

/** `call/dial`: the caller's phone rings first. Accepting says nothing of success: an event tells (D). */
export function dial(box: Box, call: ApiCall): Answer {
  const caller = textParam(call.params, 'caller');
  const callee = textParam(call.params, 'callee');
  if (caller === '') return invalid('caller', 'required');
  if (callee === '') return invalid('callee', 'required');
  const isDead = !canCall(box, caller, callee);
  if (isDead && box.settings.doubts.deadDial === '60001') return failure(ERRCODE.notFound);
  const placed = place(box, caller, callee);
  if (isDead) end(box, placed, false);
  return success({ call_id: placed.id });
}

/** Also by a number of its members, under the three names that clients use (C), or by `type`; an unknown id 60001 (I). */
export function queryCalls(box: Box, call: ApiCall): Answer {
  const id = textParam(call.params, 'call_id');
  const numbers = ['number', 'extension', 'from'].map((key) => textParam(call.params, key));
  const number = numbers.find((value) => value !== '');
  const type = textParam(call.params, 'type').toLowerCase();
  if (id !== '' && !box.calls.live.has(id)) return failure(ERRCODE.notFound);
  const found = [...box.calls.live.values()].filter(
    (live) =>
      (id === '' || live.id === id) &&
      (number === undefined || live.caller === number || live.callee === number) &&
      (type === '' || live.type === type),
  );
  return success({ data: found.map((live) => ({ call_id: live.id, members: membersOf(box, live) })) });
}

/** By the channel of either party; both are cut off (I). */
export function hangUp(box: Box, call: ApiCall): Answer {
  const channel = textParam(call.params, 'channel_id');
  if (channel === '') return invalid('channel_id', 'required');
  const found = [...box.calls.live.values()].find(({ channels }) => channels.includes(channel));
  if (found === undefined) return failure(ERRCODE.noChannel);
  end(box, found, true);
  return success({ call_id: found.id });
}

/** Whether the caller's phone is there, is not on another call, and there is a way to the callee. */
function canCall(box: Box, caller: string, callee: string): boolean {
  const from = numbered(box.store.running, caller);
  if (from === undefined || !isReady(box, from)) return false;
  const to = numbered(box.store.running, callee);
  if (to !== undefined) return isReady(box, to);
  return isTaken(box.plan, callee) || (box.plan.trunks.length > 0 && /^[+*#\d]+$/.test(callee));
}

function isReady({ registrar, calls }: Box, extension: StoredExtension): boolean {
  const { number, type } = extension;
  const isBusy = [...calls.live.values()].some(({ caller, callee }) => [caller, callee].includes(number));
  return !isBusy && (type === 'FXS' || isRegistered(registrar, extension));
}

/** Phones of the lab answer at once. */
function place({ calls, store, plan }: Box, caller: string, callee: string): LiveCall {
  const isInternal = numbered(store.running, callee) !== undefined || isTaken(plan, callee);
  const peer = isInternal ? callee : (plan.trunks[0]?.name ?? 'trunk');
  calls.dialled += 1;
  const at = Date.now();
  const live: LiveCall = {
    id: `${Math.floor(at / 1000)}.${calls.dialled}`,
    at,
    caller,
    callee,
    type: isInternal ? 'internal' : 'outbound',
    channels: [channelOf(caller, 2 * calls.dialled), channelOf(peer, 2 * calls.dialled + 1)],
  };
  calls.live.set(live.id, live);
  return live;
}

function channelOf(peer: string, serial: number): string {
  return `PJSIP/${peer}-${serial.toString(16).padStart(8, '0')}`;
}

function end({ calls }: Box, call: LiveCall, answered: boolean): void {
  calls.live.delete(call.id);
  const seconds = answered ? Math.round((Date.now() - call.at) / 1000) : 0;
  calls.ended.push({ ...call, seconds, answered });
}

/** D: the shape; which status word belongs to which party I. */
function membersOf({ plan }: Box, { caller, callee, type, channels }: LiveCall): object[] {
  const [ours, theirs] = channels;
  const internal = (number: string, channel: string, status: string) => ({
    extension: { number, channel_id: channel, member_status: status, call_path: '' },
  });
  if (type === 'internal') return [internal(caller, ours, 'ANSWERED'), internal(callee, theirs, 'ANSWER')];
  const outbound = {
    from: caller,
    to: callee,
    trunk_name: plan.trunks[0]?.name ?? '',
    channel_id: theirs,
    member_status: 'ANSWER',
    call_path: '',
  };
  return [internal(caller, ours, 'ANSWERED'), { outbound }];
}

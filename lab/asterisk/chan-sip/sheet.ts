import type { PeerView } from '../view.ts';
import { callerIdOf, comediaOf, rportOf, userOf } from './peers.ts';
import { statusOf } from './status.ts';

/** A label with its value, or how it comes about. Undefined: the line is left out. */
export type Line = readonly [label: string, value: string | ((scene: Scene) => string | undefined)];

export interface Scene {
  readonly view: PeerView;
  /** Peers may come from a database. */
  readonly hasRealtime: boolean;
}

const yes = (is: boolean | undefined): string => (is === true ? 'Yes' : 'No');
const set = (is: boolean): string => (is ? '<Set>' : '<Not set>');

/** Lines of `sip show peer` up to the variables (W: 16.28). */
export const before: readonly Line[] = [
  ['* Name', ({ view }) => view.peer.name],
  ['Description', ({ view }) => view.peer.description ?? ''],
  [
    'Realtime peer',
    ({ view, hasRealtime }) =>
      hasRealtime ? (view.peer.realtime === true ? 'Yes, cached' : 'No') : undefined,
  ],
  ['Secret', ({ view }) => set(view.peer.secret ?? view.peer.fixed === undefined)],
  ['MD5Secret', '<Not set>'],
  ['Remote Secret', '<Not set>'],
  ['Context', ({ view }) => view.peer.context ?? 'default'],
  ['Record On feature ', 'automon'],
  ['Record Off feature ', 'automon'],
  ['Subscr.Cont.', '<Not set>'],
  ['Language', ''],
  ['Tonezone', '<Not set>'],
  ['AMA flags', 'Unknown'],
  ['Transfer mode', 'open'],
  ['CallingPres', 'Presentation Allowed, Not Screened'],
  ['Callgroup', ''],
  ['Pickupgroup', ''],
  ['Named Callgr', ''],
  ['Nam. Pickupgr', ''],
  ['MOH Suggest', ''],
  ['Mailbox', ''],
  ['VM Extension', 'asterisk'],
  ['LastMsgsSent', ({ view }) => halves(view.peer.lastMessages ?? 0)],
  ['Call limit', ({ view }) => String(view.peer.callLimit ?? 0)],
  ['Max forwards', '0'],
  ['Dynamic', ({ view }) => yes(view.peer.fixed === undefined)],
  ['Callerid', ({ view }) => callerIdOf(view)],
  ['MaxCallBR', '384 kbps'],
  ['Expire', ({ view }) => String(expiresOf(view))],
  ['Insecure', ({ view }) => view.peer.insecure ?? 'no'],
  ['Force rport', ({ view }) => rportOf(view)],
  ['Symmetric RTP', ({ view }) => comediaOf(view)],
  ['ACL', ({ view }) => yes(view.peer.acl)],
  ['ContactACL', 'No'],
  ['DirectMedACL', 'No'],
  ['T.38 support', 'No'],
  ['T.38 EC mode', 'Unknown'],
  ['T.38 MaxDtgrm', '4294967295'],
  ['DirectMedia', 'No'],
  ['PromiscRedir', 'No'],
  ['User=Phone', 'No'],
  ['Video Support', 'No'],
  ['Text Support', 'No'],
  ['Ign SDP ver', 'No'],
  ['Trust RPID', ({ view }) => yes(view.peer.trustRpid)],
  ['Send RPID', ({ view }) => yes(view.peer.sendRpid)],
  ['Path support', 'No'],
  ['Path', 'N/A'],
  ['TrustIDOutbnd', 'Legacy'],
  ['Subscriptions', 'Yes'],
  ['Overlap dial', 'Yes'],
  ['DTMFmode', 'rfc2833'],
  ['Timer T1', '500'],
  ['Timer B', '32000'],
  ['ToHost', ({ view }) => view.peer.fixed?.address ?? ''],
  ['Addr->IP', ({ view }) => addressOf(view)],
  ['Defaddr->IP', '(null)'],
  ['Prim.Transp.', 'UDP'],
  ['Allowed.Trsp', 'UDP'],
  ['Def. Username', ({ view }) => userOf(view)],
  ['SIP Options', '(none)'],
  ['Codecs', '(ulaw|alaw)'],
  ['Auto-Framing', 'No'],
  ['Status', ({ view }) => statusOf(view)],
  ['Useragent', ({ view }) => view.last?.userAgent ?? ''],
  ['Reg. Contact', ({ view }) => view.last?.uri ?? ''],
  ['Qualify Freq', ({ view }) => `${(view.peer.qualifyEvery ?? 60) * 1000} ms`],
  ['Keepalive', '0 ms'],
];

/** Lines of `sip show peer` after the variables (W: 16.28). */
export const after: readonly Line[] = [
  ['Sess-Timers', 'Accept'],
  ['Sess-Refresh', 'uas'],
  ['Sess-Expires', '1800 secs'],
  ['Min-Sess', '90 secs'],
  ['RTP Engine', 'asterisk'],
  ['Parkinglot', ''],
  ['Use Reason', 'No'],
  ['Encryption', 'No'],
  ['RTCP Mux', 'No'],
];

/** Seconds until the registration ends; -1 without one. */
export function expiresOf({ contacts }: PeerView): number {
  return contacts.at(-1)?.expires ?? -1;
}

function addressOf({ place }: PeerView): string {
  return place === null ? '(null)' : `${place.address}:${place.port}`;
}

/** One number that holds two: new and old messages (V). */
function halves(messages: number): string {
  return `${(messages & 0x7fff0000) >> 16}/${messages & 0xffff}`;
}

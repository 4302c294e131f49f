import { callerIdOf, comediaOf, rportOf, userOf } from '../chan-sip/peers.ts';
import { expiresOf } from '../chan-sip/sheet.ts';
import { statusOf } from '../chan-sip/status.ts';
import type { LabAsteriskNat } from '../settings.ts';
import type { PeerView } from '../view.ts';
import type { Fields } from './packet.ts';

const y = (is: boolean | undefined): string => (is === true ? 'Y' : 'N');

/** A: found to be so, a: found not to be (V). */
const natLetters: Readonly<Record<LabAsteriskNat, string>> = {
  Yes: 'Y',
  No: 'N',
  'Auto (Yes)': 'A',
  'Auto (No)': 'a',
};

/** What `SIPshowpeer` says of one that is known (W: 16.28). */
export function peerFields(view: PeerView): Fields {
  const { peer, place, last } = view;
  return [
    ['Channeltype', 'SIP'],
    ['ObjectName', peer.name],
    ['ChanObjectType', 'peer'],
    ['SecretExist', y(peer.secret ?? peer.fixed === undefined)],
    ['RemoteSecretExist', 'N'],
    ['MD5SecretExist', 'N'],
    ['Context', peer.context ?? 'default'],
    ['Language', ''],
    ['ToneZone', '<Not set>'],
    ['AMAflags', 'Unknown'],
    ['CID-CallingPres', 'Presentation Allowed, Not Screened'],
    ['Callgroup', ''],
    ['Pickupgroup', ''],
    ['Named Callgroup', ''],
    ['Named Pickupgroup', ''],
    ['MOHSuggest', ''],
    ['VoiceMailbox', ''],
    ['TransferMode', 'open'],
    ['LastMsgsSent', String(peer.lastMessages ?? 0)],
    ['Maxforwards', '0'],
    ['Call-limit', String(peer.callLimit ?? 0)],
    ['Busy-level', '0'],
    ['MaxCallBR', '384 kbps'],
    ['Dynamic', y(peer.fixed === undefined)],
    ['Callerid', callerIdOf(view)],
    ['RegExpire', `${expiresOf(view)} seconds`],
    ['SIP-AuthInsecure', peer.insecure ?? 'no'],
    ['SIP-Forcerport', natLetters[rportOf(view)]],
    ['SIP-Comedia', natLetters[comediaOf(view)]],
    ['ACL', y(peer.acl)],
    ...media,
    ['ToHost', peer.fixed?.address ?? ''],
    ['Address-IP', place?.address ?? '(null)'],
    ['Address-Port', String(place?.port ?? 0)],
    ['Default-addr-IP', '(null)'],
    ['Default-addr-port', '0'],
    ['Default-Username', userOf(view)],
    ['Codecs', '(ulaw|alaw)'],
    ['Status', statusOf(view)],
    ['SIP-Useragent', last?.userAgent ?? ''],
    ['Reg-Contact', last?.uri ?? ''],
    ['QualifyFreq', `${(peer.qualifyEvery ?? 60) * 1000} ms`],
    ['Parkinglot', ''],
    ...Object.entries(peer.variables ?? {}).map(
      ([name, value]) => ['ChanVariable', `${name}=${value}`] as const,
    ),
    ['SIP-Use-Reason-Header', 'N'],
    ['Description', peer.description ?? ''],
  ];
}

const media: Fields = [
  ['SIP-CanReinvite', 'N'],
  ['SIP-DirectMedia', 'N'],
  ['SIP-PromiscRedir', 'N'],
  ['SIP-UserPhone', 'N'],
  ['SIP-VideoSupport', 'N'],
  ['SIP-TextSupport', 'N'],
  ['SIP-T.38Support', 'N'],
  ['SIP-T.38EC', 'Unknown'],
  ['SIP-T.38MaxDtgrm', '4294967295'],
  ['SIP-Sess-Timers', 'Accept'],
  ['SIP-Sess-Refresh', 'uas'],
  ['SIP-Sess-Expires', '1800'],
  ['SIP-Sess-Min', '90'],
  ['SIP-RTP-Engine', 'asterisk'],
  ['SIP-Encryption', 'N'],
  ['SIP-RTCP-Mux', 'N'],
  ['SIP-DTMFmode', 'rfc2833'],
];

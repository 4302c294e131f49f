import { createHash } from 'node:crypto';
import type { Release } from '../releases.ts';
import { cell, padded } from '../text.ts';
import type { PeerView } from '../view.ts';
import { type Binding, bindingsOf, deviceState, roundTrip, shortStatus } from './status.ts';

/** Column that flexible names end before (V). */
const TABSTOP = 62;

/** What stands above a list of endpoints, and above one. */
export const endpointHead = [
  ' Endpoint:  <Endpoint/CID.....................................>  <State.....>  <Channels.>',
  '    I/OAuth:  <AuthId/UserName...........................................................>',
  '        Aor:  <Aor............................................>  <MaxContact>',
  '      Contact:  <Aor/ContactUri..........................> <Hash....> <Status> <RTT(ms)..>',
  '  Transport:  <TransportId........>  <Type>  <cos>  <tos>  <BindAddress..................>',
  '   Identify:  <Identify/Endpoint.........................................................>',
  '        Match:  <criteria.........................>',
  '    Channel:  <ChannelId......................................>  <State.....>  <Time.....>',
  '        Exten: <DialedExten...........>  CLCID: <ConnectedLineCID.......>',
];

export const contactHead = [
  '  Contact:  <Aor/ContactUri..............................> <Hash....> <Status> <RTT(ms)..>',
];

export const rule = '='.repeat(90);

export function endpointLine(view: PeerView): string {
  const { name, callerId } = view.peer;
  const shown = callerId === undefined || callerId.number === '' ? name : `${name}/${callerId.number}`;
  return ` Endpoint:  ${cell(shown, TABSTOP - 9 - 2)}  ${cell(deviceState(view), 12)}  0 of inf`;
}

/** The endpoint with all that belongs to it. */
export function endpointBlock(view: PeerView, release: Release): string[] {
  const { peer } = view;
  const { name, fixed, secret = fixed === undefined, identify = [] } = peer;
  const room = peer.maxContacts ?? (fixed === undefined ? 1 : 0);
  return [
    endpointLine(view),
    ...(secret ? [`     InAuth:  ${name}/${name}`] : []),
    `        Aor:  ${cell(name, TABSTOP - 11 - 12)} ${String(room).padStart(12)}`,
    ...bindingsOf(view).map((binding) => contactLine(name, binding, release, 13)),
    ...(identify.length === 0 ? [] : [`   Identify:  ${name}/${name}`]),
    ...identify.map((address) => `        Match: ${address}`),
  ];
}

/** @param indent the column that the word `Contact` ends at */
export function contactLine(aor: string, binding: Binding, release: Release, indent: 9 | 13): string {
  const width = TABSTOP - indent - 9 - Buffer.byteLength(aor) + 1;
  // A negative width is one without cutting (C).
  const uri = width < 0 ? padded(binding.uri, -width) : cell(binding.uri, width);
  const status = cell(shortStatus(binding, release), 7);
  const label = 'Contact'.padStart(indent);
  return `${label}:  ${aor}/${uri} ${cell(hashOf(binding.uri), 10)} ${status} ${rtt(binding, release)}`;
}

/** What tells the contacts of an AOR apart (W). */
export function hashOf(uri: string): string {
  return createHash('md5').update(uri).digest('hex');
}

function rtt(binding: Binding, { nan, rttAlways }: Release): string {
  const usec = roundTrip(binding);
  const isShown = rttAlways && binding.qualify !== 'unknown';
  const text = usec === null ? (isShown ? '0.000' : nan) : (usec / 1000).toFixed(3);
  return text.padStart(11);
}

import type { LabAsteriskNat } from '../settings.ts';
import { cell, padded } from '../text.ts';
import type { PeerView } from '../view.ts';
import { statusOf, summaryOf } from './status.ts';

const HEADINGS = [
  'Name/username',
  'Host',
  'Dyn',
  'Forcerport',
  'Comedia',
  'ACL',
  'Port',
  'Status',
  'Description',
] as const;

/** `sip show peers` (W, V). `hasRealtime`: peers may come from a database, so there is a column for it. */
export function peersTable(views: readonly PeerView[], hasRealtime: boolean): string {
  const rows = views.map((view) => row([...cellsOf(view), hasRealtime ? realtimeOf(view) : '']));
  const head = row([...HEADINGS, hasRealtime ? 'Realtime' : '']);
  return [head, ...rows, summaryOf(views), ''].join('\n');
}

/** Port and status are not cut: what follows moves to the right. */
function row([
  name = '',
  host = '',
  dyn = '',
  rport = '',
  comedia = '',
  acl = '',
  ...rest
]: string[]): string {
  const [port = '', status = '', description = '', realtime = ''] = rest;
  return [
    cell(name, 25),
    cell(host, 39),
    cell(dyn, 3),
    cell(rport, 10),
    cell(comedia, 10),
    cell(acl, 3),
    padded(port, 8),
    padded(status, 11),
    cell(description, 32),
    realtime,
  ].join(' ');
}

function cellsOf(view: PeerView): string[] {
  const { peer, place } = view;
  const user = userOf(view);
  return [
    user === '' ? peer.name : `${peer.name}/${user}`,
    place?.address ?? '(Unspecified)',
    peer.fixed === undefined ? ' D ' : '   ',
    rportOf(view),
    comediaOf(view),
    peer.acl === true ? ' A ' : '   ',
    String(place?.port ?? 0),
    statusOf(view),
    peer.description ?? '',
  ];
}

function realtimeOf({ peer }: PeerView): string {
  return peer.realtime === true ? 'Cached RT' : '';
}

/** What chan_sip calls the default user name: that of the last registration. */
export function userOf({ peer, last }: PeerView): string {
  return last?.user ?? peer.defaultUser ?? '';
}

export function rportOf({ peer }: PeerView): LabAsteriskNat {
  return peer.forceRport ?? (peer.fixed === undefined ? 'Yes' : 'Auto (No)');
}

export function comediaOf({ peer }: PeerView): LabAsteriskNat {
  return peer.comedia ?? (peer.fixed === undefined ? 'Yes' : 'No');
}

/** `"Ana Pérez" <10>`; both parts may be empty (W). */
export function callerIdOf({ peer }: PeerView): string {
  const { name = '', number = '' } = peer.callerId ?? {};
  return `"${name}" <${number}>`;
}

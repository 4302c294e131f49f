import { comediaOf, rportOf } from '../chan-sip/peers.ts';
import { eventStatusOf, statusOf, wholeMs } from '../chan-sip/status.ts';
import type { PeerView } from '../view.ts';
import type { Action } from './action.ts';
import { events, type Fields, list, mark, packet, type Request, refusal } from './packet.ts';
import { peerFields } from './sip-peer.ts';

const yes = (is: boolean): string => (is ? 'yes' : 'no');

/** Actions that chan_sip brings (W, V). */
export const sipActions: readonly Action[] = [
  {
    name: 'SIPpeers',
    classes: ['system', 'reporting'],
    technology: 'chan_sip',
    run: ({ memory }, request) =>
      list(
        request,
        'Peer status list will follow',
        events(request, 'PeerEntry', memory.list('chan_sip').map(entryOf)),
        'PeerlistComplete',
      ),
  },
  {
    name: 'SIPshowpeer',
    classes: ['system', 'reporting'],
    technology: 'chan_sip',
    run({ memory }, request) {
      const name = request.get('Peer');
      if (name === '') return [refusal(request, 'Peer: <name> missing.')];
      const view = memory.find('chan_sip', name, false);
      // One empty line more than others have (W).
      if (view === undefined) return [`${refusal(request, `Peer ${name} not found.`)}\r\n`];
      return [packet([['Response', 'Success'], ...mark(request), ...peerFields(view)])];
    },
  },
  {
    name: 'SIPpeerstatus',
    classes: ['system'],
    technology: 'chan_sip',
    run({ memory }, request) {
      const name = request.get('Peer').replace(/^sip\//i, '');
      if (name === '') return statuses(request, memory.list('chan_sip'));
      const view = memory.find('chan_sip', name, true);
      return view === undefined ? [refusal(request, 'No such peer')] : statuses(request, [view]);
    },
  },
];

function entryOf(view: PeerView): Fields {
  const { peer, place } = view;
  const [rport, comedia] = [rportOf(view), comediaOf(view)];
  return [
    ['Channeltype', 'SIP'],
    ['ObjectName', peer.name],
    ['ChanObjectType', 'peer'],
    ['IPaddress', place?.address ?? '-none-'],
    ['IPport', String(place?.port ?? 0)],
    ['Dynamic', yes(peer.fixed === undefined)],
    ['AutoForcerport', yes(rport.startsWith('Auto'))],
    ['Forcerport', yes(rport.includes('Yes'))],
    ['AutoComedia', yes(comedia.startsWith('Auto'))],
    ['Comedia', yes(comedia.includes('Yes'))],
    ['VideoSupport', 'no'],
    ['TextSupport', 'no'],
    ['ACL', yes(peer.acl === true)],
    ['Status', statusOf(view)],
    ['RealtimeDevice', yes(peer.realtime === true)],
    ['Description', peer.description ?? ''],
    ['Accountcode', ''],
  ];
}

/** The mark stands last here (V). */
function statuses(request: Request, views: readonly PeerView[]): string[] {
  const found = views.map((view) =>
    packet([
      ['Event', 'PeerStatus'],
      ['Privilege', 'System'],
      ['ChannelType', 'SIP'],
      ['Peer', `SIP/${view.peer.name}`],
      ['PeerStatus', eventStatusOf(view)],
      ...(typeof view.qualify === 'object' ? [['Time', String(wholeMs(view.qualify.ms))] as const] : []),
      ...mark(request),
    ]),
  );
  return list(request, 'Peer status will follow', found, 'SIPpeerstatusComplete');
}

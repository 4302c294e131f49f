import type { Daemon } from '../host.ts';
import { hashOf } from '../pjsip/lines.ts';
import { type Binding, bindingsOf, deviceState, longStatus, roundTrip } from '../pjsip/status.ts';
import type { LabAsteriskPeer } from '../settings.ts';
import type { Contact, PeerView } from '../view.ts';
import type { Action } from './action.ts';
import { events, type Fields, list, refusal } from './packet.ts';

/** Actions that pjsip brings (W, V). */
export const pjsipActions: readonly Action[] = [
  {
    name: 'PJSIPShowEndpoints',
    classes: ['system'],
    technology: 'pjsip',
    run({ memory }, request) {
      const entries = memory.list('pjsip').map(endpointFields);
      // An empty list is an error, with a line end inside (V).
      if (entries.length === 0) return [refusal(request, 'No endpoints found\n')];
      return list(
        request,
        'A listing of Endpoints follows, presented as EndpointList events',
        events(request, 'EndpointList', entries),
        'EndpointListComplete',
      );
    },
  },
  {
    name: 'PJSIPShowContacts',
    classes: ['system'],
    technology: 'pjsip',
    run(daemon, request) {
      const entries = registered(daemon).map((one) => contactFields(daemon, one));
      if (entries.length === 0) return [refusal(request, 'No Contacts found\n')];
      return list(
        request,
        'A listing of Contacts follows, presented as ContactList events',
        events(request, 'ContactList', entries),
        'ContactListComplete',
      );
    },
  },
  {
    name: 'PJSIPShowRegistrationInboundContactStatuses',
    classes: ['system'],
    technology: 'pjsip',
    run: (daemon, request) =>
      list(
        request,
        'Following are ContactStatusEvents for each Inbound registration',
        events(
          request,
          'ContactStatusDetail',
          registered(daemon).map((one) => statusFields(daemon, one)),
        ),
        'ContactStatusDetailComplete',
      ),
  },
];

function endpointFields(view: PeerView): Fields {
  const { name, fixed, secret = fixed === undefined } = view.peer;
  return [
    ['ObjectType', 'endpoint'],
    ['ObjectName', name],
    ['Transport', ''],
    ['Aor', name],
    ['Auths', secret ? name : ''],
    ['OutboundAuths', ''],
    [
      'Contacts',
      bindingsOf(view)
        .map(({ uri }) => `${name}/${uri},`)
        .join(''),
    ],
    ['DeviceState', deviceState(view)],
    ['ActiveChannels', '0'],
  ];
}

/** A registration, and whose. Those of the configuration are in neither list (W). */
interface Registered {
  readonly peer: LabAsteriskPeer;
  readonly binding: Binding;
  readonly contact: Contact;
}

function registered({ memory }: Daemon): Registered[] {
  return memory
    .list('pjsip')
    .flatMap((view) =>
      bindingsOf(view).flatMap((binding) =>
        binding.contact === null ? [] : [{ peer: view.peer, binding, contact: binding.contact }],
      ),
    );
}

const idOf = ({ peer, binding }: Registered): string => `${peer.name};@${hashOf(binding.uri)}`;
const everyOf = ({ peer, binding }: Registered): string =>
  binding.qualify === 'off' ? '0' : String(peer.qualifyEvery ?? 60);
const expiryOf = ({ now }: Daemon, { contact }: Registered): string =>
  String(Math.floor(now() / 1000) + contact.expires);

function contactFields(daemon: Daemon, one: Registered): Fields {
  const { peer, binding, contact } = one;
  return [
    ['ObjectType', 'contact'],
    ['ObjectName', idOf(one)],
    ['ViaAddr', contact.address],
    ['QualifyTimeout', '3.000000'],
    ['Qualify2xxOnly', 'false'],
    ['CallId', contact.callId],
    ['RegServer', daemon.systemName],
    ['PruneOnBoot', 'no'],
    ['Path', ''],
    ['Endpoint', peer.name],
    ['ViaPort', String(contact.port)],
    ['AuthenticateQualify', 'no'],
    ['Uri', binding.uri],
    ['QualifyFrequency', everyOf(one)],
    ['UserAgent', contact.userAgent],
    ['ExpirationTime', expiryOf(daemon, one)],
    ['OutboundProxy', ''],
    ['Status', longStatus(binding)],
    ['RoundtripUsec', String(roundTrip(binding) ?? 'N/A')],
  ];
}

function statusFields(daemon: Daemon, one: Registered): Fields {
  const { peer, binding, contact } = one;
  return [
    ['AOR', peer.name],
    ['URI', binding.uri],
    ['UserAgent', contact.userAgent],
    ['RegExpire', expiryOf(daemon, one)],
    ['ViaAddress', `${contact.address}:${contact.port}`],
    ['CallID', contact.callId],
    ['Status', longStatus(binding)],
    ['RoundtripUsec', String(roundTrip(binding) ?? 'N/A')],
    ['EndpointName', peer.name],
    ['ID', idOf(one)],
    ['AuthenticateQualify', '0'],
    ['OutboundProxy', ''],
    ['Path', ''],
    ['QualifyFrequency', everyOf(one)],
    ['QualifyTimeout', '3.000'],
    ['Qualify2xxOnly', '0'],
  ];
}

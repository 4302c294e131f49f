import type { Facts } from '../../contract.ts';
import { actions } from './actions.ts';
import { extensionFields } from './extension-facts.ts';

const granted = Object.values(actions)
  .map((action) => `\`${action.replace('pbxware.', '')}\``)
  .join(', ');

/**
 * MeetIP is Bicom's PBXware Multi-Tenant under another name: what its action API (v1) can do, and API v2 where the server has it.
 * `vendor-docs` = the vendor's API pages and manuals; `field` = seen live by others; nothing was tried on a MeetIP server.
 */
export const facts: Facts = {
  title: 'MeetIP (Bicom PBXware Multi-Tenant)',
  target: 'pbx',
  kinds: {
    extension: { unit: 'resource', create: 'yes', update: 'yes', delete: 'yes', fields: extensionFields },
  },
  host: {
    concurrency: 5,
    writers: 1,
    readIntervalMs: 0,
    writeIntervalMs: 0,
    longestWriteMs: 60_000,
    sessions: null,
  },
  commit: 'never',
  /** Reading back only: phones are let in later, which verify waits for. */
  settleMs: 10_000,
  lateWriteMs: 120_000,
  credential: ['apiKey'],
  verify: {
    registrations: {
      source: 'inference',
      note: 'An address in the monitor list is taken as a registration. The server refuses new extensions for half a minute and may for a minute: ask with a patience of 90 s.',
    },
    callFlows: {
      source: 'field',
      note: 'Numbers, ring groups and menus, in the words that others have seen. Who is in a queue, opening hours and what a menu may take beside its keys are not shown.',
    },
    placeCall: {
      source: 'inference',
      note: 'API v2 (8.2 and later) only. The names in the request and the words of the answer are not documented.',
    },
  },
  access: {
    en: `MeetIP's administrators make API keys, one for each server (SIP1, SIP2, SIP7 and SIP17 each have their own): under Admin Settings, which a support login does not show. Ask for a key with these actions allowed (${granted}) and our address on its list of allowed addresses. A key that is not used for long is suspended until an administrator resets it. Without \`tenant.list\`, give the tenant's internal id as \`options.serverId\`.`,
    es: `Las claves de la API las crean los administradores de MeetIP, una por servidor (SIP1, SIP2, SIP7 y SIP17 tienen cada uno la suya): en Admin Settings, que un usuario de soporte no ve. Pida una clave con estas acciones permitidas (${granted}) y nuestra dirección en su lista de direcciones permitidas. Una clave que no se usa durante mucho tiempo se suspende hasta que un administrador la restablece. Sin \`tenant.list\`, indique el id interno del tenant en \`options.serverId\`.`,
  },
  unconfirmed: [
    'Which version MeetIP runs, that its servers are separate installations, and that a key must be asked for: inferred.',
    'That arguments are taken from a form-encoded POST body: GET or POST is documented, the encoding is not. Where POST is visibly not taken, GET is used, with key and values in the address.',
    'What the server says to a suspended key or a refused address, an unknown id, a weak secret, a second use of an e-mail, a full package, a device type that is off.',
    'What the error texts say: only observed. None decides about safety: what is not understood is looked up in the list before it is believed.',
    'That ext.edit leaves what it is not sent: all arguments are documented as optional, and clients send single ones.',
    'Whether ext.es.callerid.edit leaves what it is not sent: the emergency number, numbers for single trunks and those a user may choose from are sent again with it; beside an entry with a colon, which cannot be, the number is not changed.',
    'That an outgoing number needs the value and the state of its service: clients set both. Settings of tenant and trunk may still replace it.',
    'Whether a leading + of an outgoing number is kept: `numberFormat` of the platform says how it is written.',
    'Where departments stand outside ext.list, and which languages user_language takes.',
    'That the user password cannot be read.',
    'That the context (t-301) or the user name (301110) of an extension proves the tenant, where the key may not list tenants.',
    'That an address in monitor.list means a registration: its status words are documented nowhere.',
    'How long a write without an answer may still appear (two minutes are waited), and how long reading back may lag (ten seconds).',
    'API v2: used to change name, e-mail and status, to delete and to call, where the version is 8.2 or later and a look-up by number answers. Reading, creating, secrets and all other fields stay with v1: v2 asks for a user type and codecs whose values are not known here, and names for the other fields are not documented.',
    'API v2: that a look-up answers `id` and `number`, and that a call is asked for with `extension` and `destination`, or with `from` and `to`.',
    'Ring groups and menus: the vendor names ring_group.list and ivr.list, and documents none of their fields. Without the right to one of them, or on builds without it, what stands behind is left to a person.',
    'That last_dest of a ring group is where unanswered calls go, and operator of a menu where callers go who choose nothing: both count as reached.',
    'That a menu of the standard type takes no more than its keys (callers may be allowed to dial extensions), and that opening hours send nobody elsewhere: neither is asked for.',
    'That the queues of erg.list are all queues, so that a name in none of the lists is nobody’s. Who is in a queue is not asked for: how is documented nowhere.',
    'gloCOM extensions: whether a new SIP secret reaches the application by itself. They are read like any other, and changed only as declared.',
  ],
};

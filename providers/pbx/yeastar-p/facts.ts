import type { Facts } from '../../contract.ts';
import { extensionFacts } from './extension-facts.ts';

/**
 * What the P-Series can do over its OpenAPI. `field` = clients of integrators; `inference` and `unknown` were never seen on a live box.
 */
export const facts: Facts = {
  title: 'Yeastar P-Series: Appliance, Software, Cloud Edition',
  target: 'pbx',
  kinds: { extension: extensionFacts },
  // No limit is documented; one client keeps to one request in three seconds, most to none. [field]
  host: { concurrency: 2, writers: 1, readIntervalMs: 0, writeIntervalMs: 200, sessions: 8 },
  commit: 'never',
  settleMs: 3_000,
  lateWriteMs: 30_000,
  credential: ['clientId', 'clientSecret'],
  verify: {
    registrations: {
      source: 'vendor-docs',
      note: 'SIP phones in the list of extensions; in newer firmware a phone that is missing there is taken as not registered.',
    },
    callFlows: {
      source: 'vendor-docs',
      note: 'Inbound routes, queues, ring groups and menus, where the API client may see them. Time conditions, groups of extensions, dynamic agents and what callers dial by themselves are not told to the end, and the answer says so.',
    },
  },
  access: {
    en: 'The API is off by default. An administrator switches it on under Integrations › API, which shows Client ID and Client Secret, may limit the addresses it answers to, and grants its interfaces one by one: System, Extension, and for verify Inbound Route, Queue, Ring Group and IVR. It needs firmware 37 (Appliance), 83 (Software) or 84.7 (Cloud) and is missing on the P520: there every step is a form. Five wrong logins block the address under `Security › Security Rules › Blocked IPs`.',
    es: 'La API viene desactivada. Un administrador la activa en Integrations › API, donde aparecen Client ID y Client Secret, se limitan las direcciones que admite y se conceden sus interfaces una a una: System, Extension y, para verify, Inbound Route, Queue, Ring Group e IVR. Necesita el firmware 37 (Appliance), 83 (Software) u 84.7 (Cloud) y no existe en la P520: allí cada paso es un formulario. Cinco accesos erróneos bloquean la dirección en `Security › Security Rules › Blocked IPs`.',
  },
  unconfirmed: [
    'Whether a write takes effect at once: no guide has an apply step, and the panel has a button for one.',
    'Which interface answers which errcode: the guide has one table for all, so both text and number are judged.',
    'Whether an empty or missing list of SIP phones always means that none is registered.',
    'What else than 40003 a number that exists already may get: after any refusal of a create the number is looked up.',
    'Whether passwords are written in clear: they are read in Base64, and every client writes them in clear.',
    'Whether an empty last_name clears the surname.',
    'Whether extension/query shows enb_nat and disable_outb_call, and whether a write takes them: probed, read back, and written apart from all but a new extension.',
    'Whether extension/update wants organization_list, as its note says, or not, as its sample does: what the extension shows is sent again.',
    'Whether the user name of a phone is the number where registrationName is another one, as one client has it: the account needs a `userName` of its own then.',
    'Whether the built-in role is called Administrator in every language of the panel.',
    'Whether a box whose organisations are off answers its menu with 70120, as the table has it: an empty menu and a parameter error are understood too.',
    'Whether the topmost organisation is where a new extension belongs: the import of the panel puts it there.',
    'Whether every detail shows its type: without one, what has a registration name is taken as SIP.',
    'What organization_list is called inside an answer: value and text as in menus, or id and name.',
    'The firmware from which extension/getpassword exists, and what a box without it answers: errcode 10001 by inference.',
    'Whether a box accepts 8 digits in a number, or 4 and 5 registrations, over its API: newer files for import do.',
    'Which calls a blocked address is refused, and whether a call without token counts as a failed login.',
    'Whether an extension that a queue, ring group, menu or route uses can be deleted, and what becomes of those.',
    'Whether a create answers the new id: else it is looked up by number.',
    'Whether a token whose answer was lost stays valid: it ends by itself within 30 minutes.',
    'The largest page_size: 100, as clients ask for.',
    'How extension/search compares: what it does not find is looked for in the whole list.',
    'Whether a list changes its order between pages: it is sorted by id, and read again where the total changes.',
    'Which of two routes for one number wins: the first.',
    'How calls are queried (clients disagree on the argument): no test call is placed.',
    "Labels of the tabs Advanced and Security: from the vendor's own tests of the panel; of the others from the columns of its import file.",
    'Longest time until a write takes effect, and until a write whose answer was lost appears.',
  ],
};

import type { Facts } from '../../contract.ts';

/**
 * What PekePBX can do over its REST API (v2). `vendor-docs` = the vendor's documentation of v36 and the manuals of its panel; the names of
 * the JSON are documented nowhere and come from the profile, so that much here is `sometimes`: it depends on what a profile maps.
 */
export const facts: Facts = {
  title: 'PekePBX',
  target: 'pbx',
  kinds: {
    extension: {
      unit: 'resource',
      create: 'sometimes',
      update: 'sometimes',
      delete: 'sometimes',
      fields: {
        number: {
          native: 'Extensión',
          read: 'yes',
          write: 'yes',
          immutable: true,
          source: 'vendor-docs',
          note: 'The short number; the panel shows it behind `ext` and the id of the company.',
        },
        name: {
          native: 'Nombre completo',
          read: 'yes',
          write: 'yes',
          requiredOnCreate: true,
          source: 'vendor-docs',
          note: '`callerIdName` takes its place: there is one name only.',
        },
        email: {
          native: 'Email',
          read: 'sometimes',
          write: 'sometimes',
          requiredOnCreate: true,
          source: 'vendor-docs',
        },
        role: {
          native: 'Rol de usuario',
          read: 'sometimes',
          write: 'sometimes',
          source: 'vendor-docs',
          note: 'The panel requires one; `user` where none is declared, if the profile says so.',
        },
        internalOnly: {
          native: 'Permitir sólo llamadas internas',
          read: 'sometimes',
          write: 'sometimes',
          source: 'vendor-docs',
        },
        callerId: {
          native: 'Caller id',
          read: 'sometimes',
          write: 'sometimes',
          source: 'vendor-docs',
          note: 'A DID of the company, or `anonymous` (Anónimo, the default); not `internal`. A dial prefix or a module may still override it.',
        },
        mobile: { native: 'Teléfono móvil', read: 'sometimes', write: 'sometimes', source: 'vendor-docs' },
        mobileExtension: {
          native: 'Extensión móvil',
          read: 'sometimes',
          write: 'sometimes',
          source: 'vendor-docs',
        },
        voicemail: {
          native: 'buzón de voz',
          read: 'sometimes',
          write: 'sometimes',
          source: 'vendor-docs',
          note: 'Named in the documentation of the API, not on the form of the panel.',
        },
        callRecording: {
          native: 'grabación de llamadas',
          read: 'sometimes',
          write: 'sometimes',
          source: 'vendor-docs',
          note: 'Named in the documentation of the API, not on the form of the panel.',
        },
        registrationName: {
          native: 'ext + empresa + extensión',
          read: 'yes',
          write: 'no',
          immutable: true,
          computed: true,
          source: 'vendor-docs',
          note: 'Company 90001, extension 10: `ext9000110`. This is what phones register as.',
        },
        sip: {
          native: 'Contraseña SIP',
          read: 'sometimes',
          write: 'sometimes',
          secret: true,
          source: 'vendor-docs',
          note: 'The panel makes 16 letters and digits and shows them; whether the API does is not documented.',
        },
        portal: {
          native: 'Contraseña',
          read: 'sometimes',
          write: 'sometimes',
          secret: true,
          requiredOnCreate: true,
          source: 'vendor-docs',
        },
      },
    },
  },
  host: { concurrency: 2, writers: 1, readIntervalMs: 100, writeIntervalMs: 500, sessions: null },
  commit: 'never',
  // The SIP edge and the PBX agree every 10 seconds. [vendor-docs]
  settleMs: 10_000,
  lateWriteMs: 30_000,
  credential: ['username', 'password'],
  verify: {
    registrations: {
      source: 'unknown',
      note: 'Only where the profile maps `registered`: the state that the panel shows is not documented. An Asterisk observer is the better witness.',
    },
    callFlows: {
      source: 'inference',
      note: 'Queues and DIDs, where the profile maps them; menus and modules are not shown.',
    },
  },
  access: {
    en: 'The REST API (v2) answers on the panel’s own port: 1443 for the super-administrator, 443 for an administrator of one company. It takes a user and a password of the panel; ask whoever administers the server for a user of its own, without second factor, and to put our address on the white list, since failed logins end in a ban. The profile must be proven on that server once: alta profile probe, diff, selftest, lock. Where REST is refused: `mode: guided`, every step is a form of the panel and verify reads what it can.',
    es: 'La API REST (v2) responde en el puerto del panel: 1443 para el superadministrador, 443 para un administrador de una empresa. Usa un usuario y una contraseña del panel; pida a quien administre el servidor un usuario propio, sin segundo factor, y que ponga nuestra dirección en la lista blanca, porque los accesos fallidos acaban en baneo. El perfil se comprueba una vez en ese servidor: alta profile probe, diff, selftest, lock. Si no se permite REST: `mode: guided`, cada paso es un formulario del panel y verify lee lo que puede.',
  },
  unconfirmed: [
    'Every name inside the JSON: fields, envelope, pages, errors. They stand in the profile, marked until somebody proves them.',
    'How a super-administrator’s token selects a company: `companyId` is documented for the filter of call records only.',
    'Whether an extension is one resource of the API, or a user and an extension: one is assumed, as the form of the panel is one.',
    'Whether PUT wants the whole object: it is read and sent back whole, without what is never shown.',
    'Whether a PUT without a password leaves the password alone.',
    'Whether reads show the SIP secret: taken as never shown.',
    'The answer to /refresh: while it is marked, a new login takes its place.',
    'What a login says that wants a second factor.',
    'How often requests may come: two at once and short pauses are a cautious guess.',
    'Whether calling a company with one token changes what another token sees, where a server works by switching.',
    'What the state in the list of users says about registration.',
    'The labels of voicemail and call recording in the panel.',
    'Longest time until a write takes effect: the SIP edge and the PBX agree every 10 seconds, which is waited.',
  ],
};

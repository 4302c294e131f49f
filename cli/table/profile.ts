import type { CommandRow } from './row.ts';

const target = {
  name: '[target]',
  help: {
    en: 'The PBX, e.g. acme/pbx:sede; or with --target',
    es: 'La centralita, p. ej. acme/pbx:sede; o con --target',
  },
};

/** Commands that make a profile true: how an undocumented API looks, found out and proven on site. */
export const profileCommands: readonly CommandRow[] = [
  {
    name: 'profile import-har',
    args: [
      {
        name: '<file>',
        help: {
          en: 'Recording of the panel, as browsers export it (HAR)',
          es: 'Grabación del panel exportada por el navegador (HAR)',
        },
      },
    ],
    help: {
      en: 'Propose a profile from what a browser recorded; only names of the API leave the recording',
      es: 'Propone un perfil a partir de lo grabado por un navegador; de la grabación solo salen nombres de la API',
    },
    options: ['profile', 'from', 'sentinels', 'replaceProfile', 'dryRun'],
    load: () => import('../commands/profile-import-har.ts'),
  },
  {
    name: 'profile probe',
    args: [target],
    help: {
      en: 'See with reads only which names of the profile are there; exit with 7 where one is refuted',
      es: 'Comprueba, solo leyendo, qué nombres del perfil existen; termina con 7 si alguno queda refutado',
    },
    options: ['target'],
    load: () => import('../commands/profile-probe.ts'),
  },
  {
    name: 'profile diff',
    args: [target],
    help: {
      en: 'Show what extensions have and the profile does not; exit with 7 where a mapped name is not there',
      es: 'Muestra lo que tienen las extensiones y no el perfil; termina con 7 si falta un nombre del perfil',
    },
    options: ['target'],
    load: () => import('../commands/profile-diff.ts'),
  },
  {
    name: 'profile selftest',
    args: [target],
    help: {
      en: 'Prove the profile on a number that nobody uses: create, read, change, read, delete, read; asks first; exit with 7 where a mapping is refuted',
      es: 'Demuestra el perfil con un número que nadie usa: crear, leer, cambiar, leer, borrar, leer; antes pregunta; termina con 7 si algo queda refutado',
    },
    options: ['target', 'canary', 'yes', 'autoApprove', 'lockTimeout'],
    load: () => import('../commands/profile-selftest.ts'),
  },
  {
    name: 'profile lock',
    args: [
      {
        name: '[name]',
        help: {
          en: 'Name of the profile; default: the only one that was proven here',
          es: 'Nombre del perfil; si falta, el único que se ha comprobado aquí',
        },
      },
    ],
    help: {
      en: 'Take the marks off what is proven, and remember what the server looked like',
      es: 'Quita las marcas de lo comprobado y anota cómo era el servidor',
    },
    options: ['vouch', 'dryRun'],
    load: () => import('../commands/profile-lock.ts'),
  },
];

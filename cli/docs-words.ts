import type { Kind, Lang } from '../engine/model/index.ts';
import type { Facts, FieldFact, Proof } from '../providers/contract.ts';

/** The words of the support tables around the drivers' own sentences. */
export interface DocWords {
  readonly title: string;
  readonly generated: string;
  readonly intro: string;
  readonly field: string;
  readonly native: string;
  readonly read: string;
  readonly write: string;
  readonly source: string;
  readonly note: string;
  readonly onCreate: string;
  readonly fixed: string;
  readonly computed: string;
  readonly secret: string;
  readonly unconfirmed: string;
  /** Said in place of the drivers' own sentences, which are in English; null where they can be shown. */
  readonly inEnglish: string | null;
  readonly answers: Readonly<Record<FieldFact['read'] | FieldFact['write'], string>>;
  readonly sources: Readonly<Record<FieldFact['source'], string>>;
  readonly kinds: Readonly<Record<Kind, string>>;
  readonly actions: readonly [string, string, string];
  readonly credential: string;
  readonly commit: string;
  readonly commits: Readonly<Record<Facts['commit'], string>>;
  readonly verify: string;
  readonly proof: string;
  readonly worth: string;
  readonly proofs: Readonly<Record<Proof, string>>;
  readonly access: string;
}

export const docWords: Readonly<Record<Lang, DocWords>> = {
  en: {
    title: 'Drivers',
    generated: 'Generated from the drivers’ own facts by `npm run docs`. Do not edit.',
    intro:
      'What each kind of target can do. A field that is not listed is not known there, and is refused before anything is sent.',
    field: 'Field',
    native: 'There',
    read: 'Read',
    write: 'Write',
    source: 'Known from',
    note: 'Note',
    onCreate: 'needed to create',
    fixed: 'cannot change later',
    computed: 'computed there if not declared',
    secret: 'secret',
    unconfirmed: 'Never confirmed on a live box',
    inEnglish: null,
    answers: { yes: 'yes', no: 'no', sometimes: 'depends', unknown: 'not known', guided: 'by hand' },
    sources: {
      'vendor-docs': 'vendor’s documents',
      'vendor-code': 'vendor’s code',
      field: 'practice',
      wire: 'seen on the wire',
      inference: 'inferred',
      unknown: 'not known',
    },
    kinds: { extension: 'Extensions', account: 'Accounts' },
    actions: ['create', 'change', 'delete'],
    credential: 'Login',
    commit: 'Own Apply step',
    commits: { always: 'always', never: 'never', sometimes: 'depends on the edition' },
    verify: 'Verify',
    proof: 'It can be asked',
    worth: 'What its word is worth',
    proofs: {
      registrations: 'which extensions or lines are registered',
      callFlows: 'where calls lead',
      placeCall: 'to place a test call',
    },
    access: 'How its API is opened',
  },
  es: {
    title: 'Drivers',
    generated: 'Generado de los datos de los propios drivers con `npm run docs`. No lo edite.',
    intro:
      'Qué puede hacer cada tipo de equipo. Un campo que no figura no se conoce allí y se rechaza antes de enviar nada.',
    field: 'Campo',
    native: 'Allí',
    read: 'Leer',
    write: 'Escribir',
    source: 'Se sabe por',
    note: 'Nota',
    onCreate: 'necesario para crear',
    fixed: 'no cambia después',
    computed: 'lo calcula el equipo si no se declara',
    secret: 'secreto',
    unconfirmed: 'Nunca confirmado en un equipo real',
    inEnglish: '{n} detalles, descritos en inglés: `alta drivers --lang en`',
    answers: { yes: 'sí', no: 'no', sometimes: 'depende', unknown: 'no se sabe', guided: 'a mano' },
    sources: {
      'vendor-docs': 'documentos del fabricante',
      'vendor-code': 'código del fabricante',
      field: 'la práctica',
      wire: 'visto en la red',
      inference: 'deducción',
      unknown: 'no se sabe',
    },
    kinds: { extension: 'Extensiones', account: 'Cuentas' },
    actions: ['crear', 'cambiar', 'borrar'],
    credential: 'Acceso',
    commit: 'Apply propio',
    commits: { always: 'siempre', never: 'nunca', sometimes: 'depende de la edición' },
    verify: 'Comprobación',
    proof: 'Se le puede preguntar',
    worth: 'Qué vale su palabra',
    proofs: {
      registrations: 'qué extensiones o líneas están registradas',
      callFlows: 'a dónde llevan las llamadas',
      placeCall: 'que haga una llamada de prueba',
    },
    access: 'Cómo se abre su API',
  },
};

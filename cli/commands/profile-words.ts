import type { Clue, Standing } from '../../engine/load/har/index.ts';
import type { Lang } from '../../engine/model/index.ts';
import type { Verdict } from '../../engine/run/profile/index.ts';

interface ProfileWords {
  readonly standings: Readonly<Record<Standing, string>>;
  readonly clues: Readonly<Record<Clue['kind'], string>>;
  readonly recording: string;
  readonly leftOut: string;
  readonly candidates: string;
  readonly verdicts: Readonly<Record<Verdict['verdict'], string>>;
  /** Reasons by the codes of the drivers' tools. */
  readonly whys: Readonly<Record<string, string>>;
  readonly steps: Readonly<Record<string, string>>;
  readonly seen: string;
  readonly samples: string;
  readonly totals: string;
  readonly unmapped: string;
  readonly missing: string;
  readonly mistyped: string;
  readonly noDifference: string;
  readonly ask: string;
  readonly yes: string;
  readonly no: string;
  readonly proof: string;
  readonly locked: string;
  readonly left: string;
  /** What only a person can answer for. */
  readonly vouch: string;
}

/** What `alta profile` says beside its diagnostics. */
export const profileWords: Readonly<Record<Lang, ProfileWords>> = {
  en: {
    standings: {
      found: 'found',
      guessed: 'guessed',
      ambiguous: 'ambiguous: nothing was taken',
      open: 'the recording does not tell',
      dropped: 'not seen: taken out',
    },
    clues: {
      sent: 'sent: {n}',
      rows: 'rows: {n}',
      answers: 'answers: {n}',
      calls: 'calls: {n}',
      pages: 'steps between pages: {n}',
      flips: 'flips: {n}',
      byName: 'by its name only',
      kept: 'as the profile says',
    },
    recording: 'Requests looked at: {kept}, understood: {used}.',
    leftOut:
      'Left out: pages and files: {otherKind}, other servers: {otherOrigin}, not JSON: {noJson}, without answer: {noAnswer}.',
    candidates: 'or: {candidates}',
    verdicts: { proven: 'proven', refuted: 'refuted', open: 'open' },
    whys: {
      'not-tried': 'not tried',
      'not-found': 'nothing of that name in anything read',
      'other-value': 'there, but not what is declared',
      'wrong-type': 'of another type than the profile says',
      'few-samples': 'too few extensions to judge by',
      'one-page': 'the whole list fits on one page',
      'only-by-writing': 'shown nowhere; `alta profile selftest` tries it',
      'needs-selftest': 'there; only `alta profile selftest` proves that it is the right one',
      'never-shown': 'accepted and never shown: a person must vouch for it',
      'not-kept': 'sent, and not what is there afterwards',
      'one-value': 'only one value could be tried',
      'call-failed': 'the call failed',
      'side-effect': 'something else changed with it',
    },
    steps: {
      refusal: 'refusal',
      create: 'create',
      read: 'read',
      update: 'update',
      delete: 'delete',
      absence: 'absence',
      'clean-up': 'clean-up',
    },
    seen: '{path}: in {resolved} of {of}',
    samples: '{target}, profile {profile}. Extensions read: {n}.',
    totals: 'Proven: {proven}. Refuted: {refuted}. Open: {open}.',
    unmapped: 'Not in the profile:',
    missing: 'Not there:',
    mistyped: 'Of another type:',
    noDifference: 'The profile maps everything that is there.',
    ask: 'Create, change and delete extension {number} on {host} ({target})?',
    yes: 'Yes, nobody uses that number',
    no: 'No, write nothing',
    proof: 'Proof kept in {filename}. To take the marks off: alta profile lock {profile}',
    locked: 'Profile {profile}, marks taken off: {n}.',
    left: 'Still marked: {places}',
    vouch:
      'No program can prove {places}. A person answers for it: alta profile lock {profile} --vouch {option}. Then apply one extension first, and look that its phone registers.',
  },
  es: {
    standings: {
      found: 'encontrado',
      guessed: 'supuesto',
      ambiguous: 'ambiguo: no se ha tomado nada',
      open: 'la grabación no lo dice',
      dropped: 'no visto: se ha quitado',
    },
    clues: {
      sent: 'envíos: {n}',
      rows: 'filas: {n}',
      answers: 'respuestas: {n}',
      calls: 'llamadas: {n}',
      pages: 'pasos entre páginas: {n}',
      flips: 'cambios: {n}',
      byName: 'solo por su nombre',
      kept: 'como dice el perfil',
    },
    recording: 'Peticiones miradas: {kept}, entendidas: {used}.',
    leftOut:
      'Se dejan fuera: páginas y archivos: {otherKind}, otros servidores: {otherOrigin}, sin JSON: {noJson}, sin respuesta: {noAnswer}.',
    candidates: 'o: {candidates}',
    verdicts: { proven: 'demostrado', refuted: 'refutado', open: 'abierto' },
    whys: {
      'not-tried': 'sin probar',
      'not-found': 'no hay nada con ese nombre en lo leído',
      'other-value': 'está, pero no es lo declarado',
      'wrong-type': 'de otro tipo que el que dice el perfil',
      'few-samples': 'muy pocas extensiones para juzgar',
      'one-page': 'toda la lista cabe en una página',
      'only-by-writing': 'no se muestra en nada de lo leído; `alta profile selftest` lo prueba',
      'needs-selftest': 'está; solo `alta profile selftest` demuestra que es el correcto',
      'never-shown': 'aceptado y nunca mostrado: debe responder de ello una persona',
      'not-kept': 'enviado, y después no está lo enviado',
      'one-value': 'solo se pudo probar un valor',
      'call-failed': 'la llamada ha fallado',
      'side-effect': 'ha cambiado algo más con ello',
    },
    steps: {
      refusal: 'rechazo',
      create: 'crear',
      read: 'leer',
      update: 'cambiar',
      delete: 'borrar',
      absence: 'ausencia',
      'clean-up': 'limpieza',
    },
    seen: '{path}: en {resolved} de {of}',
    samples: '{target}, perfil {profile}. Extensiones leídas: {n}.',
    totals: 'Demostrados: {proven}. Refutados: {refuted}. Abiertos: {open}.',
    unmapped: 'No está en el perfil:',
    missing: 'No existe:',
    mistyped: 'De otro tipo:',
    noDifference: 'El perfil recoge todo lo que hay.',
    ask: '¿Crear, cambiar y borrar la extensión {number} en {host} ({target})?',
    yes: 'Sí, nadie usa ese número',
    no: 'No, no escribir nada',
    proof: 'Prueba guardada en {filename}. Para quitar las marcas: alta profile lock {profile}',
    locked: 'Perfil {profile}, marcas quitadas: {n}.',
    left: 'Siguen marcados: {places}',
    vouch:
      'Ningún programa puede demostrar {places}. Responde de ello una persona: alta profile lock {profile} --vouch {option}. Después aplique primero una sola extensión y mire que su teléfono se registre.',
  },
};

import type { Kind, Lang } from '../engine/model/index.ts';
import { fill } from '../engine/report/fill.ts';
import type { Driver, Facts, FieldFact, KindFact } from '../providers/contract.ts';

/** A driver as `alta drivers --json` lists it. */
export interface DriverJson {
  readonly name: string;
  readonly version: string;
  readonly facts: Facts;
}

export function driverJson({ name, version, facts }: Driver): DriverJson {
  return { name, version, facts };
}

interface DocWords {
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
}

const docWords: Readonly<Record<Lang, DocWords>> = {
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
  },
};

/** The support tables of the drivers as Markdown: `docs/drivers.md`, and `alta drivers --format markdown`. Pure. */
export function driversMarkdown(drivers: readonly DriverJson[], lang: Lang = 'en'): string {
  const text = docWords[lang];
  const parts = [
    `# ${text.title}`,
    `<!-- ${text.generated} -->`,
    text.intro,
    ...drivers.flatMap((driver) => driverParts(driver, text)),
  ];
  return `${parts.join('\n\n')}\n`;
}

function driverParts({ name, facts }: DriverJson, text: DocWords): string[] {
  const kinds = Object.entries(facts.kinds) as [Kind, KindFact][];
  const general = [
    `- ${text.credential}: ${facts.credential.map((part) => `\`${part}\``).join(', ')}`,
    `- ${text.commit}: ${text.commits[facts.commit]}`,
  ];
  const unconfirmed = unconfirmedLines(facts, text).map((line) => `- ${line}`);
  return [
    `## \`${name}\`: ${facts.title}`,
    general.join('\n'),
    ...kinds.flatMap(([kind, fact]) => kindParts(kind, fact, text)),
    ...(unconfirmed.length === 0 ? [] : [`### ${text.unconfirmed}`, unconfirmed.join('\n')]),
  ];
}

/** What the driver's author could not confirm, in a language that the reader asked for. */
function unconfirmedLines({ unconfirmed }: Facts, { inEnglish }: DocWords): readonly string[] {
  if (inEnglish === null || unconfirmed.length === 0) return unconfirmed;
  return [fill(inEnglish, { n: unconfirmed.length })];
}

function kindParts(kind: Kind, fact: KindFact, text: DocWords): string[] {
  const answers = [fact.create, fact.update, fact.delete].map((answer) => text.answers[answer]);
  const actions = text.actions.map((action, index) => `${action}: ${answers[index]}`).join(' · ');
  const head = [text.field, text.native, text.read, text.write, text.source, text.note];
  const rows = Object.entries(fact.fields).map(([name, field]) => fieldRow(name, field, text));
  const table = [row(head), row(head.map(() => '---')), ...rows].join('\n');
  return [`### ${text.kinds[kind]}`, actions, table];
}

function fieldRow(name: string, field: FieldFact, text: DocWords): string {
  const marks = [
    ...(field.secret === true ? [text.secret] : []),
    ...(field.requiredOnCreate === true ? [text.onCreate] : []),
    ...(field.immutable === true ? [text.fixed] : []),
    ...(field.computed === true ? [text.computed] : []),
    ...(field.note === undefined || text.inEnglish !== null ? [] : [field.note]),
  ];
  const { read, write, source, native } = field;
  return row([
    `\`${name}\``,
    native === '' ? '' : `\`${native}\``,
    text.answers[read],
    text.answers[write],
    text.sources[source],
    marks.join('; ').replace(/[<>|]/g, (character) => `&#${character.charCodeAt(0)};`),
  ]);
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

/** The same for a terminal: a line per field. */
export function driversText(drivers: readonly DriverJson[], lang: Lang): string {
  const text = docWords[lang];
  const lines = drivers.flatMap(({ name, facts }) => [
    `${name}: ${facts.title}`,
    ...(Object.entries(facts.kinds) as [Kind, KindFact][]).flatMap(([kind, fact]) =>
      kindLines(kind, fact, text),
    ),
    ...(facts.unconfirmed.length === 0 ? [] : [`  ${text.unconfirmed}`]),
    ...unconfirmedLines(facts, text).map((line) => `    ? ${line}`),
    '',
  ]);
  return lines.join('\n');
}

function kindLines(kind: Kind, fact: KindFact, text: DocWords): string[] {
  const fields = Object.entries(fact.fields);
  const width = Math.max(0, ...fields.map(([name]) => name.length));
  return [
    `  ${text.kinds[kind]}`,
    ...fields.map(([name, { read, write, native }]) => {
      const facts = `${text.read}: ${text.answers[read]} · ${text.write}: ${text.answers[write]}`;
      return `    ${name.padEnd(width)}  ${facts}  (${native})`;
    }),
  ];
}

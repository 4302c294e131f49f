import type { Kind, Lang } from '../engine/model/index.ts';
import { fill } from '../engine/report/fill.ts';
import type { Driver, Facts, FieldFact, KindFact, Proof, ProofFact } from '../providers/contract.ts';
import { type DocWords, docWords } from './docs-words.ts';

/** A driver as `alta drivers --json` lists it. */
export interface DriverJson {
  readonly name: string;
  readonly version: string;
  readonly facts: Facts;
}

export function driverJson({ name, version, facts }: Driver): DriverJson {
  return { name, version, facts };
}

/** The support tables of the drivers as Markdown: `docs/drivers.md`, and `alta drivers --format markdown`. Pure. */
export function driversMarkdown(drivers: readonly DriverJson[], lang: Lang = 'en'): string {
  const text = docWords[lang];
  const parts = [
    `# ${text.title}`,
    `<!-- ${text.generated} -->`,
    text.intro,
    ...drivers.flatMap((driver) => driverParts(driver, text, lang)),
  ];
  return `${parts.join('\n\n')}\n`;
}

function driverParts({ name, facts }: DriverJson, text: DocWords, lang: Lang): string[] {
  const kinds = Object.entries(facts.kinds) as [Kind, KindFact][];
  const general = [
    `- ${text.credential}: ${facts.credential.map((part) => `\`${part}\``).join(', ')}`,
    `- ${text.commit}: ${text.commits[facts.commit]}`,
  ];
  const unconfirmed = unconfirmedLines(facts, text).map((line) => `- ${line}`);
  return [
    `## \`${name}\`: ${facts.title}`,
    general.join('\n'),
    ...(facts.access === undefined ? [] : [`### ${text.access}`, facts.access[lang]]),
    ...kinds.flatMap(([kind, fact]) => kindParts(kind, fact, text)),
    ...verifyParts(facts, text),
    ...(unconfirmed.length === 0 ? [] : [`### ${text.unconfirmed}`, unconfirmed.join('\n')]),
  ];
}

/** What verify can ask of it, and what the answer is worth. */
function verifyParts({ verify }: Facts, text: DocWords): string[] {
  const rows = (Object.entries(verify) as [Proof, ProofFact][]).map(([proof, { source, note }]) =>
    row([text.proofs[proof], text.sources[source], text.inEnglish === null ? note : '']),
  );
  if (rows.length === 0) return [];
  const head = [text.proof, text.source, text.worth];
  return [`### ${text.verify}`, [row(head), row(head.map(() => '---')), ...rows].join('\n')];
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
    ...Object.keys(facts.verify).map((proof) => `  ${text.verify}: ${text.proofs[proof as Proof]}`),
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

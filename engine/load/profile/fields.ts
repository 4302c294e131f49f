import type { ProfileDocument, ProfileField } from '../../model/profile.ts';
import { type Path, type Problem, pathText, problemAt } from '../problem.ts';
import { unknown } from './calls.ts';
import { type Draft, entriesOf } from './draft.ts';
import { patternFlaw } from './pattern.ts';

type Document = Draft<ProfileDocument>;
type Field = Draft<ProfileField>;

const secrets = ['sip', 'portal'];
const switches = ['internalOnly', 'voicemail', 'callRecording', 'registered'];
const roles = ['user', 'admin'];

/** Settings that say opposite things of one field. */
const contradictions = [
  ['readOnly', 'writeOnly'],
  ['readOnly', 'required'],
  ['readOnly', 'createOnly'],
  ['readOnly', 'default'],
  ['writeOnly', 'detail'],
] as const;

/** Mappings of fields, each in itself and against the others. */
export function fieldProblems({ fields, identity }: Document): readonly Problem[] {
  const own = entriesOf(fields, ['fields']).map(([name, field, path]) => ({ name, field, path }));
  const number = identity?.number
    ? [{ name: 'number', field: identity.number, path: ['identity', 'number'] as Path }]
    : [];
  return [...own, ...number].flatMap(({ name, field, path }) => [
    ...codecProblems(field, path),
    ...canonicalProblems(name, field, path),
    ...contradicting(field, path),
    ...limitProblems(field, path),
    ...(['strip', 'add'] as const).flatMap((key) => unknown(field[key], ['companyId'], [...path, key])),
    ...(['key', 'shown'] as const).flatMap((key) => [
      ...unknown(field[key]?.strip, ['companyId'], [...path, key, 'strip']),
      ...unknown(field[key]?.add, ['companyId'], [...path, key, 'add']),
    ]),
  ]);
}

/** What each codec needs beside itself. */
function codecProblems(field: Field, path: Path): readonly Problem[] {
  const { codec, values, default: initial } = field;
  const needed =
    codec === 'enum'
      ? (['values'] as const)
      : codec === 'lookup'
        ? (['resource', 'key', 'shown'] as const)
        : [];
  const listed = Object.keys(values ?? {});
  const outside = codec === 'enum' && initial !== undefined && !listed.includes(String(initial));
  return [
    ...needed.filter((key) => field[key] === undefined).map((key) => missingIn(key, path)),
    ...(outside ? [unlisted(String(initial), listed, [...path, 'default'])] : []),
    ...ambiguous(values, [...path, 'values']),
  ];
}

/** What a canonical field can be at all. */
function canonicalProblems(name: string, field: Field, path: Path): readonly Problem[] {
  const words = switches.includes(name) ? ['true', 'false'] : name === 'role' ? roles : null;
  const strange = Object.keys(field.values ?? {}).filter((word) => words !== null && !words.includes(word));
  const clear = secrets.includes(name) && field.default !== undefined;
  const at = [...path, 'default'];
  return [
    ...strange.map((word) => unlisted(word, words ?? [], [...path, 'values', word], 'key')),
    ...(clear ? [problemAt('secret-in-clear', { field: pathText(at) }, at, 'value', true)] : []),
  ];
}

/** Limits of values: a pattern that can be tried, lengths that leave something. */
function limitProblems({ pattern, minLength = 0, maxLength }: Field, path: Path): readonly Problem[] {
  const flaw = pattern === undefined ? null : patternFlaw(pattern);
  const none = maxLength !== undefined && maxLength < minLength;
  const at = [...path, 'pattern'];
  const both = { field: pathText(path), one: 'minLength', other: 'maxLength' };
  return [
    ...(flaw === null ? [] : [problemAt(flaw, { field: pathText(at) }, at)]),
    ...(none ? [problemAt('profile-contradiction', both, path, 'key')] : []),
  ];
}

function ambiguous(values: Field['values'], path: Path): readonly Problem[] {
  const wire = Object.values(values ?? {}).map((value) => JSON.stringify(value ?? null));
  const twice = wire.filter((value, index) => wire.indexOf(value) !== index);
  return [...new Set(twice)].map((value) =>
    problemAt('profile-value-twice', { field: pathText(path), value }, path, 'key'),
  );
}

function contradicting(field: Field, path: Path): readonly Problem[] {
  const said = (key: (typeof contradictions)[number][number]) =>
    field[key] !== undefined && field[key] !== false;
  return contradictions
    .filter(([one, other]) => said(one) && said(other))
    .map(([one, other]) =>
      problemAt('profile-contradiction', { field: pathText(path), one, other }, path, 'key'),
    );
}

/** A setting that another one needs. */
export function missingIn(field: string, path: Path): Problem {
  return problemAt('missing-field', { field, where: pathText(path) }, path, 'key');
}

function unlisted(
  value: string,
  allowed: readonly string[],
  path: Path,
  at: 'key' | 'value' = 'value',
): Problem {
  return problemAt('value-not-listed', { field: pathText(path), value, allowed }, path, at);
}

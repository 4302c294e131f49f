import type { ProfileField } from '../../model/profile.ts';
import { type Alignment, align, placesOf } from './align.ts';
import { clue, learnt, open, partAt } from './finding.ts';
import { sounds } from './hints.ts';
import { distinct, isSame, leavesOf } from './leaves.ts';
import { isPlainPrefix } from './plain.ts';
import type { Scene } from './scene.ts';
import type { Finding } from './types.ts';

/** Settings that say where a field stands and in which form. What a recording proves of them replaces what was guessed. */
export const formless: Readonly<Record<string, undefined>> = {
  also: undefined,
  writePath: undefined,
  codec: undefined,
  values: undefined,
  resource: undefined,
  key: undefined,
  shown: undefined,
  strip: undefined,
  add: undefined,
  writeOnly: undefined,
  readOnly: undefined,
  detail: undefined,
};

/** Fields that are typed as text, in the order in which they are looked for: the tellingmost first. */
const typedFields = ['name', 'email', 'sip', 'portal', 'mobile', 'mobileExtension'] as const;

/** What was found, and which paths are taken by it. */
export interface Fields {
  readonly findings: readonly Finding[];
  readonly taken: ReadonlySet<string>;
}

/** The number, and every field whose typed value was seen. */
export function textFields(scene: Scene): Fields {
  const taken = new Set<string>();
  const findings: Finding[] = [];
  for (const name of typedFields) {
    if (scene.base.fields[name] === undefined && scene.told.sentinels[name] === undefined) continue;
    findings.push(fieldFinding(name, `fields.${name}`, scene, taken));
  }
  return { findings: [fieldFinding('number', 'identity.number', scene, taken), ...findings], taken };
}

function fieldFinding(
  name: 'number' | (typeof typedFields)[number],
  place: string,
  scene: Scene,
  taken: Set<string>,
): Finding {
  const typed = scene.told.sentinels[name];
  if (typed === undefined || typed === '') return open(place);
  const places = placesOf(typed, scene.views).filter(
    ({ before }) => before === '' || prefixOf(before, scene) !== null,
  );
  const aligned = align(name, places, taken);
  const { write, read, others } = aligned;
  if (write === null && read === null) return open(place, distinct(others));
  if (name === 'number' && read === null) return open(place, write === null ? [] : [write.path]);
  for (const one of [write, read]) if (one !== null) taken.add(one.path);
  return learnt(
    {
      place,
      standing: 'found',
      shown: shownOf(aligned, scene),
      clues: cluesOf(aligned),
      candidates: others,
      settings: { ...formless, ...settingsOf(aligned, scene) },
    },
    partAt(scene.base, place),
  );
}

/** Path, form and direction of a field. */
function settingsOf({ write, read }: Alignment, scene: Scene): Partial<ProfileField> {
  const one = read ?? write;
  if (one === null) return {};
  const listed = scene.views.rows.length > 0;
  const strip = one.before === '' ? null : prefixOf(one.before, scene);
  return {
    path: one.path,
    ...(write === null || write.path === one.path ? {} : { writePath: write.path }),
    ...(typeof one.value === 'number' ? { codec: 'int' } : {}),
    ...(strip === null ? {} : { strip }),
    ...(read === null ? { writeOnly: true } : {}),
    ...(write === null ? { readOnly: true } : {}),
    ...(read !== null && read.rows === 0 && listed ? { detail: true } : {}),
  };
}

/** `user.fullName`, `sip.name (ext{companyId}…)`, or `fullName ← body.name` where it is written elsewhere than it is read. */
function shownOf({ write, read }: Alignment, scene: Scene): string {
  const [path = '', ...more] = distinct([read?.path, write?.path].filter((one) => one !== undefined));
  const before = read?.before ?? '';
  const prefix = before === '' ? [] : [`(${prefixOf(before, scene)}…)`];
  return [path, ...prefix, ...more.map((one) => `← ${one}`)].join(' ');
}

function cluesOf({ write, read }: Alignment) {
  const rows = Math.max(read?.rows ?? 0, write?.rows ?? 0);
  const answers = Math.max(read?.shown ?? 0, write?.shown ?? 0);
  return [...clue('sent', write?.sent ?? 0), ...clue('rows', rows), ...clue('answers', answers)];
}

/** What stands before a value, with the company's id as `{companyId}`. Null where it may be somebody's data. */
function prefixOf(before: string, { company, told }: Scene): string | null {
  const known = company.list?.texts.get(company.list.id) ?? told.sentinels.company;
  const id = known !== undefined && known.length >= 2 && before.includes(known) ? known : undefined;
  const parts = id === undefined ? [before] : before.split(id);
  const plain = parts.every((part) => part === '' || isPlainPrefix(part));
  return plain ? parts.join('{companyId}') : null;
}

/** Keys of a row that hold the id, the best first. */
export function idPaths({ roles, views }: Scene): readonly string[] {
  const objects = [...views.rows, ...views.shown];
  const paths = distinct(
    objects.flatMap((one) =>
      leavesOf(one).flatMap(({ path, value }) => (isSame(value, roles.id) ? [path] : [])),
    ),
  );
  const everywhere = paths.filter((path) =>
    views.rows.every((row) => leavesOf(row).some((leaf) => leaf.path === path)),
  );
  const right = everywhere.filter((path) => sounds('id', path));
  return distinct([...right, ...everywhere, ...paths]);
}

import type { ProfileField } from '../../model/profile.ts';
import { formless } from './fields.ts';
import { clue, learnt, open, partAt } from './finding.ts';
import { sounds } from './hints.ts';
import { distinct, type Json, leavesOf, type Scalar, scalarAt } from './leaves.ts';
import { isPlainWord } from './plain.ts';
import type { Scene } from './scene.ts';
import { type Finding, switchNames } from './types.ts';

/** Pairs of words for no and yes, and the codec that writes them. */
const pairs: readonly (readonly [off: Scalar, on: Scalar, codec: ProfileField['codec']])[] = [
  [false, true, 'bool'],
  [0, 1, '0-1'],
  ['off', 'on', 'on-off'],
];

/** A place whose value went there and back between saves. */
interface Flip {
  readonly path: string;
  /** As it was first, and after the first change. */
  readonly values: readonly [Scalar, Scalar];
  readonly count: number;
}

/** Fields that are true or false: those that were flipped and saved, then those that only sound right. */
export function switchFindings(scene: Scene, taken: ReadonlySet<string>): readonly Finding[] {
  const flips = flipsIn(scene).filter(({ path }) => !taken.has(path));
  const given = assigned(flips, scene);
  const used = new Set([...taken, ...flips.map(({ path }) => path)]);
  const loose = flips.filter((flip) => ![...given.values()].includes(flip)).map(({ path }) => path);
  return switchNames.flatMap((name) => {
    const flip = given.get(name);
    if (flip !== undefined) return [flipped(name, flip, scene)];
    if (scene.told.flipped.includes(name)) return [open(`fields.${name}`, loose)];
    return scene.base.fields[name] === undefined ? [] : [byName(name, scene, used)];
  });
}

/** Each flip and the switch that it was: by the order in which a person says to have flipped them, or by its name where the count differs. */
function assigned(flips: readonly Flip[], { told }: Scene): ReadonlyMap<string, Flip> {
  const { flipped: names } = told;
  const inOrder = flips.length === names.length;
  return new Map(
    names.flatMap((name, index) => {
      const right = flips.filter(({ path }) => sounds(name, path));
      const flip = inOrder ? flips[index] : right.length === 1 ? right[0] : undefined;
      return flip === undefined ? [] : [[name, flip] as const];
    }),
  );
}

/** Places that differ from one body to the next, in the order in which they first did. */
function flipsIn({ views }: Scene): readonly Flip[] {
  const { sent: bodies } = views;
  const paths = distinct(bodies.flatMap((body) => leavesOf(body).map(({ path }) => path)));
  const flips = paths.flatMap((path) => {
    const values = bodies.map((body) => scalarAt(body, path)).filter((value) => value !== undefined);
    const changes = values.filter((value, index) => index > 0 && value !== values[index - 1]);
    const [first] = values;
    const [second] = changes;
    if (first === undefined || second === undefined || distinct(values).length !== 2) return [];
    if (!isPlainWord(first) || !isPlainWord(second)) return [];
    const enough = changes.length > 1 || known(first, second) !== undefined;
    const at = bodies.findIndex((body) => scalarAt(body, path) === second);
    return enough ? [{ path, values: [first, second] as const, count: changes.length, at }] : [];
  });
  return flips.sort((a, b) => a.at - b.at);
}

/** A pair that everybody understands, whichever way round. */
function known(one: Scalar, other: Scalar) {
  return pairs.find(([off, on]) => (one === off && other === on) || (one === on && other === off));
}

/** The first save switches on, unless the words say otherwise. */
function flipped(name: string, { path, values: [first, second], count }: Flip, scene: Scene): Finding {
  const codec = known(first, second)?.[2];
  const form = codec === undefined ? { codec: 'enum', values: { true: second, false: first } } : { codec };
  return switchFinding(name, path, form, scene, 'found', count);
}

function switchFinding(
  name: string,
  path: string,
  form: Readonly<Record<string, unknown>>,
  scene: Scene,
  standing: 'found' | 'guessed',
  flips: number,
): Finding {
  const { rows, shown } = scene.views;
  const count = (objects: readonly Json[]) =>
    objects.filter((one) => scalarAt(one, path) !== undefined).length;
  const place = `fields.${name}`;
  const read = count(rows) + count(shown) > 0;
  const hidden = rows.length + shown.length > 0 && !read ? { writeOnly: true } : {};
  const detail = read && rows.length > 0 && count(rows) === 0 ? { detail: true } : {};
  return learnt(
    {
      place,
      standing,
      shown: path,
      clues: [
        ...clue('flips', flips),
        ...clue('rows', count(rows)),
        ...clue('answers', count(shown)),
        ...clue('byName', standing === 'guessed' ? 1 : 0),
      ],
      settings: { ...formless, path, ...form, ...hidden, ...detail },
    },
    partAt(scene.base, place),
  );
}

/** A place that sounds right and holds yes or no everywhere. */
function byName(name: string, scene: Scene, used: ReadonlySet<string>): Finding {
  const { rows, shown, everybody } = scene.views;
  const objects = [...rows, ...shown, ...everybody];
  const paths = distinct(objects.flatMap((one) => leavesOf(one).map(({ path }) => path)));
  const fitting = paths.flatMap((path) => {
    if (used.has(path) || !sounds(name, path)) return [];
    const values = distinct(objects.map((one) => scalarAt(one, path)).filter((value) => value !== undefined));
    const pair = pairs.find(([off, on]) => values.every((value) => value === off || value === on));
    return pair === undefined ? [] : [{ path, codec: pair[2] }];
  });
  const [only, second] = fitting;
  if (only === undefined || second !== undefined)
    return open(
      `fields.${name}`,
      fitting.map(({ path }) => path),
    );
  return switchFinding(name, only.path, { codec: only.codec }, scene, 'guessed', 0);
}

import { formless } from './fields.ts';
import { clue, learnt, open, partAt } from './finding.ts';
import { bySound, sounds } from './hints.ts';
import { distinct, leavesOf, type Scalar, scalarAt } from './leaves.ts';
import { isPlainWord } from './plain.ts';
import type { Scene } from './scene.ts';
import type { Finding } from './types.ts';

/** Words for an administrator. Other words may be somebody's data. */
const ADMIN = /^(company_?|tenant_?)?(admin(istrador|istrator)?|manager|supervisor)$/i;

/** The role: a word that was chosen, or a number that stands for it. */
export function roleFinding(scene: Scene, taken: ReadonlySet<string>): Finding {
  const place = 'fields.role';
  const typed = scene.told.sentinels.role;
  const { sent, rows, shown, everybody } = scene.views;
  const fields = distinct(sent.flatMap((body) => leavesOf(body))).filter(({ path }) => !taken.has(path));
  const same = distinct(fields.filter(({ value }) => value === typed).map(({ path }) => path));
  const right = distinct(
    fields.filter(({ path, value }) => sounds('role', path) && isPlainWord(value)).map(({ path }) => path),
  );
  const fitting = bySound('role', same.length > 0 ? same : right, (path) => path);
  const [path, second] = fitting;
  if (typed === undefined || path === undefined || second !== undefined) return open(place, fitting);
  const value = sent.map((body) => scalarAt(body, path)).find((one) => one !== undefined);
  if (value === undefined || !isPlainWord(value)) return open(place);
  const others = distinct(
    everybody.map((row) => scalarAt(row, path)).filter((one) => one !== undefined && one !== value),
  );
  const values = valuesFor(typed, value, others, scene);
  return learnt(
    {
      place,
      standing: same.length > 0 ? 'found' : 'guessed',
      shown: path,
      clues: [
        ...clue('sent', sent.filter((body) => scalarAt(body, path) !== undefined).length),
        ...clue('rows', rows.filter((row) => scalarAt(row, path) !== undefined).length),
        ...clue('answers', shown.filter((one) => scalarAt(one, path) !== undefined).length),
        ...clue('byName', same.length > 0 ? 0 : 1),
      ],
      settings: { ...formless, path, codec: 'enum', values },
    },
    partAt(scene.base, place),
  );
}

/** The word that was chosen; the other one as the profile has it, or the only other that anybody has. */
function valuesFor(typed: string, value: Scalar, others: readonly (Scalar | undefined)[], { base }: Scene) {
  const before = base.fields.role?.values ?? {};
  if (before[typed] === value) return before;
  const other = typed === 'admin' ? 'user' : 'admin';
  const [only, second] = others;
  const usable =
    second === undefined && only !== undefined && (typeof only === 'number' || ADMIN.test(String(only)));
  return { [typed]: value, ...(usable && isPlainWord(only) ? { [other]: only } : {}) };
}

import { canonicalJson } from '../../model/index.ts';
import type { Clue, Edit, Finding, Standing } from './types.ts';

/** One clue; none where it was never seen. */
export function clue(kind: Clue['kind'], count: number): readonly Clue[] {
  return count > 0 ? [{ kind, count }] : [];
}

/** What a recording does not tell. */
export function open(place: string, candidates: readonly string[] = []): Finding {
  const standing: Standing = candidates.length > 0 ? 'ambiguous' : 'open';
  return { place, standing, shown: '', clues: [], candidates, edits: [] };
}

/** What the profile says and the recording shows not to be there. */
export function dropped(place: string, clues: readonly Clue[]): Finding {
  const edits: readonly Edit[] = [{ path: place.split('.'), value: undefined }];
  return { place, standing: 'dropped', shown: '', clues, candidates: [], edits };
}

/** What was read of a part of the profile: its settings as they should be. `undefined` = not there. */
export interface Learnt {
  readonly place: string;
  readonly standing: 'found' | 'guessed';
  readonly shown: string;
  readonly clues: readonly Clue[];
  readonly candidates?: readonly string[];
  /** Of the part at `place`; settings that are not named stay. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** Settings at other places that go with it. */
  readonly more?: readonly Edit[];
}

/**
 * What was learnt, as changes of what the profile says at that place. Whatever changes is marked: nobody has tried it yet. What the profile
 * says already, and without a mark, is left as it is.
 * @param known what the profile says there; undefined where it says nothing
 */
export function learnt(
  { place, standing, shown, clues, candidates = [], settings, more = [] }: Learnt,
  known: unknown,
): Finding {
  const before = isRecord(known) ? known : {};
  const path = place.split('.').map((step) => (/^\d+$/.test(step) ? Number(step) : step));
  const differing = Object.entries(settings).filter(([key, value]) => !isEqual(before[key], value));
  const edits = differing.map(([key, value]): Edit => ({ path: [...path, key], value }));
  const changed = edits.length > 0 || more.length > 0;
  const mark: readonly Edit[] =
    changed && before.verify !== true ? [{ path: [...path, 'verify'], value: true }] : [];
  const agrees = changed ? [] : clue('kept', 1);
  return {
    place,
    standing,
    shown,
    clues: [...clues, ...agrees],
    candidates,
    edits: [...edits, ...mark, ...more],
  };
}

function isEqual(one: unknown, other: unknown): boolean {
  return one === undefined || other === undefined
    ? one === other
    : canonicalJson(one) === canonicalJson(other);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The same place of two documents, by its steps. */
export function partAt(document: unknown, place: string): unknown {
  return place.split('.').reduce<unknown>((here, step) => {
    if (Array.isArray(here)) return here[Number(step)];
    return isRecord(here) && Object.hasOwn(here, step) ? here[step] : undefined;
  }, document);
}

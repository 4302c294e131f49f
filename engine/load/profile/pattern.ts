/**
 * Most ways to try everything else that repeats or chooses, by how many repetitions without limit there are; with three of those, a text of
 * some hundred characters takes seconds whatever else there is.
 */
const MAX_WAYS: readonly number[] = [4_096, 512, 8];

/** A repetition without an upper limit, or with one that makes no difference. */
const UNLIMITED = /^(?:[*+]|\{\d*,\}|\{(?:\d*,)?\d{2,}\})/;

/** Any repetition. */
const REPEATED = /^(?:[*+?]|\{\d*(?:,\d*)?\})/;

/** What one pair of brackets holds. */
interface Group {
  /** Repeats something, or chooses: repeated itself, it may be matched in more ways than anybody can try. */
  branches: boolean;
  alternatives: number;
}

/**
 * Why a pattern of a profile is not used: it does not compile, or a hostile text could keep it busy for ever. Patterns are judged by their
 * form: nothing that repeats or chooses may be repeated, no back-reference, at most two repetitions without limit, and all choices and
 * repetitions together leave a number of ways that can be tried. Pure.
 */
export function patternFlaw(pattern: string): 'profile-pattern-invalid' | 'profile-pattern-slow' | null {
  try {
    new RegExp(pattern, 'iu');
  } catch {
    return 'profile-pattern-invalid';
  }
  return isSlow(pattern) ? 'profile-pattern-slow' : null;
}

function isSlow(pattern: string): boolean {
  const open: Group[] = [newGroup()];
  let closed: Group | null = null;
  let repetitions = 0;
  let ways = 1;
  let at = 0;
  while (at < pattern.length) {
    const rest = pattern.slice(at);
    const repeat = REPEATED.exec(rest)?.[0];
    if (repeat !== undefined) {
      if (closed?.branches && repeat !== '?') return true;
      if (UNLIMITED.test(rest)) repetitions += 1;
      else ways *= waysOf(repeat);
      mark(open);
      at += repeat.length + (pattern[at + repeat.length] === '?' ? 1 : 0);
      closed = null;
      continue;
    }
    const token = tokenAt(rest);
    if (/^\\[1-9k]/.test(token)) return true;
    if (token === '|') ways *= oneMore(open);
    closed = step(token, open);
    at += token.length;
  }
  return ways > (MAX_WAYS[repetitions] ?? 0);
}

/** How many lengths a repetition with a limit can have: one for `{3}`, two for `?`, ten for `{0,9}`. */
function waysOf(repeat: string): number {
  if (repeat === '?') return 2;
  const [, least, most = least] = /^\{(\d*)(?:,(\d*))?\}$/.exec(repeat) ?? [];
  return Number(most) - Number(least) + 1;
}

/** Brackets open and close groups; a choice marks the group it stands in. The group that a token closes, or null. */
function step(token: string, open: Group[]): Group | null {
  if (token.startsWith('(')) open.push(newGroup());
  if (token === '|') mark(open);
  if (token !== ')') return null;
  const group = open.pop() ?? null;
  if (group?.branches) mark(open);
  return group;
}

function newGroup(): Group {
  return { branches: false, alternatives: 1 };
}

/** Another alternative of the group that is open: by how much it multiplies the ways. */
function oneMore(open: readonly Group[]): number {
  const group = open.at(-1) ?? newGroup();
  group.alternatives += 1;
  return group.alternatives / (group.alternatives - 1);
}

function mark(open: readonly Group[]): void {
  const group = open.at(-1);
  if (group !== undefined) group.branches = true;
}

/** An escape, a class, an opening bracket with its kind, or one character. */
function tokenAt(rest: string): string {
  const token =
    /^(?:\\(?:[pPux]\{[^}]*\}|k<[^>]*>|.)|\[(?:\\.|[^\]\\])*\]|\((?:\?(?:[:=!]|<[=!]|<\w+>))?|[\s\S])/u;
  return token.exec(rest)?.[0] ?? rest;
}

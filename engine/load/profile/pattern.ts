/** Most repetitions without limit in one pattern: with three, a text of some hundred characters takes seconds. */
const MAX_REPETITIONS = 2;

/** A repetition without an upper limit, or with one that makes no difference. */
const UNLIMITED = /^(?:[*+]|\{\d*,\}|\{(?:\d*,)?\d{2,}\})/;

/** Any repetition. */
const REPEATED = /^(?:[*+?]|\{\d*(?:,\d*)?\})/;

/** What one pair of brackets holds. */
interface Group {
  /** Repeats something, or chooses: repeated itself, it may be matched in more ways than anybody can try. */
  branches: boolean;
}

/**
 * Why a pattern of a profile is not used: it does not compile, or a hostile text could keep it busy for ever. Patterns are judged by their
 * form: nothing that repeats or chooses may be repeated, no back-reference, at most two repetitions without limit. Pure.
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
  const open: Group[] = [{ branches: false }];
  let closed: Group | null = null;
  let repetitions = 0;
  let at = 0;
  while (at < pattern.length) {
    const rest = pattern.slice(at);
    const repeat = REPEATED.exec(rest)?.[0];
    if (repeat !== undefined) {
      if (closed?.branches && repeat !== '?') return true;
      if (UNLIMITED.test(rest)) repetitions += 1;
      mark(open);
      at += repeat.length + (pattern[at + repeat.length] === '?' ? 1 : 0);
      closed = null;
      continue;
    }
    const token = tokenAt(rest);
    if (/^\\[1-9k]/.test(token)) return true;
    closed = step(token, open);
    at += token.length;
  }
  return repetitions > MAX_REPETITIONS;
}

/** Brackets open and close groups; a choice marks the group it stands in. The group that a token closes, or null. */
function step(token: string, open: Group[]): Group | null {
  if (token.startsWith('(')) open.push({ branches: false });
  if (token === '|') mark(open);
  if (token !== ')') return null;
  const group = open.pop() ?? null;
  if (group?.branches) mark(open);
  return group;
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

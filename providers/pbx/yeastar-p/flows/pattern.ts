/** The patterns of inbound routes. They are data of the box, so that nothing in one may cost more than its length times the number's. Pure. */

/** One place of a pattern: the characters that it takes, any one character, or none or more of any. */
export type Step = ReadonlySet<string> | 'one' | 'more';

const classes: Readonly<Record<string, readonly Step[]>> = {
  X: [charsFrom('0', '9')],
  Z: [charsFrom('1', '9')],
  N: [charsFrom('2', '9')],
  '.': ['one', 'more'],
  '!': ['more'],
};

/** @returns undefined for brackets that hold something else than digits and ranges of digits */
export function stepsOf(pattern: string): readonly Step[] | undefined {
  const parts = pattern.match(/\[[0-9-]+\]|./gu) ?? [];
  const steps: Step[] = [];
  for (const part of parts) {
    const chars = part.length > 1 && part.startsWith('[') ? charsIn(part) : new Set([part]);
    if (chars === undefined || part === '[' || part === ']') return undefined;
    const known = Object.hasOwn(classes, part.toUpperCase()) ? classes[part.toUpperCase()] : undefined;
    steps.push(...(known ?? [chars]));
  }
  return steps;
}

/** `[13-5]` */
function charsIn(brackets: string): ReadonlySet<string> | undefined {
  const ranges = [...brackets.slice(1, -1).matchAll(/([0-9])-([0-9])|./g)];
  if (ranges.some(([, from = '', to = '']) => from > to)) return undefined;
  return new Set(ranges.flatMap(([part, from = part, to = part]) => [...charsFrom(from, to)]));
}

function charsFrom(from: string, to: string): ReadonlySet<string> {
  const first = from.charCodeAt(0);
  return new Set(
    Array.from({ length: to.charCodeAt(0) - first + 1 }, (_, at) => String.fromCharCode(first + at)),
  );
}

/** Takes the shortest for each `more`, and goes back to the last one only: what was before it has its place already. */
export function fits(steps: readonly Step[], text: string): boolean {
  const chars = [...text];
  let [at, next] = [0, 0];
  let last: { readonly next: number; at: number } | undefined;
  while (at < chars.length) {
    const step = steps[next];
    if (step === 'more') {
      next += 1;
      last = { next, at };
    } else if (step !== undefined && (step === 'one' || step.has(chars[at] ?? ''))) {
      next += 1;
      at += 1;
    } else if (last !== undefined) {
      last.at += 1;
      [at, next] = [last.at, last.next];
    } else return false;
  }
  return steps.slice(next).every((step) => step === 'more');
}

/** How a renderer marks its words. Plain by default; the command line passes colours where a terminal shows them. */
export interface Style {
  readonly add: Paint;
  readonly change: Paint;
  readonly remove: Paint;
  readonly good: Paint;
  readonly warn: Paint;
  readonly error: Paint;
  readonly strong: Paint;
  readonly dim: Paint;
}

/** Marks a piece of text without changing its words. */
export type Paint = (text: string) => string;

const same: Paint = (text) => text;

/** No marks at all: files, pipes, NO_COLOR, tests. */
export const plainStyle: Style = {
  add: same,
  change: same,
  remove: same,
  good: same,
  warn: same,
  error: same,
  strong: same,
  dim: same,
};

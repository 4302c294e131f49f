import { leavesOf, tablesOf } from './leaves.ts';
import { isPlainSegment } from './plain.ts';

/** One request of the page and its answer. In memory only: it holds passwords and customers' data. */
export interface Exchange {
  readonly method: string;
  /** Decoded parts of the path. */
  readonly segments: readonly string[];
  readonly query: readonly Pair[];
  /** Names in lower case. */
  readonly headers: readonly Pair[];
  readonly status: number;
  /** The JSON that was sent; undefined for none. */
  readonly sent: unknown;
  /** The JSON that was answered; undefined for none. */
  readonly got: unknown;
  /** Last part of the header Location; '' for none. */
  readonly location: string;
}

export type Pair = readonly [name: string, value: string];

/** Why a request is of no use here. */
export type LeftOut = 'otherKind' | 'otherOrigin' | 'noJson' | 'noAnswer';

/** What a browser wrote down, as far as it is of use. */
export interface Recording {
  /** In the order in which they were sent. */
  readonly exchanges: readonly Exchange[];
  readonly leftOut: Readonly<Record<LeftOut, number>>;
  /** Texts that identify something in the answers: where one is part of a path, it is somebody's and no name of the API. */
  readonly ids: ReadonlySet<string>;
  /** Whether the browser left out cookies and the header Authorization when it exported. */
  readonly sanitised: boolean;
}

/** Whether a part of a path is the same for everybody. */
export function isName(part: string, { ids }: Pick<Recording, 'ids'>): boolean {
  return isPlainSegment(part) && !ids.has(part);
}

/** Keys under which rows are identified. */
const KEY =
  /(^|[._])(_?id|uid|uuid|guid|code|codigo|código|key|slug|number|numero|ref)$|(Id|Uid|Code|Key|Ref)$/i;

/** Keys under which things are called. */
const CALLED = /(^|[._])(user_?)?(name|login|domain|tenant|account|nombre)$/i;

export function isKeyPath(path: string): boolean {
  return KEY.test(path);
}

/** Texts that identify something, or call it by name. */
export function idsIn(exchanges: readonly Exchange[]): ReadonlySet<string> {
  const objects = exchanges.flatMap(({ got }) => [got, ...tablesOf(got).flatMap(({ rows }) => rows)]);
  const leaves = objects
    .flatMap((one) => leavesOf(one))
    .filter(({ path }) => KEY.test(path) || CALLED.test(path));
  return new Set(
    leaves.flatMap(({ value }) =>
      typeof value === 'string' || typeof value === 'number' ? [String(value)] : [],
    ),
  );
}

export function isSuccess({ status }: Exchange): boolean {
  return status >= 200 && status < 300;
}

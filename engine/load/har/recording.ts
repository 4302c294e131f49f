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
  /** Whether the browser left out cookies and the header Authorization when it exported. */
  readonly sanitised: boolean;
}

export function isSuccess({ status }: Exchange): boolean {
  return status >= 200 && status < 300;
}

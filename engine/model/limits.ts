/** What a single host bears. Every number is a fact of the vendor or a cautious default that says so. */
export interface HostLimits {
  /** Requests under way at once. */
  readonly concurrency: number;
  /** Writes under way at once. */
  readonly writers: number;
  /** Least time between the starts of two reads, ms. */
  readonly readIntervalMs: number;
  /** Least time between the end of a write and the start of the next, ms. */
  readonly writeIntervalMs: number;
  /** The longest that one write may be under way, ms; `options.timeLimitMs` overrides it. Default 30 s. */
  readonly longestWriteMs?: number;
  /** Sessions that the host allows one user at once; null = unknown. */
  readonly sessions: number | null;
}

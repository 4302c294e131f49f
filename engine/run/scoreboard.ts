import type { Change } from '../model/index.ts';
import type { Lane } from './execute.ts';

/** How every change of the run ended, and who waits for it. */
export class Scoreboard {
  readonly #ends = new Map<string, { promise: Promise<boolean>; end: (ok: boolean) => void }>();
  readonly #unmet: ReadonlySet<string>;

  constructor(lanes: readonly Lane[], unmet: ReadonlySet<string>) {
    this.#unmet = unmet;
    for (const lane of lanes)
      for (const write of lane.writes) this.#ends.set(write.change.address, deferred());
  }

  end(change: Change, ok: boolean): void {
    this.#ends.get(change.address)?.end(ok);
  }

  /** The first address among `after` that did not succeed. What the plan does not change counts as done. */
  async firstFailed(after: readonly string[]): Promise<string | null> {
    for (const address of after) {
      if (this.#unmet.has(address)) return address;
      const end = this.#ends.get(address);
      if (end !== undefined && !(await end.promise)) return address;
    }
    return null;
  }
}

function deferred(): { promise: Promise<boolean>; end: (ok: boolean) => void } {
  let end: (ok: boolean) => void = () => {};
  const promise = new Promise<boolean>((resolve) => {
    end = resolve;
  });
  return { promise, end };
}

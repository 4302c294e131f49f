import { targetOf } from '../../model/index.ts';
import type { Lane, Outcome } from './lane.ts';

import { givesAnother } from './waves.ts';

interface Ends {
  /** Label of the target that the change is for. */
  readonly target: string;
  readonly written: Deferred;
  readonly inForce: Deferred;
}

/** How every change of the run ended, and who waits for it. */
export class Scoreboard {
  readonly #ends = new Map<string, Ends>();
  readonly #unmet: Set<string>;
  readonly #done = new Map<string, Outcome[]>();
  readonly #rotating: ReadonlySet<string>;
  readonly #closed = new Set<string>();

  constructor(lanes: readonly Lane[], unmet: ReadonlySet<string>) {
    this.#unmet = new Set(unmet);
    const changes = lanes.flatMap(({ writes }) => writes.map(({ change }) => change));
    this.#rotating = new Set(changes.filter(givesAnother).map(({ address }) => address));
    for (const lane of lanes) {
      const { address: target } = lane.target;
      for (const { change } of lane.writes)
        this.#ends.set(change.address, { target, written: deferred(), inForce: deferred() });
    }
  }

  /** The call was answered: enough for what waits on the same target, which is committed together. */
  written({ change, result }: Outcome): void {
    const ends = this.#ends.get(change.address);
    ends?.written.end(result === 'done');
    if (result !== 'done') ends?.inForce.end(false);
  }

  /** The target's own Apply has followed, or has failed to: only now others may rely on the change. */
  inForce(outcome: Outcome, ok: boolean): void {
    const { change } = outcome;
    if (ok) this.#done.set(change.target, [...this.doneOn(change.target), outcome]);
    this.#ends.get(change.address)?.inForce.end(ok);
  }

  /** What is in force on a target by now. */
  doneOn(target: string): readonly Outcome[] {
    return this.#done.get(target) ?? [];
  }

  /** Whether one of these gives an extension another secret in this run. */
  rotates(addresses: readonly string[]): boolean {
    return addresses.some((address) => this.#rotating.has(address));
  }

  /** What was written to a target before this run is not in force: nobody elsewhere may rely on anything there. */
  close(target: string): void {
    this.#closed.add(target);
  }

  #isClosedTo(address: string, target: string): boolean {
    const there = targetOf(address);
    return there !== target && this.#closed.has(there);
  }

  /** Reading did not show it: nothing that waits for it goes ahead. */
  notSeen(address: string): void {
    this.#unmet.add(address);
  }

  /** The first address among `after` that did not succeed, as seen from a target. What the plan does not change counts as done. */
  async firstFailed(after: readonly string[], target: string): Promise<string | null> {
    for (const address of after) {
      if (this.#unmet.has(address) || this.#isClosedTo(address, target)) return address;
      const ends = this.#ends.get(address);
      if (ends === undefined) continue;
      const end = ends.target === target ? ends.written : ends.inForce;
      if (!(await end.promise)) return address;
    }
    return null;
  }
}

interface Deferred {
  readonly promise: Promise<boolean>;
  readonly end: (ok: boolean) => void;
}

function deferred(): Deferred {
  let end: (ok: boolean) => void = () => {};
  const promise = new Promise<boolean>((resolve) => {
    end = resolve;
  });
  return { promise, end };
}

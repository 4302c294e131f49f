import assert from 'node:assert/strict';
import { describe, test } from 'vitest';
import type { StartHarness } from './harness.ts';
import type { Law } from './laws/index.ts';
import { laws } from './laws/index.ts';

/** A law that a driver cannot keep, and why. Lives in the driver's own test file. */
export interface Exemption {
  /** The law's id. */
  readonly law: string;
  /** Shown in the title of the skipped test: a fact of the target, not an intention. */
  readonly reason: string;
}

/**
 * One test for each law, on a fresh target each. An exempted law is a skipped test with its reason in the title.
 * Throws while tests are collected where an exemption names no law, has no reason, or is of an essential law.
 */
export function describeContract(
  name: string,
  start: StartHarness,
  exemptions: readonly Exemption[] = [],
): void {
  const reasons = reasonsOf(exemptions);
  describe(`${name} keeps the contract`, () => {
    for (const law of laws) {
      const reason = reasons.get(law.id);
      if (reason === undefined) test(law.title, () => prove(law, start));
      else test.skip(`${law.title} (exempt: ${reason})`, () => undefined);
    }
  });
}

/** Runs one law on a fresh harness. Afterwards no session may be open on the target. */
export async function prove(law: Law, start: StartHarness): Promise<void> {
  const harness = await start();
  try {
    await law.run(harness);
    if (law.leavesSession) return;
    assert.equal(await harness.oracle.openSessions(), 0, 'a session stayed open on the target');
  } finally {
    await harness.stop();
  }
}

function reasonsOf(exemptions: readonly Exemption[]): ReadonlyMap<string, string> {
  for (const { law: id, reason } of exemptions) {
    const law = laws.find((one) => one.id === id);
    if (law === undefined) throw new Error(`No law is called \`${id}\`.`);
    if (law.essential) throw new Error(`\`${id}\` is essential: no driver is exempt from it.`);
    if (reason.trim() === '') throw new Error(`The exemption from \`${id}\` gives no reason.`);
  }
  return new Map(exemptions.map(({ law, reason }) => [law, reason]));
}

import { writeSync } from 'node:fs';
import type { Reporter, TestCase, TestModule } from 'vitest/node';

/** What became of all tests. */
export interface Tally {
  passed: number;
  failed: number;
  /** One line each: the test's full name and why it was left out. */
  readonly skipped: string[];
}

/**
 * Lists the skipped tests with their reasons, and makes `N passed, N failed, N skipped` the very last line of the run,
 * after coverage and whatever else is printed at the end.
 */
export class Summary implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly unknown[]): void {
    const tally = tallyOf(modules);
    // An error outside of any test is a failure of the run.
    tally.failed += unhandled.length;
    process.once('exit', () => writeSync(1, summaryText(tally)));
  }
}

function tallyOf(modules: readonly TestModule[]): Tally {
  const tally: Tally = { passed: 0, failed: 0, skipped: [] };
  for (const module of modules) {
    // A file that cannot be loaded has no tests that could fail; a hook that fails skips tests.
    tally.failed += module.errors().length;
    for (const suite of module.children.allSuites()) tally.failed += suite.errors().length;
    for (const test of module.children.allTests()) count(tally, test, module.relativeModuleId);
  }
  return tally;
}

function count(tally: Tally, test: TestCase, file: string): void {
  const result = test.result();
  if (result.state === 'passed') tally.passed += 1;
  else if (result.state === 'skipped') {
    tally.skipped.push(`${file} > ${test.fullName}: ${reasonOf(test.fullName, result.note)}`);
  } else tally.failed += 1;
}

/** The note of `context.skip(note)`, else what stands in the last brackets of the names: `(exempt: …)`, `(needs age)`. */
export function reasonOf(fullName: string, note: string | undefined): string {
  if (note !== undefined && note !== '') return note;
  return /.*\(([^()]+)\)/.exec(fullName)?.[1] ?? 'no reason given';
}

export function summaryText({ passed, failed, skipped }: Tally): string {
  const list = skipped.length === 0 ? '' : `\nskipped:\n${skipped.map((line) => `  ${line}\n`).join('')}`;
  return `${list}\n${passed} passed, ${failed} failed, ${skipped.length} skipped\n`;
}

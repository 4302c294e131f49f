import { describe, expect, it } from 'vitest';
import {
  applyOutcome,
  diagnosticsOutcome,
  exitCode,
  joinOutcomes,
  type Outcome,
  planOutcome,
  verifyOutcome,
} from '../../../cli/outcome.ts';
import {
  type ApplyReport,
  errorDiagnostic,
  type StepReport,
  type StepResult,
  warningDiagnostic,
} from '../../../engine/model/index.ts';
import { change, client, plan } from '../report/build.ts';

describe('the exit code', () => {
  it.each<[keyof Outcome, number]>([
    ['error', 1],
    ['changes', 2],
    ['blocked', 3],
    ['stale', 4],
    ['lockHeld', 5],
    ['partial', 6],
    ['verifyFailed', 7],
  ])('of %s alone is %i', (name, code) => {
    expect(exitCode({ [name]: true })).toBe(code);
  });

  it('of nothing is 0', () => {
    expect(exitCode({})).toBe(0);
  });

  const precedence: readonly (keyof Outcome)[] = [
    'error',
    'lockHeld',
    'stale',
    'blocked',
    'partial',
    'verifyFailed',
    'changes',
  ];
  const pairs = precedence.flatMap((first, at) =>
    precedence.slice(at + 1).map((second) => [first, second] as const),
  );

  it.each(pairs)('of %s comes before %s', (first, second) => {
    expect(exitCode({ [first]: true, [second]: true })).toBe(exitCode({ [first]: true }));
  });
});

describe('diagnostics', () => {
  it.each([
    ['lease-held', 5],
    ['stale-basis', 4],
    ['stale-changes', 4],
    ['stale-clients', 4],
    ['changed-meanwhile', 4],
    ['old-commit', 4],
    ['unreachable', 1],
    ['internal', 1],
  ] as const)('%s exit with %i', (code, expected) => {
    expect(exitCode(diagnosticsOutcome([errorDiagnostic(code)]))).toBe(expected);
  });

  it('that only warn come to nothing', () => {
    expect(exitCode(diagnosticsOutcome([warningDiagnostic('driver-unbuilt')]))).toBe(0);
  });
});

describe('a plan', () => {
  it('counts changes', () => {
    expect(exitCode(planOutcome(plan(client([change('1')])), { strict: false }))).toBe(2);
  });

  it('is blocked where one change is', () => {
    const blocked = change('1', { blocked: { code: 'protected', params: {} } });
    expect(exitCode(planOutcome(plan(client([blocked])), { strict: false }))).toBe(3);
  });

  const waiting = client([], { counts: { changes: 0, deferred: 0, pending: 1, unverifiable: 0 } });

  it('does not count what waits for a person', () => {
    expect(exitCode(planOutcome(plan(waiting), { strict: false }))).toBe(0);
  });

  it('counts it with --strict', () => {
    expect(exitCode(planOutcome(plan(waiting), { strict: true }))).toBe(2);
  });
});

function step(result: StepResult, facts: Partial<StepReport> = {}): StepReport {
  const address = 'acme/pbx:main/extension:1';
  const what = { address, target: 'acme/pbx:main', kind: 'extension', fields: [] } as const;
  return { ...what, action: 'create', section: 'requested', result, ...facts };
}

function report(
  steps: readonly StepReport[],
  facts: Partial<ApplyReport['clients'][number]> = {},
): ApplyReport {
  const whole = {
    targets: [],
    forms: [],
    foreign: 0,
    unverifiable: 0,
    state: 'saved',
    diagnostics: [],
  } as const;
  return {
    alta_version: '0.1.0',
    commit: null,
    planDigest: 'sha256:plan',
    startedAt: '2026-03-02T09:30:00Z',
    endedAt: '2026-03-02T09:31:00Z',
    interrupted: false,
    overrideReason: null,
    clients: [{ client: 'acme', steps, ...whole, ...facts }],
    diagnostics: [],
  };
}

const unreachable = errorDiagnostic('unreachable', { host: 'h', operation: 'o', kind: 'k' });
const target = { address: 'acme/pbx:main', driver: 'memory', remaining: [], diagnostics: [] } as const;

describe('an apply', () => {
  it.each<[string, ApplyReport, number]>([
    ['everything done', report([step('done'), step('recorded')]), 0],
    ['steps deferred or left to a person', report([step('deferred'), step('pending')]), 0],
    ['one step failed', report([step('done'), step('failed')]), 6],
    ['only failures', report([step('failed', { written: 'nothing' })]), 6],
    ['steps not reached', report([step('skipped')]), 6],
    ['a write not confirmed', report([step('unconfirmed')]), 6],
    ['one step blocked', report([step('done'), step('blocked')]), 3],
    ['blocked and failed', report([step('blocked'), step('failed')]), 3],
    ['the state not saved', report([step('done')], { state: 'errored' }), 6],
    [
      'the own Apply failed',
      report([step('done')], { targets: [{ ...target, commit: 'failed', converged: null }] }),
      6,
    ],
    [
      'a difference left',
      report([step('done')], { targets: [{ ...target, commit: 'done', converged: false }] }),
      6,
    ],
    ['a target that failed beside work done', report([step('done')], { diagnostics: [unreachable] }), 6],
    ['a target that failed and nothing done', report([], { diagnostics: [unreachable] }), 1],
    ['a lease held for one client', report([], { diagnostics: [errorDiagnostic('lease-held')] }), 5],
  ])('with %s', (_, applied, code) => {
    expect(exitCode(applyOutcome(applied))).toBe(code);
  });

  it('with an error of the whole run is an error even beside work done', () => {
    const applied = { ...report([step('done')]), diagnostics: [unreachable] };
    expect(exitCode(applyOutcome(applied))).toBe(1);
  });
});

describe('a verification', () => {
  const check = { address: 'acme/pbx:main/extension:1', check: 'registration', evidence: '' } as const;
  const of = (result: 'passed' | 'failed' | 'manual' | 'unknown'): Outcome =>
    verifyOutcome({
      alta_version: '0.1.0',
      startedAt: '2026-03-02T09:30:00Z',
      endedAt: '2026-03-02T09:31:00Z',
      clients: [{ client: 'acme', checks: [{ ...check, result }], diagnostics: [] }],
    });

  it.each([
    ['passed', 0],
    ['failed', 7],
    ['manual', 0],
    ['unknown', 0],
  ] as const)('with a check %s', (result, code) => {
    expect(exitCode(of(result))).toBe(code);
  });
});

it('joins outcomes', () => {
  expect(joinOutcomes({ error: true }, { changes: true })).toMatchObject({
    error: true,
    changes: true,
    stale: false,
  });
});

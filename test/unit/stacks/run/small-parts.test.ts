import { describe, expect, it } from 'vitest';
import { AltaError } from '../../../../engine/model/index.ts';
import { crewUnder } from '../../../../stacks/run/crew.ts';
import { endingOf, verdictOf } from '../../../../stacks/run/ending.ts';
import { linePrinter } from '../../../../stacks/run/lines.ts';
import { isOlder, programName } from '../../../../stacks/run/program.ts';

describe('lines', () => {
  const printed = (pieces: readonly string[], color = false): readonly string[] => {
    const lines: string[] = [];
    const printer = linePrinter({ client: 'acme', width: 6 }, (line) => lines.push(line), color);
    for (const piece of pieces) printer.write(piece);
    printer.end();
    return lines;
  };

  it('stand whole behind the name of their client', () => {
    expect(printed(['Plan: 1 to', ' add\n\nDone', '\r\n', 'last'])).toEqual([
      'acme   │ Plan: 1 to add',
      'acme   │',
      'acme   │ Done',
      'acme   │ last',
    ]);
  });

  it('keep colours only where they are wanted', () => {
    expect(printed(['\u001b[32mgreen\u001b[0m\n'])).toEqual(['acme   │ green']);
    expect(printed(['\u001b[32mgreen\u001b[0m\n'], true)).toEqual(['acme   │ \u001b[32mgreen\u001b[0m']);
  });

  it('of one client have no name', () => {
    const lines: string[] = [];
    linePrinter(null, (line) => lines.push(line), false).write('one\n');
    expect(lines).toEqual(['one']);
  });
});

describe('endings', () => {
  it.each([
    [0, 'done'],
    [2, 'changes'],
    [1, 'failed'],
    [127, 'failed'],
    [null, 'failed'],
  ] as const)('code %s: %s', (code, verdict) => {
    expect(verdictOf({ client: 'acme', code, failure: null })).toBe(verdict);
  });

  it('tell a stale plan from other failures', () => {
    const stale = new AltaError('terraform-plan-stale', { client: 'acme', file: 'a.tfplan' });
    expect(verdictOf(endingOf('acme', stale))).toBe('stale');
    expect(verdictOf(endingOf('acme', new AltaError('terraform-chdir', {})))).toBe('failed');
    expect(endingOf('acme', new TypeError('x')).failure?.code).toBe('internal');
  });
});

describe('the program', () => {
  it.each([
    ['1.10.9', true],
    ['1.9.0', true],
    ['0.15.5', true],
    ['1.11.0', false],
    ['1.11.0-rc1', false],
    ['1.12.1', false],
    ['2.0.0', false],
  ])('%s is too old: %s', (version, older) => {
    expect(isOlder(version, '1.11.0')).toBe(older);
  });

  it.each([
    ['tofu', 'x', 'tofu'],
    [undefined, 'x', 'x'],
    [undefined, '', 'terraform'],
    ['./bin/tofu', '', '/here/bin/tofu'],
    ['/opt/terraform', '', '/opt/terraform'],
    [undefined, '../tofu', '/tofu'],
  ])('--program %s, ALTA_TERRAFORM=%s: %s', (asked, variable, path) => {
    expect(programName(asked, { ALTA_TERRAFORM: variable }, '/here')).toBe(path);
  });
});

describe('signals', () => {
  const scene = () => {
    let give = (_signal?: NodeJS.Signals): void => undefined;
    const crew = crewUnder((listener) => {
      give = listener;
      return () => undefined;
    });
    const got: string[] = [];
    const member = (name: string, apart: boolean) =>
      crew.join({ apart, kill: (signal) => void got.push(`${name} ${signal}`) });
    return { crew, got, member, signal: (name: NodeJS.Signals) => give(name) };
  };

  it('Ctrl-C is passed on to those whom the terminal does not reach', () => {
    const { crew, got, member, signal } = scene();
    member('inside', false);
    member('apart', true);
    signal('SIGINT');
    expect([crew.stop.aborted, got]).toEqual([true, ['apart SIGINT']]);
  });

  it('SIGTERM is passed on to all', () => {
    const { got, member, signal } = scene();
    member('inside', false);
    member('apart', true);
    signal('SIGTERM');
    expect(got).toEqual(['inside SIGTERM', 'apart SIGTERM']);
  });

  it('of a terminal that closes, all are asked to end in order: Terraform dies of SIGHUP', () => {
    const { crew, got, member, signal } = scene();
    member('inside', false);
    member('apart', true);
    signal('SIGHUP');
    member('late', true);
    expect([crew.stop.aborted, got]).toEqual([true, ['inside SIGTERM', 'apart SIGTERM', 'late SIGTERM']]);
  });

  it('who has left gets nothing, who comes late is told', () => {
    const { got, member, signal } = scene();
    member('left', true)();
    signal('SIGTERM');
    member('late', true);
    expect(got).toEqual(['late SIGTERM']);
  });
});

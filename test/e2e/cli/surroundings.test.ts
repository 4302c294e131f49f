import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Desk, extension, openDesk, sede } from './desk.ts';
import { hasTerminal, onTerminal } from './terminal.ts';

let desk: Desk;

beforeAll(async () => {
  desk = await openDesk([sede]);
  await desk.passwords(['2000']);
  await desk.declare([extension('2000')]);
});

afterAll(() => desk.close());

/** Colours and weights; moving the cursor is something else. */
const colour = /\u001b\[[0-9;]*m/;

describe('without a terminal', () => {
  it.each([
    ['whatever is asked for', { FORCE_COLOR: '1', TERM: 'xterm-256color', COLORTERM: 'truecolor' }],
    ['in CI', { CI: 'true', GITHUB_ACTIONS: 'true' }],
  ])('there is no colour, %s', async (_, env) => {
    const { code, out, err } = await desk.run(['plan'], { env });
    expect([code, out + err]).toEqual([0, expect.not.stringContaining('\u001b')]);
  });

  it('the plan is on standard output, and what is going on on standard error', async () => {
    const { out, err } = await desk.run(['plan']);
    expect(out).toMatch(/^acme\n[\s\S]*Plan: 1 to create/);
    expect(err).toMatch(/^Reading the YAML\nReading the targets 0\/1: acme\/pbx:sede\n$/);
  });

  it('local state is not written in CI', async () => {
    const { code, err } = await desk.run(['apply', '--yes'], { env: { CI: 'true' } });
    expect([code, err]).toEqual([1, expect.stringMatching(/\[state-[\w-]+\]/)]);
  });
});

describe.skipIf(!hasTerminal)('on a terminal (needs script of util-linux)', () => {
  const shown = async (args: readonly string[], env: Record<string, string> = {}): Promise<string> =>
    (await (await onTerminal(args, { cwd: desk.root, env })).ended).out;

  it('there are colours', async () => {
    expect(await shown(['plan'])).toMatch(colour);
  });

  it.each([
    ['NO_COLOR', ['plan'], { NO_COLOR: '1' }],
    ['--no-color', ['plan', '--no-color'], {}],
    ['--json', ['plan', '--json', '--no-color'], {}],
  ])('there is none with %s', async (_, args, env) => {
    expect(await shown(args, env)).not.toMatch(colour);
  });
});

it('starts no program but git', async () => {
  const log = join(desk.root, 'started.txt');
  await desk.write(
    'spawned.cjs',
    `const { ChildProcess } = require('node:child_process');
const { spawn } = ChildProcess.prototype;
ChildProcess.prototype.spawn = function (options) {
  require('node:fs').appendFileSync(${JSON.stringify(log)}, options.file + '\\n');
  return spawn.call(this, options);
};`,
  );
  const { code } = await desk.run(['plan'], { node: ['--require', join(desk.root, 'spawned.cjs')] });
  expect([code, new Set((await readFile(log, 'utf8')).trim().split('\n'))]).toEqual([0, new Set(['git'])]);
});

it('goes on to its end where nobody reads it any more', async () => {
  const running = await desk.start(['plan', '--json']);
  running.deafen();
  expect((await running.ended).code).toBe(0);
});

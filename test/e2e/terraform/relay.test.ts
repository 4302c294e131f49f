import { execFile } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { crewUnder } from '../../../stacks/run/crew.ts';
import type * as relays from '../../../stacks/run/relay.ts';
import { builtProduct } from '../../support/build.ts';

const start = promisify(execFile);

/** Says what it was given, and ends with 7. */
const alta =
  'console.log(process.env.PBX_KEY, process.cwd(), ...process.argv.slice(1)); console.error("no"); process.exitCode = 7;';

describe.skipIf(process.platform === 'win32')('a step of a stack that verifies', () => {
  let relay: relays.Relay;

  beforeAll(async () => {
    const module = pathToFileURL(join(await builtProduct(), 'stacks', 'run', 'relay.js')).href;
    const { openRelay } = (await import(module)) as typeof relays;
    const run = {
      alta: [process.execPath, '-e', alta, '--'],
      fullEnv: { PBX_KEY: 'the key' },
      workspace: dirname(process.cwd()),
    };
    relay = await openRelay(
      run,
      crewUnder(() => () => undefined),
    );
  });
  afterAll(() => relay.close());

  const ask = (...args: readonly string[]) =>
    start(relay.program, args, { env: { PATH: process.env.PATH } }).catch((error) => error);

  it('is started by the wrapper, with the keys that Terraform does not have', async () => {
    expect(await ask('verify', '--client', "o'acme")).toMatchObject({
      code: 7,
      stdout: `the key ${dirname(process.cwd())} verify --client o'acme\n`,
      stderr: 'no\n',
    });
  });

  it('can start nothing else', async () => {
    const { code, stdout, stderr } = await ask('secrets', 'set', 'x');
    expect([code, stdout, stderr]).toEqual([1, '', 'only `alta verify` is started from within Terraform\n']);
  });

  it('is asked for in a folder that only we can enter', async () => {
    expect((await stat(dirname(relay.program))).mode & 0o777).toBe(0o700);
  });
});

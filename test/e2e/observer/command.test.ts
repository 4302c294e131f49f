import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { peersOf } from '../../../lab/asterisk/index.ts';
import type { LabExec } from '../../../lab/bastion/index.ts';
import type { LabMeetip } from '../../../lab/index.ts';
import { on, pbxBlock } from '../../support/bench.ts';
import { alta, startAlta } from '../cli/alta.ts';
import { type Cloud, pasted, startCloud, type Variant } from './cloud.ts';
import { startScene } from './scene.ts';

/** A tenant, and where the real command runs. */
async function startDesk(variant?: Variant): Promise<Cloud & { readonly cwd: string }> {
  const cloud = await startCloud(variant);
  await cloud.look(cloud.shell());
  return { ...cloud, cwd: cloud.context().root };
}

describe('alta verify', () => {
  it('asks over SSH: 7 where a phone is missing, 0 where none is', () =>
    on(startDesk(), async ({ cwd, register, asterisk }) => {
      register(10);
      const some = await alta(['verify', '--wait', '0'], { cwd });
      expect(some).toMatchObject({ code: 7, err: expect.not.stringContaining('error') });
      expect(some.out).toMatch(/✓ passed {2}acme\/pbx:nube\/extension:10 {2}"sip show peers: OK/);
      register(11);
      register(12);
      expect((await alta(['verify', '--wait', '10'], { cwd })).code).toBe(0);
      expect(asterisk.control.lines().every(({ kind }) => kind === 'asterisk')).toBe(true);
    }));

  it('--from-file: 7, 0 and 1, from a file or from standard input', () =>
    on(startDesk(), async ({ cwd, write, bastion }) => {
      await write('salida.txt', {});
      const run = (...args: readonly string[]) => alta(['verify', ...args], { cwd, stdin: pasted });
      const all = await run('--from-file', '-');
      expect([all.code, all.err]).toEqual([7, expect.not.stringContaining('error')]);
      expect((await run('--from-file', '-', '--target', 'acme/device:mesa')).code).toBe(0);
      const other = await run('--from-file', 'salida.txt');
      expect([other.code, other.out]).toEqual([1, '']);
      expect(other.err).toContain('[paste-unreadable]');
      expect(bastion.control.counters().connections).toBe(0);
    }));

  it('--from-file contacts nobody and needs no key, also where the PBX has an API', () => {
    const started = startScene<LabMeetip>({
      boxes: [{ driver: 'meetip', name: 'centralita' }],
      asterisk: (lab) => ({
        peers: () => peersOf(lab.box('centralita'), { name: (number) => `301${number}` }),
      }),
    });
    return on(started, async (scene) => {
      const credentials = { apiKey: { secret: 'pbx/centralita/apiKey' } };
      const block = { tenant: '301', credentials, observer: scene.shell() };
      const secrets = Object.fromEntries(
        ['sip', 'portal', 'pin'].map((name) => [name, { source: 'unmanaged' }]),
      );
      await scene.declare({
        pbx: { centralita: pbxBlock(scene.service('centralita'), block) },
        extensions: [
          { pbx: 'centralita', number: '110', name: 'Recepción', email: 'a@acme.example', secrets },
        ],
      });
      const cwd = scene.context().root;
      await rm(join(cwd, '.alta', 'identity.txt'));
      const { code, out } = await alta(['verify', '--from-file', '-'], {
        cwd,
        stdin: pasted.replaceAll('ext9000110', '301110'),
      });
      expect([code, out]).toEqual([
        0,
        expect.stringMatching(/✓ passed {2}acme\/pbx:centralita\/extension:110 /),
      ]);
      expect(scene.lab.box('centralita').requests().connections).toBe(0);
      expect(scene.bastion.control.counters().connections).toBe(0);
    });
  });

  it('ends at once with Ctrl-C while the host does not answer', async () => {
    let asked = (): void => {};
    const reached = new Promise<void>((resolve) => {
      asked = resolve;
    });
    const exec: LabExec = () => {
      asked();
      return new Promise(() => {});
    };
    await on(startDesk({ exec }), async ({ cwd }) => {
      const running = await startAlta(['verify'], { cwd });
      await Promise.race([reached, running.ended]);
      const started = Date.now();
      running.send('SIGINT');
      const { code, out, err } = await running.ended;
      expect(Date.now() - started).toBeLessThan(5_000);
      expect([code, out]).toEqual([1, '']);
      expect(err).toContain('[command-interrupted]');
    });
  });
});

import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import * as engine from '../../../engine/run/index.ts';
import { findCanary } from '../../../engine/secrets/index.ts';
import { on } from '../../support/bench.ts';
import { play } from '../../unit/cli/stage.ts';
import { type Cloud, startCloud } from './cloud.ts';

const secret = 'Qz7kTrinarSol-x4WmVb';
const wrong = 'Rt4cTrinarPie-n7YkLs';

/** The secret of the manager interface, a wrong one, and every line of the key to the SSH host. */
function canariesOf({ bastion }: Cloud): readonly string[] {
  const lines = bastion.service.credentials.privateKey.split('\n');
  return [secret, wrong, ...lines.filter((line) => line.length > 20 && !line.startsWith('---'))];
}

/** The forms of canaries in what was printed and in the files of the workspace. */
async function leaksOf(cloud: Cloud, printed: string): Promise<readonly string[]> {
  const { root } = cloud.context();
  const names = await readdir(root, { recursive: true, withFileTypes: true });
  const files = names.filter((entry) => entry.isFile() && entry.name !== 'identity.txt');
  const texts = await Promise.all(files.map((file) => readFile(join(file.parentPath, file.name))));
  return canariesOf(cloud).flatMap((canary) =>
    [Buffer.from(printed), ...texts].flatMap((text) => findCanary(text, canary).map(({ form }) => form)),
  );
}

/** What goes wrong, after what went well. */
const faults: readonly ((cloud: Cloud) => unknown)[] = [
  () => undefined,
  ({ asterisk }) => asterisk.control.ami.cutAfter(400),
  ({ bastion }) => bastion.control.refuseForwards(1),
  ({ bastion }) => bastion.control.refuseLogins(1),
  ({ asterisk }) => asterisk.control.running(false),
  async (cloud) => {
    await cloud.asterisk.control.running(true);
    await cloud.sealManager('nube', wrong);
  },
  () => undefined,
  ({ bastion }) => bastion.control.changeHostKey(),
];

it('neither the secret of the manager interface nor the key to the SSH host shows anywhere', () =>
  on(startCloud({ asterisk: { ami: { users: [{ username: 'alta', secret }] } } }), async (cloud) => {
    const cwd = cloud.context().root;
    const said: string[] = [];
    const run = async (...args: readonly string[]): Promise<number> => {
      const { code, out, err } = await play([...args, '--debug'], { cwd, engine });
      said.push(out, err);
      return code;
    };
    await cloud.sealManager('nube');
    cloud.register(10);
    const codes: number[] = [];
    for (const strike of faults) {
      for (const observer of [cloud.shell(), cloud.manager('nube')]) {
        await cloud.look(observer);
        await strike(cloud);
        codes.push(await run('verify', '--wait', '0', '--json', '--report', 'informe.md'));
      }
    }
    for (const command of [['doctor'], ['plan'], ['apply', '--yes'], ['verify', '--wait', '0']])
      await run(...command);
    const printed = said.join('\n');
    expect(codes).toEqual([7, 7, 7, 1, 7, 1, 1, 1, 1, 1, 7, 1, 7, 1, 1, 1]);
    for (const code of [
      'connection-reset',
      'ssh-auth',
      'unreachable',
      'wrong-credentials',
      'refused-before',
      'ssh-host-key',
    ]) {
      expect(printed).toContain(code);
    }
    expect(printed).toMatch(/\[debug\] (ami|asterisk) /);
    expect(await leaksOf(cloud, printed)).toEqual([]);
    for (const canary of canariesOf(cloud)) expect(await leaksOf(cloud, `x${canary}`)).not.toEqual([]);
  }));

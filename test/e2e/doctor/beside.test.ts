import { describe, expect, it } from 'vitest';
import { doctor } from '../../../engine/run/index.ts';
import { on } from '../../support/bench.ts';
import { planOptions } from '../../support/commands.ts';
import { type Cloud, startCloud } from '../observer/cloud.ts';
import { observer } from '../observer/scene.ts';

/** Codes and addresses of what keeps somebody from looking. */
async function complaints(cloud: Cloud): Promise<readonly (readonly [string, string | undefined])[]> {
  const { diagnostics } = await doctor(cloud.context({ command: 'doctor', observer }), planOptions);
  return diagnostics.map(({ code, address }) => [code, address]);
}

describe('alta doctor tries who looks from beside a PBX:', () => {
  it('nothing is said where that works, and no registration is asked for', () =>
    on(startCloud(), async (cloud) => {
      await cloud.look(cloud.shell());
      expect(await complaints(cloud)).toEqual([]);
      expect(cloud.asterisk.control.lines().map(({ command }) => command)).toEqual(['core show version']);
    }));

  it('what is in the way is told of every target that needs it', () =>
    on(startCloud(), async (cloud) => {
      await cloud.look(cloud.shell(), ['oeste']);
      await cloud.asterisk.control.running(false);
      expect(await complaints(cloud)).toEqual([
        ['unreachable', 'acme/pbx:nube'],
        ['unreachable', 'acme/pbx:oeste'],
      ]);
    }));

  it('a login that was refused is tried once more, and forgotten as such when it is taken', () =>
    on(startCloud(), async (cloud) => {
      const { counters } = cloud.asterisk.control.ami;
      const users = cloud.asterisk.service.credentials;
      await cloud.sealManager('nube', 'Hn2sYb7dCx-j8GwT5kVq');
      await cloud.look(cloud.manager('nube'));
      expect((await cloud.verify()).codes).toEqual(['wrong-credentials']);
      expect((await cloud.verify()).codes).toEqual(['refused-before']);
      expect(await complaints(cloud)).toEqual([['wrong-credentials', 'acme/pbx:nube']]);
      expect(counters().refusedLogins).toBe(2);
      expect((await cloud.verify()).codes).toEqual(['refused-before']);
      await cloud.sealManager('nube', users.secret);
      expect(await complaints(cloud)).toEqual([]);
      expect((await cloud.verify()).codes).toEqual([]);
      expect(counters().refusedLogins).toBe(2);
    }));
});

import { describe, expect, it } from 'vitest';
import { on } from '../../support/bench.ts';
import { webs } from './office.ts';
import { importPath, type Scene, startSettled } from './scene.ts';

/** A secret of an extension in service that changes, on PBX and phone. */
describe('a new SIP secret', () => {
  const next = 'Gw5hXs9vKy_m3TcR6bZp';
  const rotate = (scene: Scene) => scene.secret('values', 'extensions/sede/2000/sip', next);
  const held = ({ box, phone }: Scene) => [
    box.running()['2000']?.registerpassword,
    phone.settings()['account.1.password'],
  ];
  const registered = ({ phone }: Scene) => phone.accounts()['1']?.status;
  const old = 'Kf7mQ2xRt-p9WbL4hZc6';

  it.each(webs)('reaches both, and the phone on web %s registers with it', (web) =>
    on(startSettled(web), async (scene) => {
      await rotate(scene);
      expect((await scene.apply()).codes).toEqual([]);
      expect([held(scene), registered(scene)]).toEqual([[next, next], 'registered']);
      expect(await scene.changes()).toEqual([]);
      expect(scene.leaks()).toEqual([]);
    }),
  );

  it('waits on both while the phone is in a call', () =>
    on(startSettled('c'), async (scene) => {
      await rotate(scene);
      scene.phone.call(true);
      expect((await scene.apply()).codes).toContain('device-in-call');
      expect([held(scene), registered(scene)]).toEqual([[old, old], 'registered']);
      scene.phone.call(false);
      expect((await scene.apply()).codes).toEqual([]);
      expect([held(scene), registered(scene)]).toEqual([[next, next], 'registered']);
    }));

  it('goes back on the PBX where the phone refuses it, and the phone stays registered', () =>
    on(startSettled('c'), async (scene) => {
      await rotate(scene);
      scene.phone.addFault({ kind: 'errno', errno: 'noparam', match: { path: importPath.c } });
      expect((await scene.apply()).codes).toContain('rotation-undone');
      expect([held(scene), registered(scene)]).toEqual([[old, old], 'registered']);
      scene.phone.clearFaults();
      expect((await scene.apply()).codes).toEqual([]);
      expect([held(scene), registered(scene)]).toEqual([[next, next], 'registered']);
    }));

  it('stays on the PBX where the phone took it and its answer was lost', () =>
    on(startSettled('c'), async (scene) => {
      await rotate(scene);
      scene.phone.addFault({ kind: 'lostAnswer', match: { path: importPath.c } });
      await scene.apply();
      expect([held(scene), registered(scene)]).toEqual([[next, next], 'registered']);
      expect((await scene.apply()).codes).toEqual([]);
      expect(await scene.changes()).toEqual([]);
    }));
});

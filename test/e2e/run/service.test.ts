import { describe, expect, it } from 'vitest';
import { apply, changesOf, outcomesOf, plan, stepsOf } from '../../support/commands.ts';
import { goodSecret, otherSecret } from '../../support/site.ts';
import { approvalOf, consent, extension } from '../safety/fixtures.ts';
import {
  account,
  type Desk,
  desk,
  device,
  disturbed,
  garble,
  inService,
  line,
  passwordOf,
  rotate,
  secretOf,
} from './desk.ts';

const on2000 = 'acme/pbx:sede/extension:2000';

/** Extension and phone have the first secret, as before the run. */
function expectUntouched(at: Desk): void {
  expect([secretOf(at), passwordOf(at)]).toEqual([goodSecret, goodSecret]);
}

describe('a secret that changes leaves PBX and phone as they are', () => {
  it('where the phone was set up by hand and its password is not ours to replace', async () => {
    const at = await desk();
    await at.declare([extension('sede', '2000')], []);
    await apply(at.site, {}, at.with);
    const values = { label: 'Puesto 2000', displayName: 'Puesto 2000', server: 'sede.example', port: 5060 };
    const names = { registerName: '2000', userName: '2000', transport: 'udp', active: true };
    at.phones.phone('mesa').lines.set('1', { password: goodSecret, values: { ...values, ...names } });
    await at.declare([extension('sede', '2000')], [device('mesa', [line('sede/2000')])]);
    expect(outcomesOf(await apply(at.site, {}, at.with))).toEqual([`recorded ${account('mesa')}`]);
    await rotate(at);
    const { report } = await apply(at.site, {}, at.with);
    expect(stepsOf(report)[0]).toMatchObject({ result: 'blocked', blocked: { code: 'strands-devices' } });
    expectUntouched(at);
  });

  it('where the run is about the PBX alone', async () => {
    const at = await inService();
    await rotate(at);
    const selection = { targets: ['acme/pbx:sede'], exclude: [] };
    const result = await apply(at.site, { selection }, at.with);
    expect(outcomesOf(result)).toEqual([`blocked ${on2000}`]);
    expectUntouched(at);
  });

  it('where the run leaves the phone out', async () => {
    const at = await inService();
    await rotate(at);
    const selection = { targets: [], exclude: ['acme/device:mesa'] };
    const result = await apply(at.site, { selection }, at.with);
    expect(outcomesOf(result)).toEqual([`blocked ${on2000}`]);
    expectUntouched(at);
  });

  it('where another secret of the extension cannot be opened', async () => {
    const at = await desk();
    const portal = 'extensions/sede/2000/portal';
    await at.site.secret('acme', 'values', portal, 'Zf7mQ2xRt-p9WbL4hZc7');
    await at.declare([extension('sede', '2000')], [device('mesa', [line('sede/2000')])]);
    await apply(at.site, {}, at.with);
    await rotate(at);
    await at.site.secret('acme', 'values', portal, 'Yf7mQ2xRt-p9WbL4hZc8');
    await garble(at, portal);
    const { report } = await apply(at.site, {}, at.with);
    expect(stepsOf(report).map(({ diagnostic }) => diagnostic?.code)).toEqual([
      'secret-moved',
      'depends-on-failed',
    ]);
    expectUntouched(at);
  });

  it('where it was approved while the phone was off, and the phone is back', async () => {
    const at = await inService();
    await rotate(at);
    at.phones.phone('mesa').fault = 'open';
    const accepted = consent({ acceptOutage: 'the phone is off' });
    const approval = approvalOf(await plan(at.site, accepted, at.with), accepted.consent);
    at.phones.phone('mesa').fault = null;
    const { report } = await apply(at.site, { ...accepted, approval }, at.with);
    expect(stepsOf(report).map(({ blocked }) => blocked?.code)).toEqual([
      'depends-on-blocked',
      'not-approved',
    ]);
    expectUntouched(at);
  });
});

describe('a secret that changes reaches PBX and phone', () => {
  it('where two lines of one phone have the extension', async () => {
    const at = await desk();
    const lines = [line('sede/2000'), line('sede/2000', { line: 2 })];
    await at.declare([extension('sede', '2000', { concurrentRegistrations: 2 })], [device('mesa', lines)]);
    await apply(at.site, {}, at.with);
    await rotate(at);
    await apply(at.site, {}, at.with);
    expect([secretOf(at), passwordOf(at), passwordOf(at, 'mesa', '2')]).toEqual([
      otherSecret,
      otherSecret,
      otherSecret,
    ]);
  });

  it('where two phones swap their extensions in the same apply', async () => {
    const at = await desk();
    const both = [extension('sede', '2000'), extension('sede', '2001')];
    await at.declare(both, [device('mesa', [line('sede/2000')]), device('sala', [line('sede/2001')])]);
    await apply(at.site, {}, at.with);
    await at.declare(both, [device('mesa', [line('sede/2001')]), device('sala', [line('sede/2000')])]);
    await rotate(at);
    await apply(at.site, {}, at.with);
    expect([secretOf(at), passwordOf(at, 'sala'), passwordOf(at, 'mesa')]).toEqual([
      otherSecret,
      otherSecret,
      goodSecret,
    ]);
    expect(changesOf(await plan(at.site, {}, at.with))).toEqual([]);
  });

  it('where somebody had changed it by hand on both: the revert reaches both', async () => {
    const at = await inService();
    at.site.lab.box('sede').edit('2000', { registerpassword: otherSecret }, { apply: true });
    const { lines } = at.phones.phone('mesa');
    lines.set('1', { values: {}, ...lines.get('1'), password: otherSecret });
    const { report } = await apply(at.site, {}, at.with);
    expect(stepsOf(report).map(({ section, result }) => [section, result])).toEqual([
      ['drift', 'done'],
      ['drift', 'done'],
    ]);
    expectUntouched(at);
  });
});

describe('what is to be left stays', () => {
  it('where a phone cannot be given the extension that follows', async () => {
    const at = await desk();
    await at.declare(
      [extension('sede', '2000'), extension('sede', '2001')],
      [device('mesa', [line('sede/2000')])],
    );
    await apply(at.site, {}, at.with);
    await garble(at, 'extensions/sede/2001/sip');
    await at.declare([extension('sede', '2001')], [device('mesa', [line('sede/2001')])]);
    await apply(at.site, consent({ allowDelete: 1 }), at.with);
    expect(Object.keys(at.site.lab.box('sede').running())).toContain('2000');
  });

  it('on the old PBX at the second try too, while the new one does not get the extension', async () => {
    const at = await desk();
    await at.declare([extension('sede', '2000'), extension('sede', '2001')], []);
    await apply(at.site, {}, at.with);
    await at.declare([extension('nave', '2000'), extension('sede', '2001')], []);
    await garble(at, 'extensions/nave/2000/sip');
    await apply(at.site, consent({ allowDelete: 1 }), at.with);
    const second = await apply(at.site, consent({ allowDelete: 1 }), at.with);
    expect(outcomesOf(second)).toEqual(['failed acme/pbx:nave/extension:2000', `skipped ${on2000}`]);
    expect(Object.keys(at.site.lab.box('sede').running())).toContain('2000');
  });

  it('on the old phone at the second try too, while the new one does not take it', async () => {
    const at = await desk();
    const all = [extension('sede', '2000')];
    await at.declare(all, [device('mesa', [line('sede/2000')]), device('sala', [])]);
    await apply(at.site, {}, at.with);
    await at.declare(all, [device('mesa', []), device('sala', [line('sede/2000')])]);
    at.phones.phone('sala').fault = 'apply';
    await apply(at.site, {}, at.with);
    const second = await apply(at.site, {}, at.with);
    expect(outcomesOf(second)).toEqual([`failed ${account('sala')}`, `skipped ${account('mesa')}`]);
    expect([...at.phones.phone('mesa').lines.keys()]).toEqual(['1']);
  });
});

describe('after a run that was cut short', () => {
  it('a secret that may have been put back is not changed again before its phone is there', async () => {
    const at = await inService();
    await rotate(at);
    at.phones.phone('mesa').fault = 'apply';
    let writes = 0;
    const cut = disturbed(at, (session) => ({
      apply: async (write) => {
        const done = await session.apply(write);
        writes += 1;
        if (writes === 2) throw new Error('the answer to the undo is lost');
        return done;
      },
    }));
    await apply(at.site, {}, cut);
    at.phones.phone('mesa').fault = 'open';
    const { report } = await apply(at.site, {}, at.with);
    expect(stepsOf(report)[0]).toMatchObject({ result: 'blocked', blocked: { code: 'strands-devices' } });
    expectUntouched(at);
  });

  it('a phone waits for a secret that the PBX has saved and not put into effect', async () => {
    const storm = { windowMs: 600_000, writes: 2 };
    const there = { number: '2000', username: 'Puesto 2000', registerpassword: goodSecret };
    const at = await desk([{ name: 'sede', edition: 'v1.1.0', seed: [there], applyStorm: storm }]);
    await at.declare(
      [extension('sede', '2000', { adopt: { secrets: true } })],
      [device('mesa', [line('sede/2000')])],
    );
    await apply(at.site, {}, at.with);
    await rotate(at);
    const refused = { commit: () => Promise.reject(new Error('no Apply today')) };
    let undone = 0;
    const cut = disturbed(at, (session) => ({
      ...refused,
      apply: async (write) => {
        undone += 1;
        if (undone > 1) throw new Error('killed before the undo');
        return session.apply(write);
      },
    }));
    await apply(at.site, {}, cut);
    await apply(
      at.site,
      {},
      disturbed(at, () => refused),
    );
    expect(at.site.lab.box('sede').saved()['2000']?.registerpassword).toBe(otherSecret);
    expectUntouched(at);
  });
});

it('nothing is made where the PBX would have to tell the phone a secret that it hides', async () => {
  const at = await desk();
  const hiding = disturbed(at, (session) => ({
    read: async (scope) => {
      const reading = await session.read(scope);
      const can = { ...reading.can, hiddenFields: { extension: ['sip'] } };
      return { ...reading, can, resources: reading.resources.map((one) => ({ ...one, secrets: {} })) };
    },
  }));
  const made = extension('sede', '2000', { secrets: { sip: { source: 'pbx' } } });
  await at.declare([made], [device('mesa', [line('sede/2000')])]);
  await apply(at.site, {}, hiding);
  expect(Object.keys(at.site.lab.box('sede').running())).not.toContain('2000');
});

it('a device may be called like a PBX', async () => {
  const at = await desk();
  await at.declare([extension('sede', '2000')], [device('sede', [line('sede/2000')])]);
  expect(changesOf(await plan(at.site, {}, at.with))).toEqual([
    `create ${on2000}`,
    `create ${account('sede')}`,
  ]);
});

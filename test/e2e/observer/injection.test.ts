import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { peersOf } from '../../../lab/asterisk/index.ts';
import type { LabYeastar, LabYeastarService } from '../../../lab/index.ts';
import { on, pbxBlock } from '../../support/bench.ts';
import { startCloud } from './cloud.ts';
import { type Scene, startScene } from './scene.ts';

/** What a PBX might show as the name that a phone registers with. None of it is one. */
const hostile = [
  '$(reboot)',
  '`reboot`',
  '10;reboot',
  '10|reboot',
  '10&reboot',
  "10' load; reboot '",
  '10" load; reboot "',
  '10\nreboot',
  '10\r\nAction: Originate\r\nChannel: Local/s@x',
  '10\\',
  '10 load',
  '10>/tmp/x',
  '*{reboot,}',
  '~',
  '10#!',
  '\u001b[31m10',
  'jos\u00e9',
];
const numbers = hostile.map((_, index) => String(2000 + index));

/** Odd, and still a name that phones may have. */
const odd = '+10#*@a.b-c_d';
const last = String(2000 + hostile.length);

let scene: Scene<LabYeastarService>;

beforeAll(async () => {
  scene = await startScene<LabYeastar>({
    boxes: [
      { name: 'sede', edition: 'v2.0.0', extensions: hostile.length + 1, firstNumber: 2000, tls: false },
    ],
    asterisk: (lab) => ({ peers: () => peersOf(lab.box('sede'), { name: (number) => number }) }),
  });
  await scene.sealManager('sede');
  for (const [index, registername] of [...hostile, odd].entries()) {
    scene.lab.box('sede').edit(String(2000 + index), { registername }, { apply: true });
  }
});
beforeEach(() => scene.asterisk.control.reset());
afterAll(() => scene.close());

async function verified(observer: object) {
  const secrets = { sip: { source: 'unmanaged' } };
  await scene.declare({
    pbx: { sede: pbxBlock(scene.service('sede'), { observer }) },
    extensions: [...numbers, last].map((number) => ({
      pbx: 'sede',
      number,
      name: `Puesto ${number}`,
      secrets,
    })),
  });
  return scene.verify();
}

/** What a command line or an action may be made of. */
const plain = /^[A-Za-z0-9_+*#@.^' -]+$/;

describe('what a PBX shows as registration names reaches nobody where no phone has such names:', () => {
  it('commands over SSH', async () => {
    const seen = await verified(scene.shell());
    expect(seen.codes).toEqual([]);
    expect(numbers.map((number) => seen.of(`sede/${number}`).evidence)).toEqual(
      numbers.map(() =>
        expect.stringMatching(/not asked for by itself: its characters are not those of a SIP user name$/),
      ),
    );
    const lines = scene.asterisk.control.lines();
    expect(lines.map(({ line }) => line)).toEqual([
      "asterisk -rx 'core show version'",
      "asterisk -rx 'sip show peers'",
      "asterisk -rx 'pjsip show endpoints'",
      `asterisk -rx 'sip show peer ${odd} load'`,
    ]);
    expect(lines.filter(({ kind }) => kind !== 'asterisk')).toEqual([]);
  });

  it('the manager interface', async () => {
    const seen = await verified(scene.manager('sede'));
    expect(seen.codes).toEqual([]);
    const actions = scene.asterisk.control.ami.actions();
    expect(
      actions.map(({ action, command }) => [action, ...(command === undefined ? [] : [command])]),
    ).toEqual([
      ['Challenge'],
      ['Login'],
      ['SIPpeers'],
      ['PJSIPShowEndpoints'],
      ['SIPshowpeer'],
      ['Command', 'core show version'],
      ['Command', `sip show peer ${odd} load`],
      ['Logoff'],
    ]);
  });
});

describe('what the files say reaches no shell:', () => {
  it.each(["ext{companyId}'; reboot; '{number}", '$(reboot){number}', '{number}`reboot`'])(
    'a profile that makes the name as %s',
    (registrationName) =>
      on(startCloud(), async (cloud) => {
        const profile = parse(await readFile('profiles/pekepbx-v36.yaml', 'utf8'));
        const identity = { ...profile.identity, registrationName };
        await cloud.write('profiles/pekepbx-v36.yaml', { ...profile, identity });
        await cloud.look(cloud.shell());
        expect((await cloud.verify()).of('nube/10').result).toBe('unknown');
        const lines = cloud.asterisk.control.lines().map(({ line, kind }) => [plain.test(line), kind]);
        expect(lines).toEqual([true, true, true].map((is) => [is, 'asterisk']));
      }),
  );

  it.each([{ like: '^ext; reboot' }, { like: "x' reboot '" }, { command: 'reboot' }, { command: '/bin/sh' }])(
    'an observer with %j is refused before anything is asked',
    (options) =>
      on(startCloud(), async (cloud) => {
        await cloud.look(cloud.shell(options));
        await expect(cloud.verify()).rejects.toThrow();
        expect(cloud.asterisk.control.lines()).toEqual([]);
        expect(cloud.bastion.control.counters().connections).toBe(0);
      }),
  );
});

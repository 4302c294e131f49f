import { describe, expect, it } from 'vitest';
import type { LabPhoneDoubts } from '../../../lab/index.ts';
import { allWebs, startOffice, type Web, webs } from './office.ts';
import { expectRecovery, startWork } from './scene.ts';

const servlets: readonly Web[] = ['b0', 'b1', 'b2'];

/** What nobody could confirm of phones, and must not matter: each other reading of it, and where it can be met. */
const readings: readonly (readonly [doubts: LabPhoneDoubts, webs: readonly Web[]])[] = [
  [{ exportedPasswords: 'absent' }, webs],
  [{ exportedPasswords: 'clear' }, webs],
  [{ mask: '••••' }, webs],
  [{ mask: '' }, webs],
  [{ unknownKeys: 'refuse' }, allWebs],
  [{ emptyValue: 'ignored' }, webs],
  [{ emptyValue: 'default' }, webs],
  [{ lineEnds: 'lf' }, allWebs],
  [{ staticKeys: 'at-once' }, webs],
  [{ importReboots: true }, webs],
  [{ errorPlace: 'top' }, ['c']],
  [{ sameAddress: 'replace', secondLogin: 'replace' }, webs],
  [{ importField: 'either' }, ['c']],
  [{ uploadToken: true }, servlets],
  [{ modules: 'needed' }, ['b1', 'b2']],
  [{ pageFirst: false, refererNeeded: false }, allWebs],
  [{ longest: 64, tooLong: 'refused' }, webs],
];

const trials = readings.flatMap(([doubts, where]) =>
  where.map((web) => ({ web, doubts, name: JSON.stringify(doubts) })),
);

describe('a phone of which is true', () => {
  it.each(trials)('$name, on web $web, is set up like any other', async ({ web, doubts }) => {
    const scene = await startWork(web, { phone: { doubts } });
    try {
      await expectRecovery(scene);
    } finally {
      await scene.close();
    }
  });
});

describe.each(allWebs)('a phone on web %s', (web) => {
  it('with TLS, and a connection for each request, is set up like any other', async () => {
    const scene = await startWork(web, { phone: { tls: true, keepAlive: false } });
    try {
      await expectRecovery(scene);
    } finally {
      await scene.close();
    }
  });
});

/** Readings under which nobody has seen an import: the phone is left as it is, and the report says so. */
describe('a phone that takes no import', () => {
  it.each([
    { web: 'c', doubts: { importField: 'file' }, code: 'config-refused' },
    { web: 'b0', doubts: { modules: 'unknown' }, code: 'strange-answer' },
  ] as const)('on web $web, since $doubts, is told of', async ({ web, doubts, code }) => {
    const office = await startOffice(web, { phone: { doubts } });
    try {
      await office.declare([{ line: 1, extension: 'sede/2000' }]);
      const before = office.phone.settings();
      const run = await office.apply();
      expect(run.steps.find(({ target }) => target === 'acme/device:mesa')).toMatchObject({
        result: 'failed',
        written: 'nothing',
        diagnostic: { code },
      });
      expect([office.phone.settings(), office.phone.sessions()]).toEqual([before, 0]);
    } finally {
      await office.close();
    }
  });
});

describe('a phone that cuts texts off', () => {
  it.each(webs)('is not called converged, on web %s', async (web) => {
    const scene = await startWork(web, { phone: { doubts: { longest: 32 } } });
    try {
      await scene.declare([
        { line: 1, extension: 'sede/2000', label: 'Recepción de la planta baja, mostrador' },
        { line: 4, extension: 'sede/2002' },
      ]);
      const run = await scene.apply();
      const onPhone = run.targets.find(({ driver }) => driver === 'yealink');
      expect(onPhone).toMatchObject({ converged: false, remaining: ['acme/device:mesa/account:1'] });
      expect(scene.phone.settings()['account.1.label']).toBe('Recepción de la planta baja, mos');
    } finally {
      await scene.close();
    }
  });
});

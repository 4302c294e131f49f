import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Run } from '../../support/runs.ts';
import { carried, refused } from './hostile.ts';
import { webs } from './office.ts';
import { importsOf, type Scene, type Settings, startSettled } from './scene.ts';

/** Where each field lies on a phone from V80 on. A register name that is declared is the user name as well. */
const keysOf = {
  label: ['account.1.label'],
  registerName: ['account.1.auth_name', 'account.1.user_name'],
} as const;

type Field = keyof typeof keysOf;

const fields = ['label', 'registerName'] as const;

let scene: Scene;

/** Line 1 with this field and nothing else of its own. */
async function declareAndApply(field: string, text: string): Promise<{ run: Run; before: Settings }> {
  await scene.declare([
    { line: 1, extension: 'sede/2000', [field]: text },
    { line: 2, extension: 'sede/2001' },
  ]);
  scene.phone.resetRequests();
  const before = scene.phone.settings();
  return { run: await scene.apply(), before };
}

function changedKeys(before: Settings, after: Settings): readonly string[] {
  const all = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...all].filter((key) => before[key] !== after[key]);
}

/** Refused with a reason that names the field, before the phone was asked for anything. */
function expectRefusal({ run, before }: { run: Run; before: Settings }, field: string): void {
  const told = run.result?.planned.diagnostics ?? [];
  const why = told.find(({ params }) => String(params.field).endsWith(field));
  expect(why?.severity).toBe('error');
  expect(why?.code).toMatch(/^(value-form|value-size|text-uncarriable)$/);
  expect(run.steps).toEqual([]);
  expect(scene.phone.requests().total).toBe(0);
  expect(scene.phone.settings()).toEqual(before);
}

describe.each(webs)('over web %s', (web) => {
  beforeAll(async () => {
    scene = await startSettled(web);
  });

  afterAll(() => scene.close());

  describe.each(fields)('a %s', (field: Field) => {
    /** Only what this field is about differs from one text to the next. */
    beforeAll(async () => {
      expect((await declareAndApply(field, 'Mesa')).run.codes).toEqual([]);
    });

    it.each(Object.keys(carried))('with %s comes back as it is, and nothing else changes', async (what) => {
      const text = carried[what] ?? '';
      const { run, before } = await declareAndApply(field, text);
      const after = scene.phone.settings();
      expect(run.steps.map(({ result }) => result)).toEqual(['done']);
      expect(keysOf[field].map((key) => after[key])).toEqual(keysOf[field].map(() => text));
      expect([...changedKeys(before, after)].sort()).toEqual([...keysOf[field]].sort());
      expect(importsOf(scene)).toBe(1);
      expect(await scene.changes()).toEqual([]);
    });

    it.each(Object.keys(refused))('with %s is refused before anything is sent', async (what) => {
      expectRefusal(await declareAndApply(field, refused[what] ?? ''), field);
    });
  });

  /** 201 letters would still be a host. */
  const noHosts = Object.entries({ ...carried, ...refused }).filter(([what]) => what !== '201 characters');

  it.each(noHosts)('a server with %s is refused before anything is sent', async (_, text) => {
    expectRefusal(await declareAndApply('server', text), 'server');
  });
});

/** Names of extensions are labels of phones: the PBX and the phone judge them both. */
describe('the name of an extension', () => {
  beforeAll(async () => {
    scene = await startSettled('c');
  });

  afterAll(() => scene.close());

  it.each([
    'Recepción "Norte"',
    "L'Hospitalet",
    '[T46U] = x',
    'Mesa # 2',
    '%NULL%',
    ' Mesa',
    'Mesa\naccount.3.enable = 0',
  ])('%j is on the phone as it stands, or nowhere', async (name) => {
    await scene.declare([{ line: 1, extension: 'sede/2000' }], {
      extensions: [
        { pbx: 'sede', number: '2000', name },
        { pbx: 'sede', number: '2001', name: 'Puesto 2001' },
        { pbx: 'sede', number: '2002', name: 'Puesto 2002' },
      ],
      device: {
        accounts: [
          { line: 1, extension: 'sede/2000' },
          { line: 2, extension: 'sede/2001' },
        ],
      },
    });
    const before = scene.phone.settings();
    const box = scene.box.saved();
    const run = await scene.apply();
    const after = scene.phone.settings();
    const done = run.steps.length > 0 && run.steps.every(({ result }) => result === 'done');
    expect([after['account.1.label'], after['account.1.display_name']]).toEqual(
      done ? [name, name] : [before['account.1.label'], before['account.1.display_name']],
    );
    const keys = changedKeys(before, after).filter((key) => !/^account\.1\.(label|display_name)$/.test(key));
    expect(keys).toEqual([]);
    expect(scene.box.saved()['2000']?.username).toBe(done ? name : box['2000']?.username);
    if (done) expect(await scene.changes()).toEqual([]);
    else expect([run.codes.length > 0, (await scene.plan()).plan]).toEqual([true, null]);
  });
});

/** The simulated platform by its shipped profiles: how lists end, how tokens live, how a company is entered. */
import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, test } from 'vitest';
import type { ProfileDocument, ProfilePager } from '../../../engine/model/profile.ts';
import { type Lab, type LabPekepbx, type LabPekepbxService, startLab } from '../../../lab/index.ts';
import { driver } from '../../../providers/pbx/pekepbx/driver.ts';
import { marksIn } from '../../../providers/pbx/pekepbx/site/index.ts';
import { sessionContext } from '../../support/session.ts';
import { checked, edited, errorOf, handClock, targetAt } from './support.ts';

type Edition = 'a' | 'b' | 'c';

const editions: readonly Edition[] = ['a', 'b', 'c'];

function profileOf(edition: Edition): ProfileDocument {
  const filename = `profiles/pekepbx-lab-${edition}.yaml`;
  return checked(filename, readFileSync(new URL(`../../../${filename}`, import.meta.url), 'utf8'));
}

let lab: Lab<LabPekepbxService> | undefined;

afterEach(async () => {
  await lab?.close();
  lab = undefined;
});

/** A platform with another company beside ours, and a way to open sessions on ours. */
async function start(edition: Edition, settings: Partial<LabPekepbx> = {}) {
  const wanted: LabPekepbx = { driver: 'pekepbx', name: 'nube', edition, tls: false, ...settings };
  lab = await startLab<LabPekepbx>({ boxes: [wanted] });
  const [service] = lab.boxes;
  if (service === undefined) throw new Error('the lab did not start nube');
  const clock = handClock();
  const limits = { ...driver.facts.host, readIntervalMs: 0 };
  const open = (profile = profileOf(edition)) =>
    driver.open(targetAt(service.url, { profile }), sessionContext(service.credentials, limits, { clock }));
  const read = async (profile?: ProfileDocument) => {
    const session = await open(profile);
    try {
      const { resources } = await session.read({ kinds: ['extension'] });
      return resources.map(({ key }) => key);
    } finally {
      await session.close();
    }
  };
  return { box: lab.box('nube'), clock, open, read };
}

describe.each(editions)('the profile of dialect %s', (edition) => {
  test('has no marks, and says so of itself in every reading', async () => {
    expect(marksIn(profileOf(edition))).toEqual([]);
    const { open } = await start(edition, { extensions: 3 });
    const session = await open();
    const { edition: told, diagnostics, can } = await session.read({ kinds: ['extension'] });
    await session.close();
    expect([told, diagnostics]).toEqual([`PekePBX REST API, profile pekepbx-lab-${edition}`, []]);
    expect([can.guidedActions, can.guidedFields]).toEqual([{}, {}]);
  });

  test('renews a token before it dies, once, and leaves no session behind', async () => {
    const { box, clock, open } = await start(edition, { extensions: 3 });
    const session = await open();
    for (let hour = 0; hour < 3; hour += 1) {
      expect((await session.read({ kinds: ['extension'] })).resources).toHaveLength(3);
      clock.pass(3_590_000);
    }
    expect(box.requests().counts).toMatchObject({ '/api/v2/login': 1, '/api/v2/refresh': 2 });
    expect(box.sessions()).toBe(1);
    await session.close();
    expect(box.sessions()).toBe(0);
  });

  test.each(['401', '403', '404', '500'])('logs in anew where a renewal is refused (%s)', async (errno) => {
    const { box, clock, open } = await start(edition, { extensions: 3 });
    const session = await open();
    await session.read({ kinds: ['extension'] });
    clock.pass(3_590_000);
    box.addFault({ kind: 'errno', errno, match: { path: '/refresh' } });
    expect((await session.read({ kinds: ['extension'] })).resources).toHaveLength(3);
    expect([box.logins().length, box.sessions()]).toEqual([2, 1]);
    await session.close();
    expect(box.sessions()).toBe(0);
  });
});

const pagers: Readonly<Record<Edition, Partial<Record<string, readonly [string, ProfilePager]>>>> = {
  a: {
    offset: [
      'items',
      { style: 'offset', parameter: 'offset', sizeParameter: 'per_page', size: 4, total: 'count' },
    ],
    cursor: [
      'results',
      { style: 'cursor', parameter: 'cursor', sizeParameter: 'per_page', size: 4, next: 'next' },
    ],
    bare: ['$', { style: 'none', most: 100 }],
  },
  b: {
    page: [
      'data',
      { style: 'page', parameter: 'page', sizeParameter: 'limit', size: 4, total: 'meta.total' },
    ],
    offset: ['items', { style: 'offset', parameter: 'offset', sizeParameter: 'limit', size: 4 }],
    bare: ['$', { style: 'none', most: 100 }],
  },
  c: {},
};

const ways = editions.flatMap((edition) =>
  Object.entries(pagers[edition]).map(([pager, list]) => ({ edition, pager, list })),
);

describe('lists of another kind are a matter of the profile', () => {
  test.each(ways)('$pager in dialect $edition', async ({ edition, pager, list }) => {
    if (list === undefined) throw new Error('no such list');
    const [path, how] = list;
    const { read } = await start(edition, { extensions: 9, pager: pager as LabPekepbx['pager'] & string });
    const profile = edited(profileOf(edition), { list: { results: { path }, pager: how } });
    expect(await read(profile)).toHaveLength(9);
  });
});

describe('a list that is cut in silence', () => {
  const most = (profile: ProfileDocument, rows: number | undefined) => {
    const { most: _known, ...pager } = profile.list.pager;
    return edited(profile, {
      list: { ...profile.list, pager: rows === undefined ? pager : { ...pager, most: rows } },
    });
  };

  test.each([11, 99])('of %i rows is whole where the server gives 100', async (extensions) => {
    const { read } = await start('c', { extensions });
    expect(await read()).toHaveLength(extensions);
  });

  test.each([100, 101, 130])('of %i rows is not believed, and nothing is written', async (extensions) => {
    const { box, open } = await start('c', { extensions });
    const session = await open();
    const error = await errorOf(session.read({ kinds: ['extension'] }));
    expect([error.code, error.params.mark]).toEqual(['profile-outdated', 'list.pager']);
    expect(error.params.evidence).toMatch(/^100 rows.*most: 100/);
    const address = 'acme/pbx:nube/extension:12';
    const refused = await errorOf(session.apply({ action: 'delete', kind: 'extension', key: '12', address }));
    expect([refused.code, refused.written]).toEqual(['profile-outdated', 'nothing']);
    await session.close();
    expect([Object.keys(box.saved()).length, box.sessions()]).toEqual([extensions, 0]);
  });

  test('where nobody knows how long it may be, the usual lengths are doubted', async () => {
    const unknown = most(profileOf('c'), undefined);
    const { read } = await start('c', { extensions: 130 });
    expect(await errorOf(read(unknown))).toMatchObject({ code: 'profile-outdated' });
    await lab?.close();
    const other = await start('c', { extensions: 16 });
    expect(await other.read(unknown)).toHaveLength(16);
  });
});

describe('a company that is entered by a call', () => {
  test('is entered again by the token that takes the place of a dead one', async () => {
    const { box, open } = await start('c', { extensions: 3 });
    const session = await open();
    await session.read({ kinds: ['extension'] });
    box.expireTokens();
    expect((await session.read({ kinds: ['extension'] })).resources).toHaveLength(3);
    await session.close();
    expect(box.requests().counts['/api/v2/company/90001/enter']).toBe(2);
    expect(box.sessions()).toBe(0);
  });

  test('that is gone when a new token asks for it is not taken for a deletion that happened', async () => {
    const { box, open } = await start('c', { extensions: 3 });
    const session = await open();
    await session.read({ kinds: ['extension'] });
    box.expireTokens();
    box.addFault({ kind: 'errno', errno: '404', times: 0, match: { path: '/enter' } });
    const address = 'acme/pbx:nube/extension:11';
    const error = await errorOf(session.apply({ action: 'delete', kind: 'extension', key: '11', address }));
    expect([error.code, error.params.mark, error.written]).toEqual([
      'profile-outdated',
      'tenant.scopes.0',
      'nothing',
    ]);
    await session.close();
    expect(Object.keys(box.saved())).toContain('11');
  });

  test('that cannot be entered is told as such', async () => {
    const { box, open } = await start('c');
    box.addFault({ kind: 'errno', errno: '403', match: { path: '/enter' } });
    const session = await open();
    expect((await errorOf(session.read({ kinds: ['extension'] }))).code).toBe('forbidden');
    await session.close();
    expect(box.sessions()).toBe(0);
  });
});

import { describe, expect, test } from 'vitest';
import { inCompany, pick } from './fixture.ts';

function column(rows: unknown, path: string): unknown[] {
  return (rows as unknown[]).map((row) => pick(row, path));
}

describe('a: numbered pages', () => {
  test('fifteen rows unless asked, in the order of creation', async () => {
    const { ask } = await inCompany({ extensions: 17 });
    const first = (await ask('GET', 'extension')).json;
    expect(column(pick(first, 'data'), 'extension')).toEqual(
      Array.from({ length: 15 }, (_, index) => String(10 + index)),
    );
    expect(pick(first, 'meta')).toEqual({
      current_page: 1,
      from: 1,
      last_page: 2,
      path: '/api/v2/extension',
      per_page: 15,
      to: 15,
      total: 17,
    });
    const second = (await ask('GET', 'extension?page=2')).json;
    expect(column(pick(second, 'data'), 'extension')).toEqual(['25', '26']);
    expect(pick(second, 'links')).toMatchObject({ prev: '/api/v2/extension?page=1', next: null });
  });

  test('beyond the last page there is nothing, and a page has its most', async () => {
    const { ask } = await inCompany({ extensions: 5, maxPageSize: 3 });
    const beyond = (await ask('GET', 'extension?page=9')).json;
    expect([pick(beyond, 'data'), pick(beyond, 'meta.to')]).toEqual([[], null]);
    expect(pick((await ask('GET', 'extension?per_page=1000')).json, 'meta.per_page')).toBe(3);
    expect(pick((await ask('GET', 'extension?per_page=x&page=-1')).json, 'meta.current_page')).toBe(1);
  });

  test('a search looks into number, name and e-mail', async () => {
    const { ask } = await inCompany({ extensions: 3, seed: [{ number: '77', name: 'Zoé Única' }] });
    const { json } = await ask('GET', 'extension?search=zo%C3%A9');
    expect(column(pick(json, 'data'), 'extension')).toEqual(['77']);
  });
});

describe('b: cursors', () => {
  const walk = async (ask: Awaited<ReturnType<typeof inCompany>>['ask'], between?: () => void) => {
    const seen: unknown[] = [];
    let cursor: unknown = '';
    for (let pages = 0; cursor !== null && pages < 10; pages += 1) {
      const { json } = await ask('GET', `extension?limit=2&cursor=${String(cursor)}`);
      expect(Object.keys(json as object)).toEqual(['results', 'next']);
      seen.push(...column(pick(json, 'results'), 'sip.name'));
      cursor = pick(json, 'next');
      if (pages === 0) between?.();
    }
    return seen;
  };

  test('lead through all rows without a total', async () => {
    const { ask } = await inCompany({ edition: 'b', extensions: 5 });
    expect(await walk(ask)).toEqual([10, 11, 12, 13, 14].map((number) => `ext90001${number}`));
  });

  test('skip nobody when a row that was seen goes', async () => {
    const { ask, box } = await inCompany({ edition: 'b', extensions: 5 });
    const seen = await walk(ask, () => box.remove('10'));
    expect(seen).toContain('ext9000112');
    expect(seen).toHaveLength(5);
  });

  test('a cursor of somebody’s own is refused', async () => {
    const { ask } = await inCompany({ edition: 'b' });
    expect((await ask('GET', 'extension?cursor=zzz')).status).toBe(400);
  });
});

describe('other pagers', () => {
  test('offsets', async () => {
    const { ask } = await inCompany({ edition: 'b', pager: 'offset', extensions: 5 });
    const { json } = await ask('GET', 'extension?limit=2&offset=4');
    expect(column(pick(json, 'items'), 'sip.name')).toEqual(['ext9000114']);
    expect([pick(json, 'count'), pick(json, 'offset'), pick(json, 'limit')]).toEqual([5, 4, 2]);
  });

  test('c: a bare array, cut in silence', async () => {
    const { ask } = await inCompany({ edition: 'c', extensions: 5, maxPageSize: 3 });
    expect(column((await ask('GET', 'extension')).json, 'extension')).toEqual(['10', '11', '12']);
    expect((await ask('GET', 'extension?page=2')).json).toHaveLength(3);
  });
});

/** What runs cost in requests. */
import { describe, expect, it } from 'vitest';
import { on } from '../../support/bench.ts';
import { startNew, type Work } from './scenario.ts';

/** Of others, an analogue one among them. */
const OTHERS = 500;
const many = { settings: { extensions: OTHERS - 1, firstNumber: 3000 } };

/** What the box was asked, in short: path, and the page or how many ids. */
function asked({ box }: Work): readonly string[] {
  return box.requests().entries.map(({ path }) => {
    const { pathname, searchParams } = new URL(path, 'http://box.example');
    const [page, ids] = [searchParams.get('page'), searchParams.get('ids')];
    const more = page === null ? (ids === null ? '' : ` ${ids.split(',').length}`) : ` page ${page}`;
    return `${pathname.replace('/openapi/v1.0/', '')}${more}`;
  });
}

const login = ['get_token', 'system/information', 'system/get_menuoptions', 'system/get_menuoptions'];

/** The list in pages of a hundred, then the details of so many: two thousand characters of ids fit into one request. */
function reading(all: number, details: number): readonly string[] {
  const pages = Array.from(
    { length: Math.ceil(all / 100) },
    (_, index) => `extension/list page ${index + 1}`,
  );
  return [...pages, `extension/query ${details}`];
}

describe('a box with 500 extensions', () => {
  it('costs a plan without changes its pages and one query, and no password', () =>
    on(startNew(many), async (scenario) => {
      expect((await scenario.apply()).codes).toEqual([]);
      const { box } = scenario;
      const before = JSON.stringify([box.saved(), box.running()]);
      box.resetRequests();
      expect(await scenario.changes()).toEqual([]);
      expect(asked(scenario)).toEqual([...login, ...reading(OTHERS + 1, OTHERS + 1), 'del_token']);
      expect(JSON.stringify([box.saved(), box.running()])).toBe(before);
    }));

  it('costs a plan with changes no more', () =>
    on(startNew(many), async (scenario) => {
      expect(await scenario.changes()).toHaveLength(1);
      expect(asked(scenario)).toEqual([...login, ...reading(OTHERS, OTHERS), 'del_token']);
    }));

  it('costs a new extension its write, the list once more, and one password', () =>
    on(startNew(many), async (scenario) => {
      expect((await scenario.apply()).codes).toEqual([]);
      const all = asked(scenario);
      expect(all.slice(all.indexOf('extension/create'))).toEqual([
        'extension/create',
        ...reading(OTHERS + 1, 1),
        'extension/getpassword',
        'del_token',
      ]);
    }));

  it('that shows no passwords is asked for one in vain', () =>
    on(startNew({ settings: { ...many.settings, getPassword: false } }), async (scenario) => {
      expect((await scenario.apply()).codes).toEqual([]);
      expect(asked(scenario).filter((path) => path === 'extension/getpassword')).toHaveLength(1);
      expect(await scenario.changes()).toEqual([]);
    }));
});

describe('two requests', () => {
  it('are the most at once', () =>
    on(startNew(many), async (scenario) => {
      scenario.box.addFault({ kind: 'latency', ms: 5, times: 0 });
      expect((await scenario.apply()).codes).toEqual([]);
      expect(scenario.box.requests().peak).toBeLessThanOrEqual(2);
    }));
});

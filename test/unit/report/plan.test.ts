import { describe, expect, it } from 'vitest';
import { changeDigest, everything, noConsent } from '../../../engine/plan/index.ts';
import { budget } from '../../../engine/report/budget.ts';
import { gitlabReport, planJson, planMarkdown, planText } from '../../../engine/report/index.ts';
import { change, client, field, plan, target } from './build.ts';

const show = { lang: 'en', consent: noConsent, selection: everything } as const;

describe('text', () => {
  it('ends with what would happen', () => {
    const text = planText(plan(client([change('1'), change('2', { action: 'delete' })])), { lang: 'en' });
    expect(text.trimEnd().split('\n').at(-1)).toBe('Plan: 1 to create, 0 to change, 1 to delete.');
  });

  it('says that nothing changes only where everything was read', () => {
    const unread = plan(client([], { targets: [target({ status: 'unreachable' })] }));
    expect(planText(unread, { lang: 'en' })).toContain('not every target could be read');
  });

  it('names clients without changes together, not one by one', () => {
    const quiet = ['a', 'b', 'c'].map((name) => client([], { client: name }));
    expect(planText(plan(client([change('1')]), ...quiet), { lang: 'en' })).toContain(
      '3 clients without changes: a, b, c',
    );
  });

  it('explains a block once, however many changes it holds', () => {
    const blocked = { code: 'needs-delete-consent', params: { count: 9 } } as const;
    const changes = [1, 2, 3, 4, 5, 6, 7, 8, 9].map((n) => change(String(n), { action: 'delete', blocked }));
    expect(planText(plan(client(changes)), { lang: 'en' }).match(/--allow-delete 9/g)).toHaveLength(1);
  });

  it('asks to recreate as many as vanished, not as many as are managed', () => {
    const blocked = { code: 'all-gone', params: { target: 'acme/pbx:main', count: 40 } } as const;
    const gone = change('1', { section: 'vanished', blocked });
    expect(planText(plan(client([gone])), { lang: 'en' })).toContain('`--recreate 1`');
  });

  it('names the way out of leaving for what would be deleted', () => {
    const blocked = { code: 'all-gone', params: { target: 'acme/pbx:main', count: 40 } } as const;
    const gone = change('1', { action: 'delete', blocked });
    expect(planText(plan(client([gone])), { lang: 'es' })).toContain('`status: baja`');
  });

  it('tells in every plan that a target is spoken to without encryption', () => {
    const insecure = plan(client([], { targets: [target({ insecure: 'old box' })] }));
    expect(planText(insecure, { lang: 'en' })).toContain('without encryption. Declared reason: old box');
  });
});

describe('Markdown', () => {
  const many = Array.from({ length: 3000 }, (_, n) =>
    change(String(1000 + n), { fields: [field('name', { after: `Puesto ${n}` })] }),
  );
  const doomed = change('9999', { action: 'delete' });
  const large = planMarkdown(plan(client([...many, doomed])), { lang: 'en' });

  it('stays within a comment', () => {
    expect(large.length).toBeLessThanOrEqual(65_536);
  });

  it('says how much is left out', () => {
    expect(large).toMatch(/\d+ lines left out for lack of room/);
  });

  it('keeps deletions when room is short', () => {
    expect(large).toContain('| - | extension `9999` |');
  });

  it('closes what it opens, also when cut', () => {
    expect(large.match(/<details>/g)?.length).toBe(large.match(/<\/details>/g)?.length);
  });

  it('never cuts a row', () => {
    const rows = large.split('\n').filter((line) => line.startsWith('| +'));
    expect(rows.every((row) => row.endsWith(' |'))).toBe(true);
  });

  it('begins with the marker', () => {
    expect(large.startsWith('<!-- alta:plan -->\n')).toBe(true);
  });

  it('holds the marker once, whatever names say', () => {
    const named = change('1', { fields: [field('name', { after: '<!-- alta:plan -->' })] });
    expect(planMarkdown(plan(client([named])), { lang: 'en' }).match(/<!--/g)).toHaveLength(1);
  });

  it('leaves out a block of which no row fits', () => {
    const blocks = [{ open: '<a>', rows: ['12345', '6'], close: '</a>' }];
    expect(budget(blocks, 10)).toEqual({ text: '', leftOut: 2 });
  });

  it('keeps the rows that fit', () => {
    const blocks = [{ open: '<a>', rows: ['12345', '6'], close: '</a>' }];
    expect(budget(blocks, 12)).toEqual({ text: '<a>12345</a>', leftOut: 1 });
  });
});

describe('JSON', () => {
  it.each([
    ['create', 'create'],
    ['update', 'update'],
    ['delete', 'delete'],
    ['record', 'no-op'],
    ['forget', 'forget'],
  ] as const)('shows %s as %s', (action, shown) => {
    const [only] = planJson(plan(client([change('1', { action })])), show).resource_changes;
    expect(only?.change.actions).toEqual([shown]);
  });

  it('has a mask and no value for a secret', () => {
    const secret = field('sip', { sensitive: true });
    const [only] = planJson(plan(client([change('1', { fields: [secret] })])), show).resource_changes;
    expect(only?.change).toMatchObject({ after: {}, after_sensitive: { sip: true } });
  });

  it('shows a value known after apply as unknown', () => {
    const unknown = field('registrationName', { unknown: true });
    const [only] = planJson(plan(client([change('1', { fields: [unknown] })])), show).resource_changes;
    expect(only?.change).toMatchObject({ after: {}, after_unknown: { registrationName: true } });
  });

  it('binds an approval to the digest of each change', () => {
    const one = change('1');
    const [only] = planJson(plan(client([one])), show).resource_changes;
    expect(only?.digest).toBe(changeDigest(one));
  });

  it('reports drift from what was applied to what was found', () => {
    const fields = [field('name', { before: 'Pepe', after: 'Recepción', why: 'drift' })];
    const { resource_drift } = planJson(
      plan(client([change('1', { action: 'update', section: 'drift', fields })])),
      show,
    );
    expect(resource_drift[0]?.change).toMatchObject({
      before: { name: 'Recepción' },
      after: { name: 'Pepe' },
    });
  });

  it('reports what vanished as deleted outside', () => {
    const { resource_drift } = planJson(plan(client([change('1', { section: 'vanished' })])), show);
    expect(resource_drift[0]?.change.actions).toEqual(['delete']);
  });

  it('is not applyable where everything is blocked', () => {
    const blocked = { code: 'protected', params: {} } as const;
    expect(planJson(plan(client([change('1', { action: 'delete', blocked })])), show).applyable).toBe(false);
  });

  it('gives GitLab three counts and nothing else', () => {
    expect(gitlabReport(plan(client([change('1'), change('2', { action: 'update' })])))).toEqual({
      create: 1,
      update: 1,
      delete: 0,
    });
  });

  it('renders five thousand changes in less than a second', () => {
    const changes = Array.from({ length: 5000 }, (_, n) =>
      change(String(n), { fields: [field('name', { after: 'x' })] }),
    );
    const started = performance.now();
    planJson(plan(client(changes)), show);
    expect(performance.now() - started).toBeLessThan(1000);
  });
});

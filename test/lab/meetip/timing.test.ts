import { request } from 'node:https';
import { describe, expect, test, vi } from 'vitest';
import { bench, freeze, pass, person } from './fixture.ts';

/** Milliseconds until a promise settles, with what it settled to. */
async function timed<T>(promise: Promise<T>): Promise<{ took: number; value: T }> {
  const from = performance.now();
  const value = await promise;
  return { took: performance.now() - from, value };
}

describe('a slow write', () => {
  test('is done at once and answered late', async () => {
    const { api, box } = await bench({ slowWriteMs: 700 });
    let answered = false;
    const waiting = timed(api('ext.add', person('118'))).finally(() => {
      answered = true;
    });
    await vi.waitFor(() => expect(Object.keys(box.saved())).toEqual(['118']));
    expect((await api('ext.list', { server: '169' })).json['10']).toBeDefined();
    expect(answered).toBe(false);
    const { took, value } = await waiting;
    expect([value.json.ext, took > 690]).toEqual([118, true]);
  });

  test('is done although its client does not wait', async () => {
    const { service, raw, box } = await bench({ slowWriteMs: 60_000 });
    const { apiKey: apikey } = service.credentials;
    const query = new URLSearchParams({ apikey, action: 'pbxware.ext.add', ...person('118') } as Record<
      string,
      string
    >);
    const sent = request(`${service.url}/?${query}`, { rejectUnauthorized: false, agent: false }).on(
      'error',
      () => {},
    );
    sent.end();
    await vi.waitFor(() => expect(Object.keys(box.saved())).toEqual(['118']));
    sent.destroy();
    expect((await raw('/')).status).toBe(200);
  });

  test('sends not even its headers before, and nothing of how it waits', async () => {
    const { post } = await bench({ slowWriteMs: 150 });
    const { took, value } = await timed(post('ext.add', person('118')));
    expect([took > 140, Object.keys(value.headers).join().includes('lab')]).toEqual([true, false]);
  });

  test('reads and refusals are not slow', async () => {
    const { api } = await bench({ slowWriteMs: 5000 });
    const { took } = await timed(
      Promise.all([api('ext.list', { server: '169' }), api('ext.delete', { server: '169', id: '99' })]),
    );
    expect(took).toBeLessThan(2000);
  });
});

describe('late visibility', () => {
  test('an extension is taken, and seen later', async () => {
    freeze();
    const { api, box } = await bench({ lateVisibilityMs: 150 });
    const { json } = await api('ext.add', person('118'));
    expect([json.ext, Object.keys(box.saved()), Object.keys(box.running())]).toEqual([118, ['118'], []]);
    expect((await api('ext.list', { server: '169' })).text).toBe('[]');
    expect((await api('ext.configuration', { server: '169', id: '10' })).json.error).toBe(
      'No such extension',
    );
    expect((await api('ext.add', person('118'))).json.error).toContain('reserved');
    pass(150);
    expect((await api('ext.list', { server: '169' })).json['10']).toBeDefined();
    expect(Object.keys(box.running())).toEqual(['118']);
  });

  test('a delete is done, and seen later', async () => {
    freeze();
    const { api, box } = await bench({ lateVisibilityMs: 100, tenants: [{ code: '301', extensions: 1 }] });
    await api('ext.delete', { server: '169', id: '10' });
    expect([box.saved(), Object.keys(box.running())]).toEqual([{}, ['100']]);
    pass(100);
    expect((await api('ext.list', { server: '169' })).text).toBe('[]');
  });

  test('what was there from the start is seen at once', async () => {
    const { api } = await bench({ lateVisibilityMs: 5000, tenants: [{ code: '301', extensions: 2 }] });
    expect(Object.keys((await api('ext.list', { server: '169' })).json)).toHaveLength(2);
  });
});

describe('PHP warnings', () => {
  test('before the JSON, and the write happens', async () => {
    const { api, box } = await bench({ writeWarning: 'before' });
    const { text } = await api('ext.add', person('118'));
    expect(text).toMatch(/Warning[\s\S]*\{"success":"Extension ID: 10"/);
    expect(Object.keys(box.saved())).toEqual(['118']);
  });

  test('in place of it, and the write happens', async () => {
    const { api, box } = await bench({ writeWarning: 'instead' });
    const { text } = await api('ext.add', person('118'));
    expect([text.includes('Warning'), text.includes('success')]).toEqual([true, false]);
    expect(Object.keys(box.saved())).toEqual(['118']);
  });

  test('not on reads, and not on refusals', async () => {
    const { api } = await bench({ writeWarning: 'instead' });
    expect((await api('ext.list', { server: '169' })).text).toBe('[]');
    expect((await api('ext.add', person('1'))).json.error).toContain("'ext=1'");
  });
});

describe('a tenant that is still being built', () => {
  test('fails in turns, then takes', async () => {
    const { api, box } = await bench({ tenants: [{ code: '301', building: 4 }] });
    const texts = [];
    for (let count = 0; count < 4; count += 1) texts.push((await api('ext.add', person('118'))).text);
    expect(texts[0]).toMatch(/^<!DOCTYPE html>/);
    expect(texts.slice(1).map((text) => JSON.parse(text).error)).toEqual([
      'Unable to create extension',
      "Table 'pw_tenant.extensions' doesn't exist",
      'Failed to generate configuration',
    ]);
    expect(box.saved()).toEqual({});
    expect((await api('ext.add', person('118'))).json.ext).toBe(118);
  });

  test('or always with one message', async () => {
    const { api } = await bench({ tenants: [{ code: '301', building: 2, buildingAnswer: 'create' }] });
    for (let count = 0; count < 2; count += 1) {
      expect((await api('ext.add', person('118'))).json.error).toBe('Unable to create extension');
    }
    expect((await api('ext.add', person('118'))).json.ext).toBe(118);
  });

  test('other tenants are not touched', async () => {
    const { api } = await bench({ tenants: [{ code: '301', building: 1 }, { code: '302' }] });
    expect((await api('ext.add', person('118', { server: '203' }))).json.ext).toBe(118);
  });
});

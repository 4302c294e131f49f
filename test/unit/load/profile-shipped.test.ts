import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { loadProfile } from '../../../engine/load/index.ts';

describe('the shipped profiles', () => {
  const path = fileURLToPath(new URL('../../../profiles/pekepbx-v36.yaml', import.meta.url));
  const text = readFileSync(path, 'utf8');
  const { profile, diagnostics } = loadProfile('profiles/pekepbx-v36.yaml', text);

  test('load', () => {
    expect(diagnostics).toEqual([]);
  });

  test('hold what is documented without a mark', () => {
    expect(profile?.transport?.base).toBe('/api/v2');
    expect(profile?.auth.login).toEqual({
      path: '/login',
      body: { username: '{username}', password: '{password}' },
    });
    expect(profile?.auth.token).toEqual({ path: 'token' });
    expect(profile?.auth.expires).toEqual({ path: 'expires_in' });
    expect(profile?.tenant.digits).toBe(5);
    expect(profile?.identity.registrationName).toBe('ext{companyId}{number}');
    expect(profile?.resources.extension).toMatchObject({
      list: { path: '/extension' },
      get: { path: '/extension/{id}' },
      create: { path: '/extension' },
      update: { path: '/extension/{id}' },
      delete: { path: '/extension/{id}' },
    });
  });

  test('mark every name of the JSON that is not documented', () => {
    const unmarked: string[] = [];
    const look = (part: unknown, place: string): void => {
      if (typeof part !== 'object' || part === null) return;
      if ('path' in part && !('verify' in part) && !String(Reflect.get(part, 'path')).startsWith('/'))
        unmarked.push(place);
      for (const [key, value] of Object.entries(part)) look(value, `${place}.${key}`);
    };
    look(profile, '');
    expect(unmarked).toEqual(['.auth.token', '.auth.expires']);
    expect(profile?.list.pager.verify).toBe(true);
    expect(profile?.update.verify).toBe(true);
    expect(profile?.tenant.scopes.every(({ verify }) => verify === true)).toBe(true);
    expect(profile?.auth.refresh?.verify).toBe(true);
  });
});

import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { removeSecret, renderSecrets, setSecrets } from '../../../engine/edit/index.ts';

const entry = (rev: string) => ({
  rev: `01ARZ3NDEKTSV4RRFFQ69G5F${rev}`,
  age: `YWdlLWVuY3J5cHRpb24ub3JnL3Yx${'A'.repeat(600)}`,
});

describe('secrets.yaml', () => {
  test('starts with the client it belongs to', () => {
    expect(parse(renderSecrets('acme'))).toEqual({ apiVersion: 'alta/v1', kind: 'Secrets', client: 'acme' });
  });

  test('of the workspace names no client', () => {
    expect(parse(renderSecrets(null))).toEqual({ apiVersion: 'alta/v1', kind: 'Secrets' });
  });

  test('keeps its comments, sorts by name and writes each ciphertext on one line', () => {
    const text = setSecrets(renderSecrets('acme'), [
      { group: 'values', name: 'extensions/main/120/sip', entry: entry('A1') },
      { group: 'values', name: 'extensions/main/110/sip', entry: entry('A2') },
      { group: 'connect', name: 'pbx/main/password', entry: entry('A3') },
    ]);
    expect(text.split('\n').filter((line) => !line.includes('age:'))).toEqual([
      '# yaml-language-server: $schema=../../schemas/secrets.schema.json',
      '# Written by `alta secrets`. Every value is encrypted and bound to its name: do not copy or rename entries.',
      'apiVersion: alta/v1',
      'kind: Secrets',
      'client: acme',
      'connect:',
      '  pbx/main/password:',
      '    rev: 01ARZ3NDEKTSV4RRFFQ69G5FA3',
      'values:',
      '  extensions/main/110/sip:',
      '    rev: 01ARZ3NDEKTSV4RRFFQ69G5FA2',
      '  extensions/main/120/sip:',
      '    rev: 01ARZ3NDEKTSV4RRFFQ69G5FA1',
      '',
    ]);
  });

  test('replaces the secret of the same name', () => {
    const one = setSecrets(renderSecrets('acme'), [{ group: 'values', name: 'a/b', entry: entry('A1') }]);
    const two = setSecrets(one, [{ group: 'values', name: 'a/b', entry: entry('A2') }]);
    expect(two).toBe(one.replace('G5FA1', 'G5FA2'));
  });

  test('fills a group that stands empty', () => {
    const text = setSecrets(`${renderSecrets('acme')}connect:\n`, [
      { group: 'connect', name: 'a/b', entry: entry('A1') },
    ]);
    expect(Object.keys(parse(text).connect)).toEqual(['a/b']);
  });

  test('removes a secret, and the group that it leaves empty', () => {
    const one = setSecrets(renderSecrets('acme'), [{ group: 'values', name: 'a/b', entry: entry('A1') }]);
    expect(removeSecret(one, 'a/b')).toBe(renderSecrets('acme'));
  });

  test('stays as it is where there is nothing to remove', () => {
    expect(removeSecret(renderSecrets('acme'), 'a/b')).toBe(renderSecrets('acme'));
  });
});

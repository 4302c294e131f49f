import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { clearMarks, editProfile } from '../../../engine/edit/profile.ts';
import { loadProfile } from '../../../engine/load/index.ts';
import { AltaError } from '../../../engine/model/index.ts';
import { isMarked } from './browser.ts';

const shipped = readFileSync('profiles/pekepbx-v36.yaml', 'utf8');

function loaded(text: string) {
  const { profile, diagnostics } = loadProfile('profiles/pekepbx-v36.yaml', text);
  if (profile === null) throw new Error(JSON.stringify(diagnostics));
  return profile;
}

const comments = (text: string) => text.split('\n').filter((line) => line.trim().startsWith('#'));

describe('an edit of a profile', () => {
  it('leaves comments and everything else as they are', () => {
    const text = editProfile(shipped, [{ path: ['fields', 'name', 'path'], value: 'full_name' }]);
    expect(comments(text)).toEqual(comments(shipped));
    const { fields, ...rest } = loaded(text);
    const { fields: before, ...others } = loaded(shipped);
    expect(rest).toEqual(others);
    expect(fields).toEqual({ ...before, name: { ...before.name, path: 'full_name' } });
    expect(text).toContain('  name: { path: full_name, required: true, verify: true }');
  });

  it('removes what is undefined, and does not mind what is not there', () => {
    const text = editProfile(shipped, [
      { path: ['resources', 'company', 'get'], value: undefined },
      { path: ['resources', 'lift', 'get'], value: undefined },
    ]);
    expect(loaded(text).resources.company).toEqual({ list: { path: '/company' } });
  });

  it('puts a new key where the schema has it', () => {
    const text = editProfile(shipped, [{ path: ['canary'], value: { from: '9900', to: '9999' } }]);
    expect(loaded(text).canary).toEqual({ from: '9900', to: '9999' });
    expect(text.indexOf('\ncanary:')).toBeLessThan(text.indexOf('\ncallFlows:'));
  });

  it('refuses what is no YAML', () => {
    expect(() => editProfile('a: [', [])).toThrow(AltaError);
  });
});

describe('clearing marks', () => {
  const places = ['fields.name', 'tenant.scopes.1', 'fields.callerId.key', 'errors.text.2', 'list.pager'];

  it('clears exactly those, at fields, in lists and below fields', () => {
    const profile = loaded(clearMarks(shipped, places));
    expect(places.filter((place) => isMarked(profile, place))).toEqual([]);
    const others = [
      'fields.email',
      'tenant.scopes.0',
      'fields.callerId',
      'fields.callerId.shown',
      'errors.text.1',
    ];
    expect(others.filter((place) => !isMarked(profile, place))).toEqual([]);
  });

  it('writes down what the server looked like', () => {
    const keys = { id: 'number', full_name: 'string', note: 'null|string?', 'limits.outbound': 'number' };
    const text = clearMarks(shipped, [], keys);
    expect(loaded(text).guard).toEqual({ keys });
    expect(comments(text)).toEqual(comments(shipped));
  });

  it('replaces what it looked like before', () => {
    const once = clearMarks(shipped, [], { id: 'number', gone: 'string' });
    expect(loaded(clearMarks(once, [], { id: 'string' })).guard).toEqual({ keys: { id: 'string' } });
  });

  it('without anything to clear changes no word', () => {
    expect(loaded(clearMarks(shipped, []))).toEqual(loaded(shipped));
  });
});

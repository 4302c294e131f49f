import { describe, expect, it } from 'vitest';
import { freshState, type Migration, parseState, serialiseState } from '../../../engine/state/format.ts';
import { entry, keyOf, pendingOf, stateWith } from './kit.ts';

const full = stateWith({ resources: { [keyOf('10')]: entry('10') }, pending: pendingOf('11') });
const text = (change: object) => JSON.stringify({ ...full, ...change });
const parse = (content: string, migrations?: readonly Migration[]) =>
  parseState(content, 'acme', 'state/acme.json', migrations);

describe('serialiseState', () => {
  it('is read back as the same state', () => {
    expect(parse(serialiseState(full))).toEqual(full);
  });

  it('sorts keys, indents, and ends with a newline', () => {
    const lines = serialiseState(stateWith()).split('\n');
    expect(lines.slice(0, 3)).toEqual(['{', '  "alta_version": "0.1.0",', '  "client": "acme",']);
    expect(lines.at(-1)).toBe('');
  });

  it('does not depend on the order of insertion', () => {
    const reversed = Object.fromEntries(Object.entries(full).reverse());
    expect(serialiseState({ ...full, ...reversed })).toBe(serialiseState(full));
  });
});

describe('parseState', () => {
  it.each([
    ['an empty file', '', 'JSON'],
    ['a cut file', serialiseState(full).slice(0, 100), 'JSON'],
    ['merge conflict markers', `<<<<<<< HEAD\n${text({})}`, 'JSON'],
    ['a list', '[]', 'JSON'],
    ['null', 'null', 'JSON'],
    ['missing resources', text({ resources: undefined }), 'resources'],
    ['a text as serial', text({ serial: '1' }), 'serial'],
    ['a negative serial', text({ serial: -1 }), 'serial'],
    ['a number as commit', text({ commit: 1 }), 'commit'],
    ['pending without writes', text({ pending: {} }), 'pending'],
    ['a text as pending', text({ pending: 'x' }), 'pending'],
    ['several of them', text({ lineage: 1, targets: [] }), 'lineage, targets'],
  ])('refuses %s', (_, content, problem) => {
    expect(() => parse(content)).toThrowError(
      expect.objectContaining({ code: 'state-unreadable', params: { file: 'state/acme.json', problem } }),
    );
  });

  it.each([['2.0'], ['0.9'], ['1'], [1], [undefined]])('refuses format version %s', (version) => {
    expect(() => parse(text({ format_version: version }))).toThrowError(
      expect.objectContaining({ code: 'state-version-unknown' }),
    );
  });

  it('accepts a later minor version and keeps what it does not know', () => {
    expect(parse(text({ format_version: '1.7', extra: 1 }))).toEqual({
      ...full,
      format_version: '1.7',
      extra: 1,
    });
  });

  it('refuses the state of another client', () => {
    expect(() => parse(text({ client: 'beta' }))).toThrowError(
      expect.objectContaining({
        code: 'state-wrong-client',
        params: { file: 'state/acme.json', client: 'acme', found: 'beta' },
      }),
    );
  });

  it('accepts a commit', () => {
    expect(parse(text({ commit: 'c0ffee' })).commit).toBe('c0ffee');
  });

  it('migrates older states step by step', () => {
    const migration: Migration = {
      fromMajor: 0,
      migrate: (state) => ({ ...state, format_version: '1.0', outstanding: {} }),
    };
    expect(parse(text({ format_version: '0.9', outstanding: undefined }), [migration])).toEqual(full);
  });
});

describe('freshState', () => {
  it('is a valid state', () => {
    const fresh = freshState('acme', 'l', '0.1.0');
    expect(parse(serialiseState(fresh))).toEqual(fresh);
  });
});

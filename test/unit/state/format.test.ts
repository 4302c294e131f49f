import { describe, expect, it } from 'vitest';
import { freshState, type Migration, parseState, serialiseState } from '../../../engine/state/format.ts';
import { creation, entry, keyOf, pendingOf, stateWith } from './kit.ts';

const full = stateWith({ resources: { [keyOf('10')]: entry('10') }, pending: pendingOf('11') });
const text = (change: object) => JSON.stringify({ ...full, ...change });
const withEntry = (change: object) => text({ resources: { [keyOf('10')]: { ...entry('10'), ...change } } });
const at = (number: string) => `resources ${keyOf(number)}`;
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
    ['pending of no known time', text({ pending: { ...pendingOf(), startedAt: 'ayer' } }), 'pending'],
    ['an entry under the key of another', text({ resources: { [keyOf('11')]: entry('10') } }), at('11')],
    ['an entry that is none', text({ resources: { [keyOf('10')]: null } }), at('10')],
    ['an entry without secrets', withEntry({ secrets: undefined }), at('10')],
    ['an entry with a secret in clear', withEntry({ secrets: { sip: 'x' } }), at('10')],
    ['an entry of a kind that is none', withEntry({ kind: 'trunk' }), at('10')],
    ['an entry with a list as its kind', withEntry({ kind: ['extension'] }), at('10')],
    ['an entry with an object as value', withEntry({ values: { name: {} } }), at('10')],
    ['an entry with a text as dependencies', withEntry({ dependsOn: 'x' }), at('10')],
    ['an entry that is half protected', withEntry({ protect: false }), at('10')],
    ['an entry without a time', withEntry({ appliedAt: undefined }), at('10')],
    ['a target without an identity', text({ targets: { lab: { address: 'x' } } }), 'targets lab'],
    ['a step for a person that is none', text({ guided: { [keyOf('10')]: {} } }), `guided ${keyOf('10')}`],
    ['a debt that is none', text({ outstanding: { x: { attempts: '1' } } }), 'outstanding x'],
    [
      'a pending write that is none',
      text({ pending: { ...pendingOf(), writes: [null] } }),
      'pending.writes 0',
    ],
    [
      'a pending write under the key of another',
      text({
        pending: { ...pendingOf(), writes: [creation('10'), { ...creation('11'), key: keyOf('12') }] },
      }),
      'pending.writes 1',
    ],
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

  it('accepts everything that a state may hold', () => {
    const since = '2026-01-01T00:00:00.000Z';
    const { key, address, action } = creation('11');
    const secrets = { sip: { marker: null }, web: { marker: 'r1', readback: 'f' } };
    const values = { name: 'Recepción', ring: 20, nat: true };
    const content = {
      resources: { [keyOf('10')]: { ...entry('10', values), secrets, protect: true, dependsOn: ['x'] } },
      targets: { 'lab/301': { address: 'acme/pbx:main', commitPending: true, identity: { serial: 'S1' } } },
      guided: {
        [key]: { address, action, values, digest: 'd', since, attested: { by: 'ana', at: since, note: 'n' } },
        [keyOf('12')]: { address, action: 'delete', values: {}, digest: 'd', since },
      },
      outstanding: { [key]: { address, digest: 'd', reason: 'failed', since, attempts: 1 } },
      pending: {
        ...pendingOf('11'),
        writes: [
          { ...creation('11'), revs: { sip: null } },
          { ...creation('10'), action: 'delete', after: null },
        ],
      },
    };
    expect(parse(text(content))).toEqual({ ...full, ...content });
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

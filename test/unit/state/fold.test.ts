import { describe, expect, it } from 'vitest';
import { fold, onlyOpen, recover } from '../../../engine/state/fold.ts';
import type { ChangeRecord, HeaderRecord } from '../../../engine/state/record.ts';
import { creation, entry, keyOf, pendingOf, stateWith } from './kit.ts';

const intent = (seq: number, number: string): ChangeRecord => ({ t: 'intent', seq, write: creation(number) });
const done = (seq: number, of: ReturnType<typeof entry> | null): ChangeRecord => ({
  t: 'outcome',
  seq,
  result: 'done',
  entry: of,
});
const failed = (seq: number, written: 'nothing' | 'something' | 'unknown'): ChangeRecord => ({
  t: 'outcome',
  seq,
  result: 'failed',
  written,
});
const header: HeaderRecord = {
  t: 'begin',
  v: 1,
  lineage: 'lineage-1',
  serial: 1,
  epoch: 1,

  open: [],
};
const planned = (...numbers: string[]) => stateWith({ pending: pendingOf(...numbers) });
const keys = (writes: readonly { key: string }[] | undefined) => writes?.map((write) => write.key);

describe('fold', () => {
  it('changes nothing without records', () => {
    const state = planned('10');
    expect(fold(state, [], [])).toEqual({ state, open: [] });
  });

  it('leaves the given state as it was', () => {
    const state = planned('10');
    const before = structuredClone(state);
    fold(state, [], [intent(1, '10'), done(1, entry('10'))]);
    expect(state).toEqual(before);
  });

  it('keeps an intent without outcome open', () => {
    const folded = fold(planned('10'), [], [intent(1, '10')]);
    expect(folded.open).toEqual([{ seq: 1, write: creation('10'), written: 'unknown' }]);
  });

  it('holds the entry of a write that was done, and drops it from pending', () => {
    const folded = fold(planned('10', '11'), [], [intent(1, '10'), done(1, entry('10'))]);
    expect(folded.state.resources).toEqual({ [keyOf('10')]: entry('10') });
    expect(keys(folded.state.pending?.writes)).toEqual([keyOf('11')]);
    expect(folded.open).toEqual([]);
  });

  it('removes the entry of a deletion that was done', () => {
    const state = { ...planned('10'), resources: { [keyOf('10')]: entry('10') } };
    const folded = fold(state, [], [intent(1, '10'), done(1, null)]);
    expect(folded.state.resources).toEqual({});
  });

  it('closes a write that failed without writing', () => {
    const folded = fold(planned('10'), [], [intent(1, '10'), failed(1, 'nothing')]);
    expect(folded.open).toEqual([]);
    expect(folded.state.pending?.writes).toEqual([]);
  });

  it.each(['something', 'unknown'] as const)(
    'keeps a write open that failed having written %s',
    (written) => {
      const folded = fold(planned('10'), [], [intent(1, '10'), failed(1, written)]);
      expect(folded.open).toMatchObject([{ seq: 1, written }]);
      expect(keys(folded.state.pending?.writes)).toEqual([keyOf('10')]);
    },
  );

  it('lets a later success answer for an earlier doubt about the same key', () => {
    const records = [intent(1, '10'), failed(1, 'unknown'), intent(2, '10'), done(2, entry('10'))];
    expect(fold(planned('10'), [], records).open).toEqual([]);
  });

  it('keeps an earlier doubt when a later try wrote nothing', () => {
    const records = [intent(1, '10'), failed(1, 'unknown'), intent(2, '10'), failed(2, 'nothing')];
    const folded = fold(planned('10'), [], records);
    expect(folded.open).toMatchObject([{ seq: 1 }]);
    expect(keys(folded.state.pending?.writes)).toEqual([keyOf('10')]);
  });

  it('keeps a write of a key open that began after its predecessor was done', () => {
    const records = [intent(1, '10'), intent(2, '10'), done(1, entry('10'))];
    expect(fold(planned('10'), [], records).open).toMatchObject([{ seq: 2 }]);
  });

  it('ignores an outcome without intent', () => {
    const folded = fold(planned('10'), [], [done(7, entry('10'))]);
    expect(folded.state.resources).toEqual({});
  });

  it('settles an intent that was open before', () => {
    const open = [{ seq: 4, write: creation('10'), written: 'unknown' }] as const;
    const folded = fold(planned('10'), open, [done(4, entry('10'))]);
    expect(folded).toMatchObject({ open: [], state: { resources: { [keyOf('10')]: entry('10') } } });
  });

  it('notes a commit that is due and its end', () => {
    const due: ChangeRecord = { t: 'commit-pending', targetKey: 'lab/301', address: 'acme/pbx:main' };
    const folded = fold(stateWith(), [], [due]);
    const target = { address: 'acme/pbx:main', commitPending: true, identity: {} };
    expect(folded.state.targets).toEqual({ 'lab/301': target });
    const ended = fold(folded.state, [], [{ t: 'committed', targetKey: 'lab/301' }]);
    expect(ended.state.targets).toEqual({ 'lab/301': { ...target, commitPending: false } });
  });

  it('keeps what a target said it is', () => {
    const identity = { serial: '3631A0000001' };
    const targets = { 'lab/301': { address: 'acme/pbx:old', commitPending: false, identity } };
    const due: ChangeRecord = { t: 'commit-pending', targetKey: 'lab/301', address: 'acme/pbx:main' };
    expect(fold(stateWith({ targets }), [], [due]).state.targets).toEqual({
      'lab/301': { address: 'acme/pbx:main', commitPending: true, identity },
    });
  });

  it('ignores the end of a commit of an unknown target', () => {
    expect(fold(stateWith(), [], [{ t: 'committed', targetKey: 'lab/301' }]).state.targets).toEqual({});
  });
});

describe('recover', () => {
  it('takes only started writes for open where the journal is there', () => {
    const recovered = recover(planned('10', '11'), [header, intent(1, '10')], true);
    expect(recovered.open).toMatchObject([{ seq: 1, write: { key: keyOf('10') } }]);
    expect(keys(recovered.state.pending?.writes)).toEqual([keyOf('10')]);
    expect(recovered.torn).toBe(true);
  });

  it('takes every pending write for open where the journal is gone', () => {
    const recovered = recover(planned('10', '11'), [], false);
    expect(recovered.open).toMatchObject([
      { seq: 1, write: { key: keyOf('10') }, written: 'unknown' },
      { seq: 2, write: { key: keyOf('11') }, written: 'unknown' },
    ]);
  });

  it('has nothing pending where nothing was started', () => {
    expect(recover(planned('10'), [header], false).state.pending).toBeNull();
  });

  it('has nothing open where nothing was pending', () => {
    expect(recover(stateWith(), [], false)).toEqual({ state: stateWith(), open: [], torn: false });
  });

  it('carries on what was open when the journal began', () => {
    const open = [{ seq: 3, write: creation('10'), written: 'something' }] as const;
    expect(recover(planned('10'), [{ ...header, open }], false).open).toEqual(open);
  });
});

describe('onlyOpen', () => {
  it('is null where the state has nothing pending', () => {
    const open = [{ seq: 3, write: creation('10'), written: 'something' }] as const;
    expect(onlyOpen({ state: stateWith(), open })).toBeNull();
  });
});

import { describe, expect, it } from 'vitest';
import type { Sftp } from '../../../providers/transport/sftp.ts';
import { PlaceError, type Stage } from '../../../providers/transport/store-place.ts';
import { putInPlace } from '../../../providers/transport/store-swap.ts';

type Step = 'replace' | 'rename' | 'unlink';

/** A server that cannot rename over a file. `fails`: which of its answers is an error, by its place in the order, and what kind. */
function server(files: Readonly<Record<string, string>>, fails: Readonly<Record<number, string>> = {}) {
  const lying = new Map(Object.entries(files));
  const asked: Step[] = [];
  const answer = (step: Step) => {
    asked.push(step);
    const kind = fails[asked.length - 1];
    if (kind !== undefined) throw new PlaceError(kind);
  };
  const take = (from: string) => {
    const text = lying.get(from);
    if (text === undefined) throw new PlaceError('no-such-file');
    lying.delete(from);
    return text;
  };
  const sftp: Pick<Sftp, Step> = {
    replace: async () => {
      answer('replace');
      return false;
    },
    rename: async (from, to) => {
      answer('rename');
      if (lying.has(to)) throw new PlaceError('failure');
      lying.set(to, take(from));
    },
    unlink: async (file) => {
      answer('unlink');
      take(file);
    },
  };
  return { sftp, files: () => Object.fromEntries(lying) };
}

const places = { temporary: 'tmp', file: 'a.cfg', aside: 'aside' };

async function swap(files: Readonly<Record<string, string>>, fails: Readonly<Record<number, string>> = {}) {
  const { sftp, files: left } = server(files, fails);
  const stage: Stage = { written: 'nothing' };
  const work = putInPlace(sftp, { ...places, isThere: 'a.cfg' in files }, stage);
  const kind = await thrownKind(work);
  return { kind, written: stage.written, left: left() };
}

async function thrownKind(work: Promise<void>): Promise<string | null> {
  const error = await work.then(
    () => null,
    (failure: unknown) => failure,
  );
  return error instanceof PlaceError ? error.kind : null;
}

describe('a server that cannot replace a file in one step', () => {
  const both = { tmp: 'new', 'a.cfg': 'old' };

  it('has the new file in the end, and nothing else', async () => {
    expect(await swap(both)).toMatchObject({ kind: null, left: { 'a.cfg': 'new' } });
  });

  it('makes a file that was not there', async () => {
    expect(await swap({ tmp: 'new' })).toMatchObject({ kind: null, left: { 'a.cfg': 'new' } });
  });

  it('has the old file where that may not step aside', async () => {
    expect(await swap(both, { 1: 'permission-denied' })).toEqual({
      kind: 'permission-denied',
      written: 'nothing',
      left: both,
    });
  });

  it('has the old file back where the new one is refused', async () => {
    expect(await swap(both, { 2: 'failure' })).toEqual({ kind: 'failure', written: 'nothing', left: both });
  });

  it('has the old file aside where it may not come back, which is something', async () => {
    expect(await swap(both, { 2: 'failure', 3: 'permission-denied' })).toEqual({
      kind: 'failure',
      written: 'something',
      left: { tmp: 'new', aside: 'old' },
    });
  });

  it('that is cut off in between has the old file aside, and nobody knows', async () => {
    expect(await swap(both, { 2: 'lost' })).toEqual({
      kind: 'lost',
      written: 'unknown',
      left: { tmp: 'new', aside: 'old' },
    });
  });

  it('has the new file also where the old one stays aside', async () => {
    expect(await swap(both, { 3: 'permission-denied' })).toMatchObject({
      kind: null,
      left: { 'a.cfg': 'new', aside: 'old' },
    });
  });
});

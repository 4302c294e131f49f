import { describe, expect, it } from 'vitest';
import { ifExists, reasonOf, systemIo } from '../../../engine/state/io.ts';
import { manualClock, systemError } from './kit.ts';

describe('reasonOf', () => {
  it.each([
    [systemError('ENOSPC'), 'ENOSPC'],
    [new Error('broken'), 'broken'],
    ['thrown text', 'thrown text'],
  ])('of %s is %s', (error, reason) => {
    expect(reasonOf(error)).toBe(reason);
  });
});

describe('ifExists', () => {
  it('answers what was asked for', async () => {
    expect(await ifExists(Promise.resolve(1))).toBe(1);
  });

  it('answers undefined where the file does not exist', async () => {
    expect(await ifExists(Promise.reject(systemError('ENOENT')))).toBeUndefined();
  });

  it('passes other errors on', async () => {
    await expect(ifExists(Promise.reject(systemError('EACCES')))).rejects.toThrow('EACCES');
  });
});

describe('systemIo', () => {
  it('never gives the same id twice', () => {
    const io = systemIo(manualClock());
    expect(io.id()).not.toBe(io.id());
  });

  it('lets crash points pass', () => {
    expect(systemIo(manualClock()).at('journal:written')).toBeUndefined();
  });
});

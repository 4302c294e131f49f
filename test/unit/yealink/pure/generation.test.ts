import { describe, expect, it } from 'vitest';
import { asksForBoot, generationOf } from '../../../../providers/device/yealink/generation.ts';
import { hasField, keyRows, managedKeys } from '../../../../providers/device/yealink/keys.ts';
import { commonFileOf, modelOf, models } from '../../../../providers/device/yealink/models.ts';

describe('the generation of a firmware', () => {
  it.each([
    ['108.86.0.20', 'v83'],
    ['108.86', 'v83'],
    ['28.83', 'v83'],
    ['28.82', 'v81'],
    ['28.81', 'v81'],
    ['28.80', 'v80'],
    ['28.73', 'v71'],
    ['28.71', 'v71'],
    ['2.71', 'v70'],
    ['32.70', 'v70'],
    ['185.87', 'v83'],
  ])('%s is %s', (firmware, generation) => {
    expect(generationOf(firmware)).toBe(generation);
  });

  it.each(['', 'V86', '86', '108.8', '108.860', '2.61', '108.86.', ' 108.86', '108.86.0.20\n'])(
    '%j is no known firmware',
    (firmware) => {
      expect(generationOf(firmware)).toBeNull();
    },
  );

  it('decides about boot files', () => {
    expect((['v70', 'v71', 'v80', 'v81', 'v83'] as const).map(asksForBoot)).toEqual([
      false,
      false,
      false,
      true,
      true,
    ]);
  });
});

describe('keys', () => {
  it('have one name each on a line', () => {
    const keys = managedKeys('3', 'v83');
    expect(new Set(keys).size).toBe(keys.length);
    expect(keys.every((key) => key.includes('3') && !key.includes('N'))).toBe(true);
  });

  it('of retries are missing on V70 only', () => {
    expect(hasField('retries', 'v70')).toBe(false);
    expect(hasField('retries', 'v71')).toBe(true);
  });

  it('say where they are known from', () => {
    expect(keyRows.filter(({ source }) => source === 'unknown')).toEqual([]);
  });
});

describe('models', () => {
  it.each(['T46U', 't46u', 'SIP-T46U', 'Yealink SIP T46U'])('%s is found', (name) => {
    expect(modelOf(name)?.accounts).toBe(16);
  });

  it('that are not in the table are not found', () => {
    expect(modelOf('T99X')).toBeNull();
  });

  it('stand there once', () => {
    expect(new Set(models.map(({ name }) => name)).size).toBe(models.length);
  });

  it('have a common file of twelve digits', () => {
    expect(models.map(commonFileOf).filter((name) => !/^y\d{12}\.cfg$/.test(name))).toEqual([]);
  });
});

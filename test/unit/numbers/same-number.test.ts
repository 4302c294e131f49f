import { describe, expect, test } from 'vitest';
import { sameNumber } from '../../../providers/numbers.ts';

describe('one telephone number', () => {
  test.each([
    ['+34910000001', '34910000001'],
    ['+34910000001', '0034910000001'],
    ['+34910000001', '910000001'],
    ['910000001', '0034 910 00 00 01'],
    ['(+34) 910-000-001', '910.000.001'],
    ['+351210000001', '210000001'],
    ['600', '600'],
    ['910000001', '910000001'],
  ])('%s is %s', (one, other) => {
    expect(sameNumber(one, other)).toBe(true);
    expect(sameNumber(other, one)).toBe(true);
  });

  test.each([
    ['910000001', '910000002'],
    ['+34910000001', '+351910000001'],
    ['+34910000001', '+910000001'],
    ['0001', '+34910000001'],
    ['10', '34910000010'],
    ['00034910000001', '910000001'],
    ['12345910000001', '910000001'],
    ['+600', '600'],
    ['', ''],
    ['', '910000001'],
    ['Ventas', 'Ventas'],
    ['sip:910000001@pbx.example', '910000001'],
    ['anonymous', ''],
  ])('%s is not %s', (one, other) => {
    expect(sameNumber(one, other)).toBe(false);
    expect(sameNumber(other, one)).toBe(false);
  });

  test('a long text is judged quickly', () => {
    const start = process.cpuUsage();
    for (const text of [`${'1 '.repeat(50_000)}x`, `${' '.repeat(100_000)}x`, `${'9'.repeat(100_000)}x`])
      expect(sameNumber(text, '910000001')).toBe(false);
    expect(process.cpuUsage(start).user / 1_000).toBeLessThan(500);
  });
});

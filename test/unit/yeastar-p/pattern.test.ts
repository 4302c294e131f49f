/** The patterns of inbound routes, which are data of the box. */
import { describe, expect, it } from 'vitest';
import { fits, stepsOf } from '../../../providers/pbx/yeastar-p/flows/pattern.ts';

const takes = (pattern: string, number: string) => {
  const steps = stepsOf(pattern);
  return steps === undefined ? undefined : fits(steps, number);
};

describe('a pattern', () => {
  it.each([
    ['910', '910', true],
    ['910', '9100', false],
    ['910', '91', false],
    ['9XX', '910', true],
    ['9xx', '910', true],
    ['9ZX', '910', true],
    ['9ZX', '900', false],
    ['9NX', '910', false],
    ['9NX', '920', true],
    ['X', '+', false],
    ['91.', '91', false],
    ['91.', '910', true],
    ['91!', '91', true],
    ['91!', '91000', true],
    ['!', '', true],
    ['.', '', false],
    ['..', '1', false],
    ['..', '12', true],
    ['!1!2', '3312', true],
    ['!1!2', '3321', false],
    ['!121', '12121', true],
    ['.1.', '111', true],
    ['.1.', '11', false],
    ['+34!', '+34910', true],
    ['9[135]', '93', true],
    ['9[135]', '94', false],
    ['9[1-35]', '92', true],
    ['9[1-35]', '94', false],
    ['9[1-35]', '95', true],
    ['9[-3]', '9-', true],
    ['(a|b)*', '(a|b)*', true],
    ['(1)*', '111', false],
    ['', '', true],
    ['', '1', false],
  ])('%j takes %j: %s', (pattern, number, expected) => {
    expect(takes(pattern, number)).toBe(expected);
  });

  it.each(['9[', '9]', '9[]', '9[a-z]', '9[3-1]'])('%j is none', (pattern) => {
    expect(stepsOf(pattern)).toBeUndefined();
  });

  it.each([
    `${'!'.repeat(200)}N`,
    `${'!1'.repeat(200)}N`,
    `${'.'.repeat(5)}${'!.'.repeat(60)}N`,
    `${'![0-9]'.repeat(300)}N`,
  ])('costs next to nothing, whatever it is made of (%#)', (pattern) => {
    const from = performance.now();
    expect(takes(pattern, '1'.repeat(400))).toBe(false);
    expect(performance.now() - from).toBeLessThan(1_000);
  });
});

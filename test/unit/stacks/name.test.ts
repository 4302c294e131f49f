import { describe, expect, test } from 'vitest';
import { attributeName, terraformName } from '../../../stacks/name.ts';

describe('terraformName', () => {
  test('joins label and key', () => {
    expect(terraformName('main', '110')).toBe('main_110');
  });

  test('puts an underscore before a leading digit', () => {
    expect(terraformName('2nd-floor', '10')).toBe('_2nd-floor_10');
  });

  test('keeps labels apart that differ only in punctuation', () => {
    const labels = ['a.b', 'a_b', 'a-b', 'a_db', 'a__b', 'a_.b', 'a._b'];
    const names = labels.map((label) => terraformName(label, '10'));
    expect(new Set(names).size).toBe(labels.length);
  });

  test('keeps a label that ends like a key apart from a longer key', () => {
    expect(terraformName('a_1', '0')).not.toBe(terraformName('a', '10'));
  });

  test.each(['main', '2nd', 'a.b', 'A_b-c'])('gives a name that Terraform accepts for %s', (label) => {
    expect(terraformName(label, '10')).toMatch(/^[A-Za-z_][A-Za-z0-9_-]*$/);
  });
});

test('attributeName writes canonical fields in snake case', () => {
  expect(attributeName('voicemailToEmail')).toBe('voicemail_to_email');
});

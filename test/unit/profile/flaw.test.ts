import { describe, expect, it } from 'vitest';
import { jsonFlaw } from '../../../engine/load/har/flaw.ts';

describe('the place of a flaw', () => {
  it.each<[string, string, number]>([
    ['a comma too much', '{"a": 1,}', 8],
    ['a comma too much in a list', '[1,]', 3],
    ['no colon', '{"a" 1}', 5],
    ['a key without quotes', '{a: 1}', 1],
    ['single quotes', "{'a': 1}", 1],
    ['a wrong word', '[true, nil]', 7],
    ['a number that begins with zero', '[01]', 2],
    ['a number without digits', '[-]', 1],
    ['a line break in a text', '["a\nb"]', 3],
    ['a wrong escape', '["\\x"]', 2],
    ['a wrong unicode escape', '["\\u12g4"]', 2],
    ['a bracket that closes another', '{"a": [1}', 8],
    ['something behind the end', '{} {}', 3],
    ['a comment', '{} // x', 3],
    ['no space that JSON knows', '\u00a0{}', 0],
    ['two values', '1 2', 2],
    ['a comma first', '[,1]', 1],
    ['a colon in a list', '[1:2]', 2],
  ])('of %s', (_name, text, at) => {
    expect(jsonFlaw(text)).toBe(at);
  });

  it.each(['', '  ', '{', '[1', '{"a"', '{"a":', '"abc'])('of what is cut off (%j) is its end', (text) => {
    expect(jsonFlaw(text)).toBe(text.length);
  });
});

describe('against the parser of the platform', () => {
  const whole = JSON.stringify({
    log: { n: [0, -1.5e-7, 12, true, null, 'ñ "\\/\b\u0000 😀', { '': [[], {}] }], deep: [[[[{ a: {} }]]]] },
  });

  it('finds nothing where it reads', () => {
    expect([jsonFlaw(whole), jsonFlaw(JSON.stringify(JSON.parse(whole), null, 2))]).toEqual([null, null]);
  });

  it('finds something wherever it does not read, in every cut and every changed character', () => {
    const wrong: string[] = [];
    for (let at = 0; at < whole.length; at += 1) {
      for (const text of [whole.slice(0, at), `${whole.slice(0, at)}}${whole.slice(at + 1)}`]) {
        if (isJson(text) !== (jsonFlaw(text) === null)) wrong.push(text);
      }
    }
    expect(wrong).toEqual([]);
  });

  it('takes time in proportion for texts that are deep or long', () => {
    const depth = 200_000;
    expect(jsonFlaw('['.repeat(depth))).toBe(depth);
    expect(jsonFlaw(`["${'x'.repeat(5_000_000)}`)).toBe(5_000_002);
  });
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

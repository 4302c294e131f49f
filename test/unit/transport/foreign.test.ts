import { describe, expect, it } from 'vitest';
import { visible } from '../../../engine/model/foreign.ts';

describe('made visible', () => {
  it.each([
    ['an escape', '\u{1b}[31mred', '␛[31mred'],
    ['a link of the terminal', '\u{1b}]8;;http://x.example\u{7}', '␛]8;;http://x.example␇'],
    ['a line feed', 'a\nb', 'a␊b'],
    ['a carriage return', 'a\rb', 'a␍b'],
    ['a tab', 'a\tb', 'a␉b'],
    ['nul', 'a\0b', 'a␀b'],
    ['delete', 'a\u{7f}b', 'a␡b'],
    ['C1', '\u{9b}31m\u{85}', '\\u{9b}31m\\u{85}'],
    ['bidi overrides', '\u{202e}gpj\u{202c}', '\\u{202e}gpj\\u{202c}'],
    ['bidi isolates', '\u{2066}a\u{2069}', '\\u{2066}a\\u{2069}'],
    ['bidi marks', '\u{200e}\u{200f}\u{61c}', '\\u{200e}\\u{200f}\\u{61c}'],
    ['zero width', 'a\u{200b}\u{200c}\u{200d}\u{2060}b', 'a\\u{200b}\\u{200c}\\u{200d}\\u{2060}b'],
    ['a byte order mark', '\u{feff}a', '\\u{feff}a'],
    ['a soft hyphen', 'a\u{ad}b', 'a\\u{ad}b'],
    ['tags', 'a\u{e0041}\u{e007f}', 'a\\u{e0041}\\u{e007f}'],
    ['hidden selectors', 'a\u{e0100}\u{fe00}', 'a\\u{e0100}\\u{fe00}'],
    ['line separators', 'a\u{2028}\u{2029}', 'a\\u{2028}\\u{2029}'],
    ['blank letters', '\u{3164}\u{115f}\u{ffa0}\u{34f}', '\\u{3164}\\u{115f}\\u{ffa0}\\u{34f}'],
    ['a lone high surrogate', 'a\ud800b', 'a\\u{d800}b'],
    ['a lone low surrogate', '\udc00', '\\u{dc00}'],
    ['a command of a CI runner on its own line', 'x\n::stop-commands::y', 'x␊::stop-commands::y'],
    ['a section of a CI log', '\u{1b}[0Ksection_start:1:a\r\u{1b}[0K', '␛[0Ksection_start:1:a␍␛[0K'],
  ])('%s', (_name, foreign, shown) => {
    expect(visible(foreign)).toBe(shown);
  });

  it('stays as it is the second time', () => {
    const once = visible('\u{1b}\u{202e}\n\ud800\u{e0041}');
    expect(visible(once)).toBe(once);
  });
});

describe('left alone', () => {
  it.each([
    'Recepción – Ventas (1ª)',
    'Ñandú «ü» ß 日本語 العربية',
    '☎️ 📞 €',
    '::stop-commands::',
    '##[group]x ##vso[task.setvariable]',
    '<!-- marker -->',
    '@all',
    '![](http://x.example)',
    '</script>',
    '=HYPERLINK("http://x.example")',
  ])('%s', (text) => {
    expect(visible(text)).toBe(text);
  });
});

import { describe, expect, it } from 'vitest';
import { fill, fillMarkdown } from '../../../engine/report/fill.ts';
import { jsonText } from '../../../engine/report/json.ts';
import {
  annotationData,
  annotationProperty,
  htmlText,
  markdownCode,
  quoted,
  safeText,
} from '../../../engine/report/safe.ts';

const hostile = [
  '::stop-commands::token',
  '##[error]text',
  '##vso[task.complete result=Failed]',
  'section_start:1:name\r\u001b[0K',
  '<!-- alta:plan -->',
  '@all',
  '![](http://198.51.100.7/a.png)',
  '</script><script>',
  '=HYPERLINK("http://198.51.100.7")',
  '\u202Eevil',
  'a\u{E0041}b',
  'a | b',
  '`code`',
  'line\n::error::two',
];

describe('text for terminals and logs', () => {
  it.each(hostile)('holds no control, format or separator character: %j', (text) => {
    expect(safeText(text)).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
  });

  it.each(hostile)('is no command of a CI runner: %j', (text) => {
    expect(safeText(text)).not.toMatch(/^\s*::|##\[|##vso/);
  });

  it('leaves an IPv6 address in the middle of a text as it is', () => {
    expect(safeText('host 2001:db8::1')).toBe('host 2001:db8::1');
  });

  it('breaks a command behind white space too, as runners trim', () => {
    expect(safeText('  ::error::x')).toBe('  \\u{3a}:error::x');
  });

  it('quotes with the quotes inside escaped', () => {
    expect(quoted('a "b" ')).toBe('"a \\"b\\" "');
  });
});

describe('Markdown', () => {
  it.each(hostile)('becomes code that nothing inside can end: %j', (text) => {
    expect(markdownCode(text)).toMatch(/^(`[^`|<>]*`|<code>[\p{L}\p{N} ]*(&#\d+;[\p{L}\p{N} ]*)*<\/code>)$/u);
  });

  it('shows an ordinary name as plain code', () => {
    expect(markdownCode('Recepción 2ª')).toBe('`Recepción 2ª`');
  });

  it('shows an e-mail address as plain code', () => {
    expect(markdownCode('ventas@acme.example')).toBe('`ventas@acme.example`');
  });

  it('keeps a space at the end inside the code', () => {
    expect(markdownCode('Sala ')).toBe('<code>Sala </code>');
  });

  it('makes a name harmless inside a tag of ours', () => {
    expect(htmlText('</b>x')).toBe('&#60;&#47;b&#62;x');
  });
});

describe('templates', () => {
  it('joins lists and shows a missing parameter as a question mark', () => {
    expect(fill('{a}: {b}', { a: ['x', 'y'] })).toBe('x, y: ?');
  });

  it('does not fill what a parameter holds', () => {
    expect(fill('{a}', { a: '{b}', b: 'no' })).toBe('{b}');
  });

  it('does not take inherited names for parameters', () => {
    expect(fill('{constructor}', {})).toBe('?');
  });

  it('turns text parameters into code in Markdown, and leaves numbers', () => {
    expect(fillMarkdown('{count} of {name}', { count: 2, name: 'x' })).toBe('2 of `x`');
  });

  it('keeps our own code in Markdown', () => {
    expect(fillMarkdown('repeat with `--allow-delete {count}`', { count: 3 })).toBe(
      'repeat with `--allow-delete 3`',
    );
  });

  it('does not let a parameter end our own code', () => {
    expect(fillMarkdown('`alta attest {address}`', { address: 'a` @all' })).toBe(
      '<code>alta attest a&#96; &#64;all</code>',
    );
  });
});

describe('annotations', () => {
  it('stay on one line', () => {
    expect(annotationData('50% \r\n::error::x')).toBe('50%25 %0D%0A::error::x');
  });

  it('keep a property in its place', () => {
    expect(annotationProperty('a:b,c')).toBe('a%3Ab%2Cc');
  });
});

describe('JSON', () => {
  it('reads back as the same data', () => {
    const data = { names: hostile };
    expect(JSON.parse(jsonText(data))).toEqual(data);
  });

  it('holds nothing that a terminal or a CI log would obey', () => {
    expect(jsonText({ names: hostile })).not.toMatch(
      /##|\p{Cf}|\p{Zl}|[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/u,
    );
  });
});

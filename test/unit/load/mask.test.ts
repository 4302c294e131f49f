import { describe, expect, test } from 'vitest';
import { isSecretKey, maskLine, withoutLogin } from '../../../engine/load/mask.ts';

const whole = (line: string, parent = '', vault = false) =>
  maskLine(line, parent, { start: 0, end: 0 }, null, vault).code;

describe('what a snippet hides', () => {
  test.each([
    ['password: hunter', 'password: ********'],
    ['  - password: "a, b" # why', '  - password: ******** # why'],
    ["contraseña: 'x'", 'contraseña: ********'],
    ['{ user: ana, password: hunter, port: 5 }', '{ user: ana, password: ********, port: 5 }'],
    ['pin: 1234', 'pin: ********'],
    ['apiKey: abc', 'apiKey: ********'],
    ['"client-secret": abc', '"client-secret": ********'],
    ['password: "never closed', 'password: ********'],
    ['url: https://ana:hunter@pbx.example.com/', 'url: https://********@pbx.example.com/'],
  ])('%s', (line, shown) => {
    expect(whole(line)).toBe(shown);
  });

  test('a value on the line below its key', () => {
    expect(whole('  hunter', 'password:')).toBe('  ********');
  });

  test('a block of text below its key', () => {
    expect(whole('    hunter two', '  password: |')).toBe('    ********');
  });

  test('a secret that stands where no reference is due', () => {
    expect(whole('    secret: hunter', '  - pbx: main')).toBe('    secret: ********');
  });

  test('every value of secrets.yaml but the public ones', () => {
    expect(whole('  a/b: { rev: 01A, age: XYZ, value: hunter }', 'values:', true)).toBe(
      '  a/b: { rev: 01A, age: ********, value: ******** }',
    );
  });
});

describe('what a snippet shows', () => {
  test.each([
    'name: Recepción',
    'password: { secret: pbx/main/password }',
    'secrets: { sip: { source: pbx } }',
    'number: "110" # the pin is elsewhere',
    'pins: ["SHA256:abc"]',
  ])('%s', (line) => {
    expect(whole(line)).toBe(line);
  });

  test('the name of a secret on the line below its key', () => {
    expect(whole('  secret: pbx/main/password', 'password:')).toBe('  secret: pbx/main/password');
  });
});

describe('the highlight', () => {
  test('moves along with what is hidden before it', () => {
    const line = '{ password: a, number: 5 }';
    const start = line.indexOf('5');
    const shown = maskLine(line, '', { start, end: start + 1 }, null, false);
    expect(shown.code.slice(shown.start, shown.end)).toBe('5');
  });

  test('covers the mask where it covered the secret', () => {
    const line = 'password: a long one';
    const shown = maskLine(line, '', { start: 10, end: line.length }, null, false);
    expect(shown.code.slice(shown.start, shown.end)).toBe('********');
  });

  test('hides its own text where it is told to', () => {
    const shown = maskLine('name: hunter', '', { start: 6, end: 12 }, { start: 6, end: 12 }, false);
    expect(shown.code).toBe('name: ********');
  });
});

test.each(['password', 'sipPassword', 'PIN', 'clave', 'api_key'])('%s names a secret', (name) => {
  expect(isSecretKey(name)).toBe(true);
});

test.each(['pins', 'name', 'number', 'spin', 'identity'])('%s names no secret', (name) => {
  expect(isSecretKey(name)).toBe(false);
});

test.each([
  ['?token=hunter2&a=b', '?token=********&a=b'],
  ['?a=b&X-Api-Key=hunter2', '?a=b&X-Api-Key=********'],
  ['?key={client}&ref=main', '?key={client}&ref=main'],
])('of %s in an address %s is shown', (query, shown) => {
  expect(withoutLogin(`https://s.example/${query}`)).toBe(`https://s.example/${shown}`);
});

test('an address is shown without the user in it', () => {
  expect(withoutLogin('see https://a:b@c.example')).toBe('see https://********@c.example');
});

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { AltaError } from '../../../engine/model/index.ts';
import { observer } from '../../../providers/observer/asterisk/observer.ts';
import { captures, type Expected, notOurs } from './captures.ts';

const folder = 'test/fixtures/asterisk';
const files = readdirSync(folder).filter((name) => name !== 'README.md');
const read = (name: string) => observer.read(readFileSync(join(folder, name), 'utf8'), name);

/** Every name of any capture. */
const names = [
  ...new Set(
    [...captures.values()].flatMap((expected) => (expected === notOurs ? [] : Object.keys(expected))),
  ),
];

test('every capture has an expectation, and every expectation a capture', () => {
  expect([...captures.keys()].sort()).toEqual(files.sort());
});

const ours = files.filter((name) => captures.get(name) !== notOurs);

describe.each(ours)('%s', (name) => {
  const found = captures.get(name) ?? notOurs;
  const expected: Expected = found === notOurs ? {} : found;

  test.each(Object.entries(expected))('%s is %s', (key, wanted) => {
    const [registration] = read(name)([key]);
    const [status, ...words] = wanted.split(', ');
    expect(registration?.key).toBe(key);
    expect(`${registration?.status}, ${registration?.evidence}`).toContain(words.join(', '));
    expect(registration?.status).toBe(status);
  });

  test('nobody else is registered', () => {
    const others = names.filter((key) => !Object.hasOwn(expected, key));
    const registered = read(name)(others).filter(({ status }) => status === 'registered');
    expect(registered).toEqual([]);
  });
});

test.each(files.filter((name) => captures.get(name) === notOurs))('%s is refused', (name) => {
  const refusal = expect.objectContaining({ code: 'paste-unreadable', params: { filename: name } });
  expect(() => read(name)).toThrow(AltaError);
  expect(() => read(name)).toThrow(refusal);
});

test('no evidence holds a password that a capture shows', () => {
  const said = ours.flatMap((name) => read(name)(names));
  expect(JSON.stringify(said)).not.toContain('s3cret');
});

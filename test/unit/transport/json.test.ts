import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { HttpAnswer } from '../../../providers/transport/http.ts';
import { parseJson, readJson } from '../../../providers/transport/json.ts';

function answer(body: string | Buffer, type = 'application/json'): HttpAnswer {
  return { status: 200, headers: { 'content-type': type }, body: Buffer.from(body) };
}

const about = { host: 'box.example', operation: 'extension/query' };

describe('a JSON body', () => {
  it.each([
    ['an object', '{"a":[1,null]}', { a: [1, null] }],
    ['a scalar', '"x"', 'x'],
    ['null', 'null', null],
    ['one after a byte order mark', '\u{feff}{"a":1}', { a: 1 }],
  ])('is read: %s', (_name, body, value) => {
    expect(readJson(answer(body))).toEqual({ ok: true, value });
  });

  it('is read whatever its type claims', () => {
    expect(readJson(answer('{"a":1}', 'text/html'))).toMatchObject({ ok: true });
  });

  it('is read as Latin-1 where its type says so', () => {
    const body = Buffer.from('{"a":"Recepci\u{f3}n"}', 'latin1');
    expect(readJson(answer(body, 'text/json; charset=ISO-8859-1'))).toEqual({
      ok: true,
      value: { a: 'Recepción' },
    });
  });

  it('with bytes that are no UTF-8 is refused', () => {
    const body = Buffer.from('{"a":"Recepci\u{f3}n"}', 'latin1');
    expect(readJson(answer(body))).toMatchObject({ ok: false, why: 'not-text' });
  });

  it.each(['{"__proto__":{"a":1}}', '{"a":[{"\\u005f_proto__":1}]}'])('with %s is refused', (body) => {
    expect(readJson(answer(body))).toMatchObject({ ok: false, why: 'bad-key' });
  });

  it('may be 64 deep', () => {
    expect(readJson(answer('['.repeat(64) + ']'.repeat(64)))).toMatchObject({ ok: true });
  });

  it.each([65, 200_000])('may not be %i deep', (depth) => {
    expect(readJson(answer('['.repeat(depth) + ']'.repeat(depth)))).toMatchObject({ ok: false });
  });

  it.each([
    ['nothing', '', 'nothing', false],
    ['a page', '<!DOCTYPE html><html>', 'angle', true],
    ['a page after a mark', '\u{feff}\n <html lang="es">', 'angle', true],
    ['XML', '<?xml version="1.0"?>', 'angle', false],
    ['half an object', '{"a":', 'brace', false],
    ['a text', 'Bad Gateway', 'text', false],
    ['something else', '\u{1}\u{2}', 'binary', false],
  ])('that is %s is described', (_name, body, first, html) => {
    expect(readJson(answer(body, 'text/plain; charset=utf-8'))).toEqual({
      ok: false,
      why: 'not-json',
      facts: { status: 200, type: 'text/plain', length: Buffer.byteLength(body), first, html },
    });
  });

  it('of a type that is none is described without it', () => {
    expect(readJson(answer('x', 'canary canary'))).toMatchObject({ facts: { type: 'odd' } });
  });
});

describe('parseJson', () => {
  it('throws a strange answer with nothing of the content', () => {
    const act = () => parseJson(answer('canary canary', 'text/html; canary=1'), about);
    expect(act).toThrow(
      expect.objectContaining({
        code: 'strange-answer',
        params: { ...about, evidence: 'not-json: status 200, text/html, 13 bytes, text' },
        written: undefined,
      }),
    );
    expect(caught(act)).not.toContain('canary');
  });

  it('says that a write may have happened', () => {
    const act = () => parseJson(answer('x'), { ...about, write: true });
    expect(act).toThrow(expect.objectContaining({ written: 'unknown' }));
  });
});

function caught(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    return inspect(error, { depth: 9 });
  }
  throw new Error('nothing was thrown');
}

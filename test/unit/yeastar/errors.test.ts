import { describe, expect, it } from 'vitest';
import { AltaError, type Code, type Message, messages } from '../../../engine/model/index.ts';
import { driverMessages } from '../../../engine/model/messages/driver.ts';
import { refusals, refusedBy } from '../../../providers/pbx/yeastar/errors.ts';
import { type About, inWrite, refusedByStatus } from '../../../providers/transport/refusal.ts';

const about: About = {
  host: 'https://192.0.2.10:8088',
  target: 'acme/pbx:sede',
  operation: 'extension/update',
  object: 'acme/pbx:sede/extension:10',
  write: true,
};

function namedIn(code: Code, lang: 'en' | 'es'): readonly string[] {
  const message: Message = messages[code];
  const { summary, detail = '', hint = '' } = message[lang];
  const found = [summary, detail, hint].flatMap((text) =>
    [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? ''),
  );
  return [...new Set(found)].sort();
}

describe('errno', () => {
  it.each(Object.keys(refusals))('%s fills every text of its code', (errno) => {
    const { code, params } = refusedBy(errno, about);
    expect(namedIn(code, 'es').filter((name) => params[name] === undefined)).toEqual([]);
  });

  it('keeps an unknown number as evidence', () => {
    const { code, params, written } = refusedBy('10999', about);
    expect([code, params.evidence, written]).toEqual(['strange-answer', 'errno 10999', 'unknown']);
  });

  it('says nothing about writing where nothing was to be written', () => {
    expect(refusedBy('10017', { ...about, write: false }).written).toBeUndefined();
  });
});

describe('HTTP statuses', () => {
  const at = (status: number, headers: Record<string, string> = {}) =>
    refusedByStatus(
      { status, headers, body: Buffer.from('secret') },
      about,
      Date.parse('2026-01-01T00:00:00Z'),
    );

  it.each([400, 401, 403, 404, 429, 500, 502, 503, 504])('%i fills every text of its code', (status) => {
    const { code, params } = at(status);
    expect(namedIn(code, 'en').filter((name) => params[name] === undefined)).toEqual([]);
  });

  it.each([
    ['30', 30],
    ['Thu, 01 Jan 2026 00:01:00 GMT', 60],
    ['Wed, 31 Dec 2025 00:00:00 GMT', 0],
    ['soon', undefined],
  ])('reads Retry-After: %s', (header, seconds) => {
    expect(at(503, { 'retry-after': header }).facts.retryAfter).toBe(seconds);
  });
});

describe('an error within a write of several requests', () => {
  const nothing = new AltaError('value-refused', {}, { written: 'nothing' });

  it('counts what went before', () => {
    expect((inWrite(nothing, 'something', 'a') as AltaError).written).toBe('something');
    expect((inWrite(nothing, 'nothing', 'a') as AltaError).written).toBe('nothing');
  });

  it('takes the error of a read as nothing written', () => {
    expect((inWrite(new AltaError('timeout'), 'nothing', 'a') as AltaError).written).toBe('nothing');
  });

  it('leaves what is no error of ours alone', () => {
    const error = new TypeError('x');
    expect(inWrite(error, 'something', 'a')).toBe(error);
  });
});

it.each(Object.keys(driverMessages) as Code[])(
  'the texts of %s name the same values in both languages',
  (code) => {
    expect(namedIn(code, 'es')).toEqual(namedIn(code, 'en'));
  },
);

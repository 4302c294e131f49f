import { describe, expect, it } from 'vitest';
import { type Finding, readHar } from '../../../engine/load/har/index.ts';
import { withoutValues } from '../../../engine/load/har/leaks.ts';
import { AltaError } from '../../../engine/model/index.ts';
import { type Asked, harFile, learn, origin, typed } from './browser.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const read = (text: string) => readHar('recording.har', bytes(text));

function failed(input: string | Uint8Array): AltaError {
  try {
    readHar('recording.har', typeof input === 'string' ? bytes(input) : input);
  } catch (error) {
    if (error instanceof AltaError) return error;
    throw error;
  }
  throw new Error('nothing was wrong');
}

const one: Asked = { path: '/api/v2/extension', got: { data: [] } };
const create: Asked = {
  method: 'POST',
  path: '/api/v2/extension',
  sent: { full_name: 'ZZ-NAME-1' },
  status: 201,
  got: { data: { id: 5 } },
};

describe('what cannot be read', () => {
  it('is located, and no part of it is told', () => {
    const secret = 'Hush-9-hush-9';
    const error = failed(`{\n  "log": {"entries": [{"password": "${secret}" "x"}]}\n}`);
    expect([error.code, error.facts.range?.start.line, error.facts.range?.start.column]).toEqual([
      'har-not-json',
      2,
      52,
    ]);
    expect(JSON.stringify([error.params, error.facts, error.message])).not.toContain('Hush');
    expect(error.facts.snippet).toBeUndefined();
  });

  it('behind a byte order mark is located all the same', () => {
    expect(failed('\uFEFF{"log": }').facts.range?.start).toEqual({ line: 1, column: 9, byte: 11 });
  });

  it('in another encoding is refused', () => {
    expect(failed(new Uint8Array([0x7b, 0xff, 0xfe, 0x7d])).code).toBe('file-not-utf8');
  });

  it.each(['[]', '{}', '{"log": 5}', '{"log": {"entries": {}}}', 'null', '"log"'])(
    '%s is no recording',
    (text) => {
      expect(failed(text).code).toBe('har-not-har');
    },
  );

  it('with nothing usable in it says what was left out', () => {
    const asked: readonly Asked[] = [
      { path: '/logo.svg', type: 'image' },
      { path: 'https://stats.example/x', got: {} },
      { path: '/api/v2/extension', got: '<html>', headers: {} },
      { path: '/api/v2/extension', status: 0 },
      { method: 'OPTIONS', path: '/api/v2/extension' },
    ];
    const text = harFile(asked).replace('"text":"<html>"', '"text":"<html>","x":1');
    expect(failed(text)).toMatchObject({
      code: 'har-nothing-usable',
      params: { count: 5, otherKind: 2, otherOrigin: 1, noJson: 1, noAnswer: 1 },
    });
  });
});

describe('entries', () => {
  it('of any form are passed over where they are none', () => {
    const { log } = JSON.parse(harFile([one])) as { log: { entries: unknown[] } };
    const odd = [
      null,
      5,
      [],
      {},
      { request: null },
      { request: { url: 'no address' }, response: {} },
      { request: { url: 'https://', method: 7 }, response: { status: '200' } },
      {
        request: { url: `${origin}/x`, headers: [null, { name: 5 }, { name: 'a' }] },
        response: { status: {}, headers: 'x' },
      },
    ];
    expect(
      read(JSON.stringify({ log: { entries: [...odd, ...log.entries, ...odd] } })).exchanges,
    ).toHaveLength(1);
  });

  it('with the answer in base64 are read', () => {
    const text = harFile([one]);
    const coded = Buffer.from('{"data":[]}').toString('base64');
    const replaced = text.replace('"text":"{\\"data\\":[]}"', `"text":"${coded}","encoding":"base64"`);
    expect(read(replaced).exchanges[0]?.got).toEqual({ data: [] });
  });

  it('of browsers that do not tell their kind are taken by their type', () => {
    const asked = [
      { ...one, type: '' },
      { path: '/', type: '' },
    ];
    expect(read(harFile(asked))).toMatchObject({
      exchanges: [{ got: { data: [] } }],
      leftOut: { noJson: 1 },
    });
  });

  it('to other servers are left out, whoever has more of them', () => {
    const others = Array.from({ length: 20 }, () => ({ path: 'https://stats.example/x', got: { a: 1 } }));
    expect(read(harFile([one, ...others]))).toMatchObject({ exchanges: [{}], leftOut: { otherOrigin: 20 } });
  });

  it('are known to be sanitised where nobody authorises', () => {
    const signed = { ...one, headers: { Authorization: 'Bearer x' } };
    expect([read(harFile([one])).sanitised, read(harFile([signed])).sanitised]).toEqual([true, false]);
  });
});

describe('objects', () => {
  it('as deep as a text can be are looked at no deeper than paths reach', () => {
    const deep = `${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}`;
    const text = harFile([{ ...create, got: { data: { id: 5 } } }, one]);
    const replaced = text.replace('"text":"{\\"data\\":[]}"', `"text":${JSON.stringify(deep)}`);
    expect(learn(replaced).finding('fields.name')).toMatchObject({ shown: 'full_name' });
  });

  it('with keys of prototypes leave everything as it is', () => {
    const evil =
      '{"__proto__":{"polluted":"ZZ-NAME-1"},"constructor":{"prototype":{"x":"ZZ-NAME-1"}},"full_name":"ZZ-NAME-1"}';
    const text = harFile([create]).replace('{\\"full_name\\":\\"ZZ-NAME-1\\"}', evil.replaceAll('"', '\\"'));
    const { finding, profile } = learn(text);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
    expect(profile.fields.name.path).toBe('full_name');
    expect(finding('fields.name')?.candidates.join()).not.toContain('__proto__');
  });

  it('of which somebody’s data are the keys give no paths', () => {
    const byMail = { 'ana@acme.example': { full: 'ZZ-NAME-1' } };
    const byNumber = { '34910000001': { full: 'ZZ-NAME-1' } };
    const byToken = { Gy6vD9hf2Ww3cJ6auDa3: { full: 'ZZ-NAME-1' } };
    const { findings, aligned } = learn(
      harFile([{ ...create, sent: { ...byMail, ...byNumber, ...byToken } }]),
    );
    expect(aligned).toBe(false);
    expect(JSON.stringify(findings)).not.toMatch(/acme|3491|Gy6v/);
  });

  it('without an id leave the calls about one thing open', () => {
    const { finding } = learn(harFile([{ ...create, got: {} }]));
    expect(finding('identity.id')?.standing).toBe('open');
    expect(finding('resources.extension.update')?.standing).toBe('open');
  });
});

describe('long recordings', () => {
  it('take seconds, not minutes', () => {
    const rows = Array.from({ length: 3_000 }, (_one, index) => ({
      id: index,
      full_name: `Person ${index}`,
      extension: String(index),
      more: { a: 'x'.repeat(50), b: index, c: null },
    }));
    const ours = { id: 9_000, full_name: 'ZZ-NAME-1', extension: '987', more: { a: 'y', b: 1, c: null } };
    const lists = Array.from({ length: 12 }, (_one, index): Asked => {
      return { path: `/api/v2/thing${index}?companyId=90001`, got: { data: rows } };
    });
    const har = harFile([
      ...lists,
      { ...create, got: { data: ours } },
      { path: '/api/v2/extension', got: { data: [...rows, ours] } },
    ]);
    const start = performance.now();
    expect(learn(har).finding('fields.name')?.shown).toBe('full_name');
    expect(performance.now() - start).toBeLessThan(10_000);
  }, 30_000);
});

describe('the net below', () => {
  it('drops a finding that holds a value, whatever it came from', () => {
    const recording = read(harFile([{ ...create, got: { data: { id: 5, owner: 'acme-4711' } } }]));
    const finding = (shown: string): Finding => {
      const edits = [{ path: ['fields', 'name', 'path'], value: shown }];
      return { place: 'fields.name', standing: 'found', shown, clues: [], candidates: [], edits };
    };
    const [leaky, fine, mine] = withoutValues(
      [finding('data.acme-4711.name'), finding('full_name'), finding('ZZ-NAME-1')],
      recording,
      typed,
    );
    expect(leaky).toMatchObject({ place: 'fields.name', standing: 'open', shown: '', edits: [] });
    expect([fine?.shown, mine?.shown]).toEqual(['full_name', 'ZZ-NAME-1']);
  });
});

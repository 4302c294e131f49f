import { describe, expect, it } from 'vitest';
import { AltaError, reveal, Secret } from '../../../../engine/model/index.ts';
import { parseCfg, renderCfg } from '../../../../providers/device/yealink/cfg.ts';
import { check } from '../../../../providers/device/yealink/check.ts';
import { accountsOf, settingsOf } from '../../../../providers/device/yealink/dialect.ts';
import { account, create, phone } from './declared.ts';

/** Pieces that break formats. */
const pieces = [
  '\n',
  '\r',
  '\r\n',
  '\u0085',
  '\u2028',
  '\0',
  '\t',
  ' ',
  '',
  '%NULL%',
  '%EMPTY%',
  '%null%',
  '#',
  '=',
  '"',
  "'",
  '\\',
  '<html>',
  'account.2.enable = 1',
  '#!version:1.0.0.1',
  '[T46U]',
  '😀',
  '\ud800',
  '\udc00',
  '\u202e',
  '\u200f',
  '\ufeff',
  '\u00a0',
  'ñ',
  'Ventas',
  '110',
  'x'.repeat(65_536),
  '$mac',
  '********',
  '•',
];

/** Numbers that are the same each time (mulberry32). */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function texts(count: number): string[] {
  const next = randomNumbers(20_261_123);
  const piece = () => pieces[Math.floor(next() * pieces.length)] ?? '';
  return Array.from({ length: count }, () =>
    Array.from({ length: 1 + Math.floor(next() * 4) }, piece).join(''),
  );
}

/** What a value comes to: refused, or what the phone would read. */
function journey(field: 'label' | 'password', text: string): 'refused' | readonly (string | undefined)[] {
  const write =
    field === 'label'
      ? create({ values: { active: true, label: text }, secrets: {} })
      : create({ values: { active: true }, secrets: { password: new Secret(text) } });
  try {
    const cfg = parseCfg(reveal(renderCfg(settingsOf(write, 'v83'))));
    return accountsOf(cfg, 'v83').map(({ values, secrets }) =>
      field === 'label' ? String(values.label) : secrets.password && reveal(secrets.password),
    );
  } catch (error) {
    if (error instanceof AltaError && error.written === 'nothing') return 'refused';
    throw error;
  }
}

const all = [...pieces, ...texts(2_000)];

describe('whatever a value holds', () => {
  it('a label comes back as it was, in its own line alone, or is refused with nothing written', () => {
    const strange = all.filter((text) => {
      const found = journey('label', text);
      return found !== 'refused' && !(found.length === 1 && found[0] === text);
    });
    expect(strange).toEqual([]);
  });

  it('so does a password', () => {
    const strange = all.filter((text) => {
      const found = journey('password', text);
      return found !== 'refused' && !(found.length === 1 && found[0] === text);
    });
    expect(strange).toEqual([]);
  });

  it('most of what is tried is not refused for nothing', () => {
    expect(all.filter((text) => journey('label', text) !== 'refused').length).toBeGreaterThan(200);
  });

  it('what is refused at apply was an error of check before', () => {
    const missed = all.filter((text) => {
      if (journey('label', text) !== 'refused') return false;
      const found = check(account({ values: { ...account().values, label: text } }), phone());
      return !found.some(({ severity, params }) => severity === 'error' && params.field === 'label');
    });
    expect(missed).toEqual([]);
  });

  it('no refusal repeats a password', () => {
    const error = (() => {
      try {
        settingsOf(create({ secrets: { password: new Secret('hunter22\nx') } }), 'v83');
      } catch (thrown) {
        return thrown;
      }
      return null;
    })();
    expect(error).toMatchObject({
      code: 'text-uncarriable',
      params: { field: 'password', kind: 'line-break' },
    });
    expect(JSON.stringify(error instanceof AltaError && error.params)).not.toContain('hunter22');
  });
});

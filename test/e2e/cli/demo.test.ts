import { spawn } from 'node:child_process';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Ended, watch } from './alta.ts';
import { englishIn } from './english.ts';

const demo = (lang: string): Promise<Ended> =>
  watch(
    spawn(process.execPath, ['scripts/demo.mjs', '--lang', lang], {
      env: { PATH: process.env.PATH, HOME: process.env.HOME },
      stdio: ['ignore', 'pipe', 'pipe'],
    }),
    90_000,
  ).ended;

const shown = { en: pending(), es: pending() };

function pending(): Ended {
  return { code: null, signal: null, out: '', err: '' };
}

/** Both at once: they share nothing. */
beforeAll(async () => {
  [shown.en, shown.es] = await Promise.all([demo('en'), demo('es')]);
}, 120_000);

const demos: readonly [lang: 'en' | 'es', closing: string, none: string][] = [
  ['en', 'Done in', 'No changes.'],
  ['es', 'Hecho en', 'Sin cambios.'],
];

describe.each(demos)('the demo (%s)', (lang, closing, none) => {
  it('comes to its end', () => {
    expect([shown[lang].code, shown[lang].out]).toEqual([0, expect.stringContaining(closing)]);
  });

  it('ends with a plan without a change', () => {
    expect(shown[lang].out.split(none)).toHaveLength(2);
  });

  it('proves four phones from both sides, and the one that fetches from the PBX', () => {
    const registered = (address: string) => new RegExp(`✓ \\S+ +acme/${address}  "`, 'g');
    expect(shown[lang].out.match(registered('pbx:(sede|nube|sip17|pbx2)/extension:50[1-5]'))).toHaveLength(5);
    expect(shown[lang].out.match(registered('device:(mostrador|despacho|sala)/account:1'))).toHaveLength(3);
  });

  it('prints nothing that a program forgot to fill in', () => {
    expect(shown[lang].out + shown[lang].err).not.toMatch(/undefined|\[object|NaN|\{\w+\}|null/);
  });

  it('has no error on standard error', () => {
    expect(shown[lang].err).not.toMatch(/error/);
  });
});

it('the demo in Spanish has no English in it', () => {
  expect(englishIn(shown.es.out + shown.es.err)).toEqual([]);
});

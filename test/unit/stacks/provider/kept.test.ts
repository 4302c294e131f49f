import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { errorDiagnostic, warningDiagnostic } from '../../../../engine/model/index.ts';
import { type Claim, openClaims } from '../../../../stacks/provider/claims.ts';
import {
  afterPlan,
  decodeMemory,
  encodeMemory,
  isStale,
  nothingKnown,
} from '../../../../stacks/provider/memory.ts';
import { hasError, remarkOf, remarkOfBlock, remarkOfError } from '../../../../stacks/provider/remark.ts';
import { shapes } from './fixture.ts';

describe('what is kept beside a state', () => {
  it('comes back as it was', () => {
    const memory = {
      entry: null,
      imported: true,
      follows: 'hmac:1',
      before: 'absent',
      about: 'x#y',
    } as const;
    expect(decodeMemory(encodeMemory(memory))).toMatchObject(memory);
  });

  it.each([
    ['nothing', new Uint8Array()],
    ['no JSON', Buffer.from('{')],
    ['a later format', Buffer.from('{"format":2,"entry":null}')],
  ])('is unknown where there is %s', (_, bytes) => {
    expect(decodeMemory(bytes)).toBeNull();
    expect(decodeMemory(null)).toBeNull();
  });

  it('loses after a plan what only the plan needed', () => {
    const memory = { entry: null, again: ['sip'], before: 'absent', about: 'x', commitOpen: true } as const;
    expect(afterPlan(memory)).toEqual({ entry: null, again: ['sip'], commitOpen: true });
  });

  it('is stale where the same thing now reads otherwise', () => {
    const memory = { ...nothingKnown, before: 'sha256:1', about: 'x' };
    expect(isStale(memory, 'x', 'sha256:2')).toBe(true);
    expect(isStale(memory, 'x', 'sha256:1')).toBe(false);
    expect(isStale(memory, 'y', 'sha256:2')).toBe(false);
    expect(isStale(nothingKnown, 'x', 'sha256:2')).toBe(false);
  });
});

describe('a claim', () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'alta-claims-'));
  });
  afterEach(() => rmSync(root, { recursive: true }));

  const key = 'memory:main#extension:110';
  const claim = { write: { key }, at: '2026-11-23T10:00:00.000Z' } as Claim;
  const folder = () => join(root, '.alta/terraform/acme');
  const files = () => readdirSync(folder()).map((name) => join(folder(), name));

  it('outlives the process that made it, until it is settled', async () => {
    await openClaims(root, 'acme').make(claim);
    expect(openClaims(root, 'acme').of(key)).toEqual(claim);
    expect(openClaims(root, 'beta').of(key)).toBeNull();
    openClaims(root, 'acme').settle(key);
    expect([openClaims(root, 'acme').of(key), files()]).toEqual([null, []]);
  });

  it('is nobody else’s to read, and in the way of nothing', async () => {
    const claims = openClaims(root, 'acme');
    await claims.make(claim);
    expect(files().map((path) => statSync(path).mode & 0o777)).toEqual([0o600]);
    claims.settle('never made');
    expect(claims.of(key)).toEqual(claim);
  });

  it.each(['', '{', '{"write":{"key":"another"},"at":""}'])('that is damaged (%s) is none', async (text) => {
    const claims = openClaims(root, 'acme');
    await claims.make(claim);
    for (const path of files()) writeFileSync(path, text);
    expect(claims.of(key)).toBeNull();
    expect(files().map((path) => readFileSync(path, 'utf8'))).toEqual([text]);
  });
});

describe('a remark', () => {
  const address = 'acme/pbx:main/extension:110';
  const given = { attribute: 'sip_secret', other: 'sip_secret_wo', field: 'sip' };

  it('says what, what to do and where, and points at the argument', () => {
    const remark = remarkOf(
      errorDiagnostic('secret-given-twice', given, { address }),
      'en',
      shapes.extension,
    );
    expect(remark).toMatchObject({ severity: 'error', path: ['sip_secret'] });
    expect(remark.detail).toMatch(/\n→ .+\n\[secret-given-twice · acme\/pbx:main\/extension:110\]$/);
  });

  it('points nowhere where there is no such argument', () => {
    const diagnostic = errorDiagnostic('secret-given-twice', { ...given, field: 'unheard-of' });
    expect(remarkOf(diagnostic, 'en', shapes.extension)).not.toHaveProperty('path');
    expect(remarkOf(errorDiagnostic('secret-given-twice', given), 'en')).not.toHaveProperty('path');
  });

  it('speaks Spanish', () => {
    const block = { code: 'needs-adopt', params: { fields: 'name' } } as const;
    expect(remarkOfBlock(address, block, 'es')).toMatchObject({ summary: 'Bloqueado' });
    expect(remarkOfBlock(address, block, 'en').detail).toContain('adopt: true');
  });

  it('of something that nobody foresaw names what it is about', () => {
    const remark = remarkOfError(new TypeError('cannot set Kf7mQ2xRt-p9WbL4hZc6'), 'en', address);
    expect(remark.severity).toBe('error');
    expect(JSON.stringify(remark)).toContain(address);
  });

  it('keeps a call from going on only where it is an error', () => {
    const warning = remarkOf(warningDiagnostic('provider-adopts', { address }), 'en');
    expect([hasError([warning]), hasError([])]).toEqual([false, false]);
    expect(hasError([warning, remarkOf(errorDiagnostic('secret-given-twice', given), 'en')])).toBe(true);
  });
});

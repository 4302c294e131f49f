/** Odd and hostile values: each stands on the box as it was declared, or is refused before anything is sent. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Desired, Scalar, Target } from '../../../engine/model/index.ts';
import { AltaError, reveal, Secret } from '../../../engine/model/index.ts';
import type { LabBoxControl, LabYeastarP } from '../../../lab/index.ts';
import { startLab } from '../../../lab/index.ts';
import type { PoweredSession, Write } from '../../../providers/contract.ts';
import { driver } from '../../../providers/pbx/yeastar-p/driver.ts';
import { sessionContext } from '../../contract/context.ts';
import { carried, refused } from '../phones/hostile.ts';

const key = '2000';
const address = `acme/pbx:sede/extension:${key}`;

let box: LabBoxControl;
let session: PoweredSession;
let target: Target;
let stop: () => Promise<void>;

beforeAll(async () => {
  const seed = [{ number: key, first_name: 'Mesa' }];
  const settings: LabYeastarP = { driver: 'yeastar-p', name: 'sede', tls: false, seed, keepAlive: true };
  const lab = await startLab({ boxes: [settings] });
  const [service] = lab.boxes;
  if (service === undefined) throw new Error('the lab has no box');
  box = lab.box('sede');
  target = targetAt(service.url);
  const limits = { ...driver.facts.host, writeIntervalMs: 0 };
  const { credentials } = service;
  session = await driver.open(target, sessionContext({ purpose: 'write', limits, credentials, logs: [] }));
  stop = async () => {
    await session.close();
    await lab.close();
  };
});

afterAll(() => stop());

function targetAt(url: string): Target {
  return {
    address: 'acme/pbx:sede',
    client: 'acme',
    label: 'sede',
    kind: 'pbx',
    driver: driver.name,
    mode: 'api',
    presence: 'always',
    key: url,
    host: url,
    endpoint: { url, tls: {}, insecure: 'laboratorio' },
    credentials: { read: {}, write: {} },
    identity: {},
    sip: {},
    options: {},
    origin: { filename: 'clients/acme/client.yaml', path: ['pbx', 'sede'] },
  };
}

/** The extension with one field, in the form that a reading gives back. */
function desiredWith(field: string, value: Scalar): Desired {
  const secret = { name: 'x', source: 'declared', marker: null } as const;
  const desired: Desired = {
    address,
    kind: 'extension',
    key,
    values: { number: key, name: 'Mesa', [field]: value },
    secrets: { sip: secret, portal: secret },
    references: {},
    dependsOn: [],
    protect: false,
    adopt: 'no',
    origin: { filename: 'clients/acme/client.yaml', path: ['extensions', 0] },
  };
  return driver.normalise(desired, target);
}

/** The keys under which a field lies on the box. */
const keysOf: Readonly<Record<string, readonly string[]>> = {
  name: ['first_name', 'last_name'],
  email: ['email_addr'],
  callerId: ['caller_id'],
  mobile: ['mobile_number'],
  title: ['title'],
  registrationName: ['reg_name'],
  concurrentRegistrations: ['concurrent_registrations'],
  role: ['role_id'],
  voicemail: ['enb_vm'],
};

/** Those that take text. */
const fields = ['name', 'email', 'callerId', 'mobile', 'title', 'registrationName'];

type Stored = Readonly<Record<string, string>>;

function changedKeys(before: Stored, after: Stored): readonly string[] {
  return Object.keys({ ...before, ...after }).filter((name) => before[name] !== after[name]);
}

/**
 * `kept` = the box holds it as declared, and nothing else has changed; `refused` = check says no, and nothing is sent; `warned` = check has
 * its doubts, and the box says no. There is no other.
 */
async function fateOf(field: string, value: Scalar): Promise<'kept' | 'refused' | 'warned'> {
  const desired = desiredWith(field, value);
  const wanted = desired.values[field] ?? '';
  const found = driver.check(desired, target);
  const before: Stored = box.saved()[key] ?? {};
  box.resetRequests();
  const write: Write = {
    ...{ action: 'update', kind: 'extension', key, address, before: {}, secrets: {} },
    values: { [field]: wanted },
  };
  const outcome: unknown = await session.apply(write).catch((error: unknown) => error);
  const after: Stored = box.saved()[key] ?? {};
  if (outcome instanceof AltaError) {
    const sent = box.requests().entries.some(({ method }) => method === 'POST');
    const refusal = found.some(({ severity }) => severity === 'error');
    expect(found.map(({ params }) => params.field)).toContain(field);
    expect([outcome.written, sent, changedKeys(before, after)]).toEqual(['nothing', !refusal, []]);
    return refusal ? 'refused' : 'warned';
  }
  const { resources } = await session.read({ kinds: ['extension'], keys: [key] });
  const [actual] = resources.filter((one) => one.key === key);
  expect(actual?.values[field]).toBe(wanted);
  expect(keysOf[field]).toEqual(expect.arrayContaining([...changedKeys(before, after)]));
  expect(found.filter(({ severity }) => severity === 'error')).toEqual([]);
  return 'kept';
}

describe('a name', () => {
  it.each([
    ['Mesa', 'Mesa', ''],
    ['Ana Ruiz', 'Ana', 'Ruiz'],
    ['Ana María de la Peña Ruiz', 'Ana', 'María de la Peña Ruiz'],
    ['Íñigo Núñez', 'Íñigo', 'Núñez'],
    ['Ñ', 'Ñ', ''],
    ['Łukasz O\u0301', 'Łukasz', 'O\u0301'],
    ['مكتب שולחן', 'مكتب', 'שולחן'],
    ['Mesa 📞', 'Mesa', '📞'],
    ['Mesa\u00a0Sala Sur', 'Mesa\u00a0Sala', 'Sur'],
    ['  Ana   Ruiz ', 'Ana', 'Ruiz'],
    ['L\'Hospitalet "Norte"', "L'Hospitalet", '"Norte"'],
    ['0', '0', ''],
    ['null', 'null', ''],
    [`${'x'.repeat(63)} ${'y'.repeat(63)}`, 'x'.repeat(63), 'y'.repeat(63)],
  ])('%j stands there in two parts, and reads back as one', async (name, first, last) => {
    expect(await fateOf('name', name)).toBe('kept');
    expect(box.running()[key]).toMatchObject({ first_name: first, last_name: last });
  });

  it.each([' ', '', 'x'.repeat(64), `Ana ${'y'.repeat(64)}`])('%j is refused', async (name) => {
    expect(await fateOf('name', name)).toBe('refused');
  });

  it('that loses its second word loses it there', async () => {
    await fateOf('name', 'Ana Ruiz');
    expect(await fateOf('name', 'Ana')).toBe('kept');
    expect(box.running()[key]).toMatchObject({ first_name: 'Ana', last_name: '' });
  });
});

const odd: Readonly<Record<string, string>> = { ...carried, ...refused };

describe.each(fields)('a %s', (field) => {
  it.each(Object.keys(odd))('with %s is kept as it is, or refused', async (what) => {
    const fate = await fateOf(field, odd[what] ?? '');
    if (field === 'title' && odd[what] !== undefined && [...odd[what]].length <= 63)
      expect(fate).toBe('kept');
  });
});

describe('numbers and switches', () => {
  it.each<[string, Scalar, string]>([
    ['concurrentRegistrations', 3, 'kept'],
    ['concurrentRegistrations', 0, 'refused'],
    ['concurrentRegistrations', 4, 'refused'],
    ['concurrentRegistrations', 1.5, 'refused'],
    ['callerId', 'internal', 'kept'],
    ['callerId', 'anonymous', 'refused'],
    ['callerId', '+34 910', 'refused'],
    ['callerId', '(+34)910.000-001*#', 'kept'],
    ['callerId', '', 'kept'],
    ['role', 'admin', 'kept'],
    ['role', 'user', 'kept'],
    ['role', 'operator', 'refused'],
    ['voicemail', false, 'kept'],
    ['voicemail', true, 'kept'],
    ['email', "o'brien_1@acme-1.example", 'kept'],
    ['email', 'nadie', 'warned'],
    ['email', '', 'kept'],
  ])('%s %j is %s', async (field, value, fate) => {
    expect(await fateOf(field, value)).toBe(fate);
  });
});

/** What became of a secret: as {@link fateOf}. */
async function secretFate(field: 'sip' | 'portal' | 'pin', clear: string): Promise<string> {
  const nativeKey = { sip: 'reg_password', portal: 'user_password', pin: 'vm_pin' }[field];
  const before: Stored = box.saved()[key] ?? {};
  box.resetRequests();
  const write: Write = {
    ...{ action: 'update', kind: 'extension', key, address, before: {}, values: {} },
    secrets: { [field]: new Secret(clear) },
  };
  const outcome: unknown = await session.apply(write).catch((error: unknown) => error);
  const after: Stored = box.saved()[key] ?? {};
  if (outcome instanceof AltaError) {
    const sent = box.requests().entries.some(({ method }) => method === 'POST');
    expect([outcome.written, changedKeys(before, after)]).toEqual(['nothing', []]);
    return `${outcome.code} ${sent ? 'by the box' : 'unsent'}`;
  }
  expect(after[nativeKey]).toBe(clear);
  expect([nativeKey]).toEqual(expect.arrayContaining([...changedKeys(before, after)]));
  const { resources } = await session.read({ kinds: ['extension'], keys: [key] });
  const shown = resources[0]?.secrets.sip;
  if (field === 'sip') expect(shown !== undefined && reveal(shown) === clear).toBe(true);
  return 'kept';
}

/** By what is odd about them. */
const secrets: readonly (readonly [string, 'sip' | 'portal' | 'pin', string, string])[] = [
  ['as short as may be', 'sip', 'Kf7mQ2xR', 'kept'],
  ['with what JSON and URLs escape', 'sip', 'Kf7"m\\Q2\'x R<>&%', 'kept'],
  ['of other alphabets', 'sip', 'Ñandú-Kf7m-€-📞', 'kept'],
  ['as long as may be', 'sip', 'x'.repeat(63), 'kept'],
  ['too short', 'sip', 'Kf7mQ2x', 'secret-too-short unsent'],
  ['too long', 'sip', 'x'.repeat(64), 'secret-too-long unsent'],
  ['as short as may be', 'portal', 'Tz4kWq8mHs', 'kept'],
  ['with what JSON escapes', 'portal', 'Tz4k "Wq8" mHs\\', 'kept'],
  ['too short', 'portal', 'Tz4kWq8mH', 'secret-too-short unsent'],
  ['without capitals', 'portal', 'tz4kwq8mhs', 'secret-weak by the box'],
  ['of digits', 'pin', '918273', 'kept'],
  ['with a letter', 'pin', '91a273', 'secret-characters unsent'],
];
const odds = secrets.map(([what, field, clear, fate]) => ({ what, field, clear, fate }));

describe('a secret', () => {
  it.each(odds)('for $field that is $what: $fate', async ({ field, clear, fate }) => {
    expect(await secretFate(field, clear)).toBe(fate);
  });
});

/** A small generator with a seed, so that what fails once fails again. */
function random(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state % below;
  };
}

const alphabet = [...'aZ09 ñ\u0301"\'\\/<>{}[]%&=+#*@.,:;|^~$()\u00a0\u200b\u202e📞\t\n\u2028'];

describe('a field with anything in it', () => {
  it.each<[string, string]>([
    ['name', 'kept'],
    ['title', 'kept'],
    ['registrationName', 'kept'],
    ['callerId', 'refused'],
    ['mobile', 'refused'],
    ['email', 'warned'],
  ])('%s is kept as it is, or not sent, or warned of: mostly %s', async (field, usual) => {
    const next = random(20_261_123);
    const fates: string[] = [];
    for (let turn = 0; turn < 60; turn += 1) {
      const length = 1 + next(turn % 5 === 0 ? 80 : 12);
      const text = Array.from({ length }, () => alphabet[next(alphabet.length)]).join('');
      fates.push(await fateOf(field, text));
    }
    expect(fates.filter((fate) => fate === usual).length).toBeGreaterThan(30);
  });
});

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Check } from '../../../engine/model/index.ts';
import { everything } from '../../../engine/plan/index.ts';
import { applyWorkspace, type ProgressEvent, verifyWorkspace } from '../../../engine/run/index.ts';
import type { VerifyOptions } from '../../../engine/run/verify/verify-contract.ts';
import type { Clock } from '../../../providers/contract.ts';
import { loadDriver } from '../../../providers/registry.ts';
import { realClock } from '../../../providers/transport/clock.ts';
import { fakePhones, type Phones } from './phones.ts';
import { applyOptions, planOptions, startWorld, type World } from './world.ts';

const secret = 'Kf7mQ2xRt-p9WbL4hZc6';
const extension = 'acme/pbx:sede/extension:2000';
const account = (device: string, line = 1): string => `acme/device:${device}/account:${line}`;
let world: World;
let phones: Phones;

beforeEach(async () => {
  world = await startWorld([{ name: 'sede', edition: 'v2.0.0', extensions: 0 }]);
  phones = fakePhones();
  await world.secret('values', 'extensions/sede/2000/sip', secret);
  await declare();
  await applyWorkspace(world.context(), applyOptions);
});

afterEach(() => world.close());

async function declare(...devices: readonly object[]): Promise<void> {
  await world.client({
    pbx: { sede: world.pbx('sede', { sip: { server: 'sip.acme.example', port: 5060 } }) },
    extensions: [{ pbx: 'sede', number: '2000', name: 'Recepción', concurrentRegistrations: 2 }],
    devices,
  });
}

function phone(id: string, over: object = {}, line: object = {}): object {
  const accounts = [{ line: 1, extension: 'sede/2000', ...line }];
  return {
    id,
    driver: 'generic',
    address: `https://${id}.example.com`,
    credentials: { username: 'admin' },
    accounts,
    ...over,
  };
}

/** Time that passes in sleeps only. `tick` is called after each. */
function fakeTime(tick: (passed: number) => void = () => {}): Clock & { readonly waits: number[] } {
  const waits: number[] = [];
  let passed = 0;
  return {
    now: realClock.now,
    elapsed: () => passed,
    waits,
    sleep: async (ms) => {
      passed += ms;
      waits.push(ms);
      tick(passed);
    },
  };
}

async function verify(options: Partial<VerifyOptions> = {}, over: object = {}) {
  const context = world.context({
    command: 'verify',
    driver: async (name) => (name === 'generic' ? phones.driver : loadDriver(name)),
    driverNames: ['generic', 'yeastar'],
    ...over,
  });
  const { report, diagnostics } = await verifyWorkspace(context, { ...planOptions, ...options });
  if (report === null) throw new Error(JSON.stringify(diagnostics));
  return report.clients[0] ?? { checks: [], diagnostics: [] };
}

async function registrations(options: Partial<VerifyOptions> = {}, over: object = {}) {
  const { checks } = await verify(options, over);
  return checks.filter(({ check }) => check === 'registration').map(short);
}

/** Without what every one of them has. */
function short({ address, result, expects, seen }: Check) {
  return [
    address,
    result,
    ...(expects === undefined ? [] : [expects]),
    ...(seen === undefined ? [] : [seen]),
  ];
}

describe('both sides', () => {
  it('of a registration are proven, and the extension names who is expected', async () => {
    await declare(phone('recepcion'));
    world.lab.box('sede').register('2000', secret);
    phones.lines.set('recepcion/1', 'registered');
    expect(await registrations()).toEqual([
      [extension, 'passed', [account('recepcion')]],
      [account('recepcion'), 'passed'],
    ]);
  });

  it('may differ: each says what it sees', async () => {
    await declare(phone('recepcion'));
    world.lab.box('sede').register('2000', secret);
    expect(await registrations()).toEqual([
      [extension, 'passed', [account('recepcion')]],
      [account('recepcion'), 'failed'],
    ]);
  });

  it('keep the words of the targets', async () => {
    await declare(phone('recepcion'));
    const { checks } = await verify();
    const said = checks.find(
      ({ address, check }) => address === account('recepcion') && check === 'registration',
    );
    expect(said?.evidence).toBe('line unregistered');
  });

  it('say nothing of a line that is switched off', async () => {
    await declare(phone('recepcion', {}, { active: false }));
    phones.lines.set('recepcion/1', 'unregistered');
    expect(await registrations({ waitMs: 15_000 }, { clock: fakeTime() })).toEqual([
      [extension, 'not-expected'],
      [account('recepcion'), 'not-expected'],
    ]);
  });

  it('list calls only for extensions', async () => {
    await declare(phone('recepcion'));
    const { checks } = await verify();
    expect(checks.filter(({ check }) => check === 'call').map(({ address }) => address)).toEqual([extension]);
  });
});

describe('a device that cannot be read', () => {
  it('is proven by its PBX alone, and that is said', async () => {
    await declare(phone('recepcion', { presence: 'sometimes' }));
    phones.off.add('recepcion');
    world.lab.box('sede').register('2000', secret);
    expect(await registrations()).toEqual([
      [extension, 'passed', [account('recepcion')]],
      [account('recepcion'), 'unknown', 'pbx-only'],
    ]);
  });

  it('is proven so too where a person sets it up', async () => {
    await declare(phone('recepcion', { mode: 'guided' }));
    world.lab.box('sede').register('2000', secret);
    expect(await registrations()).toContainEqual([account('recepcion'), 'unknown', 'pbx-only']);
  });

  it('is not proven by a PBX that sees nothing', async () => {
    await declare(phone('recepcion', { mode: 'guided' }));
    expect(await registrations()).toEqual([
      [extension, 'failed', [account('recepcion')]],
      [account('recepcion'), 'unknown'],
    ]);
  });

  it('is not proven by a registration that another phone may have made', async () => {
    await declare(phone('recepcion'), phone('almacen', { mode: 'guided' }));
    world.lab.box('sede').register('2000', secret);
    phones.lines.set('recepcion/1', 'registered');
    expect(await registrations()).toEqual([
      [extension, 'passed', [account('recepcion'), account('almacen')]],
      [account('recepcion'), 'passed'],
      [account('almacen'), 'unknown'],
    ]);
  });

  it('that breaks down when asked is told, and not asked again', async () => {
    await declare(phone('recepcion'));
    phones.broken.add('recepcion');
    const { diagnostics } = await verify({ waitMs: 15_000 }, { clock: fakeTime() });
    expect(diagnostics.map(({ code, address }) => [code, address])).toEqual([
      ['connection-reset', 'acme/device:recepcion'],
    ]);
    expect(phones.asked).toEqual(['recepcion: 1']);
  });
});

describe('waiting', () => {
  it('ends as soon as everything expected is registered', async () => {
    await declare(phone('recepcion'));
    const clock = fakeTime((passed) => {
      if (passed < 6_000) return;
      world.lab.box('sede').register('2000', secret);
      phones.lines.set('recepcion/1', 'registered');
    });
    expect(await registrations({ waitMs: 15_000 }, { clock })).toEqual([
      [extension, 'passed', [account('recepcion')]],
      [account('recepcion'), 'passed'],
    ]);
    expect(clock.waits).toEqual([2_000, 2_000, 2_000]);
  });

  it('asks again only where something is missing', async () => {
    await declare(phone('recepcion'), phone('almacen'));
    phones.lines.set('almacen/1', 'registered');
    await verify({ waitMs: 4_000 }, { clock: fakeTime() });
    expect(phones.asked.sort()).toEqual(['almacen: 1', 'recepcion: 1', 'recepcion: 1', 'recepcion: 1']);
  });

  it('is bounded', async () => {
    await declare(phone('recepcion'));
    const clock = fakeTime();
    expect(await registrations({ waitMs: 15_000 }, { clock })).toContainEqual([
      account('recepcion'),
      'failed',
    ]);
    expect(clock.waits.reduce((sum, ms) => sum + ms, 0)).toBe(15_000);
  });

  it('does not happen where nothing is expected', async () => {
    const clock = fakeTime();
    expect(await registrations({ waitMs: 15_000 }, { clock })).toEqual([[extension, 'not-expected']]);
    expect(clock.waits).toEqual([]);
  });

  it('does not happen for what nobody knows', async () => {
    await declare(phone('recepcion'));
    world.lab.box('sede').register('2000', secret);
    phones.lines.set('recepcion/1', 'unknown');
    const clock = fakeTime();
    expect(await registrations({ waitMs: 15_000 }, { clock })).toContainEqual([
      account('recepcion'),
      'unknown',
      'pbx-only',
    ]);
    expect(clock.waits).toEqual([]);
  });

  it('shows what is missing', async () => {
    await declare(phone('recepcion'));
    world.lab.box('sede').register('2000', secret);
    const events: ProgressEvent[] = [];
    const clock = fakeTime(() => phones.lines.set('recepcion/1', 'registered'));
    await verify({ waitMs: 15_000 }, { clock, progress: (event: ProgressEvent) => events.push(event) });
    expect(events.filter(({ phase }) => phase === 'verify')).toEqual([
      { phase: 'verify', done: 1, total: 2, detail: account('recepcion') },
      { phase: 'verify', done: 2, total: 2 },
    ]);
  });

  it('ends with the first Ctrl-C', async () => {
    await declare(phone('recepcion'));
    const stop = AbortSignal.abort();
    const clock = { ...fakeTime(), sleep: realClock.sleep };
    expect(await registrations({ waitMs: 15_000 }, { clock, stop })).toContainEqual([
      account('recepcion'),
      'failed',
    ]);
  });
});

it('reports what was asked for, and looks at the other side of it', async () => {
  await declare(phone('recepcion', { mode: 'guided' }));
  world.lab.box('sede').register('2000', secret);
  const selection = { ...everything, targets: ['acme/device:recepcion'] };
  expect(await registrations({ selection })).toEqual([[account('recepcion'), 'unknown', 'pbx-only']]);
});

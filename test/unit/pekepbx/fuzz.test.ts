import { expect, test } from 'vitest';
import { AltaError } from '../../../engine/model/index.ts';
import { driver } from '../../../providers/pbx/pekepbx/driver.ts';
import { probe, selftest } from '../../../providers/pbx/pekepbx/site/index.ts';
import type { Reply } from '../../support/serve.ts';
import { seeded } from '../load/input.ts';
import { answerOf, hireAt, newLaravel, serveLaravel } from './laravel.ts';
import { contextOf, creation, deletion, edited, proven, shipped, targetAt, update } from './support.ts';

const junk: readonly unknown[] = [
  null,
  0,
  -1,
  '',
  'x',
  true,
  [],
  {},
  [[]],
  { id: {} },
  '\u001b[31m',
  1e300,
  'a'.repeat(3_000),
];

/** One value of a JSON body replaced, dropped or moved. */
function spoilt(value: unknown, random: () => number): unknown {
  const odd = junk[Math.floor(random() * junk.length)];
  if (typeof value !== 'object' || value === null || random() < 0.15) return odd;
  if (Array.isArray(value)) {
    const at = Math.floor(random() * value.length);
    return value.length === 0 ? odd : value.map((one, index) => (index === at ? spoilt(one, random) : one));
  }
  const keys = Object.keys(value);
  const key = keys[Math.floor(random() * keys.length)] ?? 'x';
  const { [key]: inner, ...rest } = value as Record<string, unknown>;
  return random() < 0.3 ? rest : { ...rest, [key]: spoilt(inner, random) };
}

/** A server whose answers are spoilt now and then, in what they say or in how they say it. */
async function spoiling(seed: number) {
  const random = seeded(seed);
  const box = newLaravel();
  for (const number of ['10', '11']) hireAt(box, number, { callerId: 71 });
  box.disturb = (call) => {
    const answer = answerOf(call, box) as Reply;
    if (call.route === '/login' ? random() > 0.1 : random() > 0.5) return answer;
    if (!answer.text.startsWith('{')) return answer;
    return { ...answer, text: JSON.stringify(spoilt(JSON.parse(answer.text), random)) };
  };
  return { box, server: await serveLaravel(box) };
}

test('whatever a server answers comes to a reading or to an error of ours', async () => {
  const codes = new Set<string>();
  for (let seed = 1; seed <= 80; seed += 1) {
    const { server } = await spoiling(seed);
    const steps = async () => {
      const session = await driver.open(targetAt(server.url), contextOf());
      const calls = [
        () => session.read({ kinds: ['extension'] }),
        () => session.apply(creation({}, '20')),
        () => session.apply(update({ name: 'x' })),
        () => session.apply(deletion('11')),
        () => session.callFlows?.([{ name: 'x', number: '34910000001' }]),
      ];
      for (const call of calls) await Promise.resolve(call()).catch(refused);
      await session.close();
    };
    const refused = (error: unknown) => {
      expect(error).toBeInstanceOf(AltaError);
      const { code, params, facts } = error as AltaError;
      codes.add(code);
      expect(JSON.stringify([params, facts])).not.toMatch(/\\u001b|aaaaaaaaaaaa/);
    };
    await steps().catch(refused);
    await server.stop();
  }
  expect(codes.size).toBeGreaterThan(3);
});

test('the tools of a visit come to a report or to an error of ours, and leave nothing unsaid', async () => {
  const profile = edited(shipped, { canary: { from: '990', to: '999' } });
  for (let seed = 200; seed <= 225; seed += 1) {
    const { box, server } = await spoiling(seed);
    const target = targetAt(server.url, { profile });
    const calls = [
      () => probe(target, contextOf({ purpose: 'read' })),
      () => selftest(target, contextOf(), '990'),
    ];
    let told = false;
    for (const call of calls) {
      const report = await call().catch((error: unknown) => {
        expect(error).toBeInstanceOf(AltaError);
        return null;
      });
      if (report !== null && 'left' in report) told = report.left !== null;
    }
    const there = box.office.people.some(({ number }) => number === '990');
    if (there) expect(told).toBe(true);
    await server.stop();
  }
});

test('a profile that is proven is left as it is by a server that lies', async () => {
  const before = JSON.stringify(proven);
  const { server } = await spoiling(7);
  await driver.open(targetAt(server.url), contextOf()).then(
    async (session) => {
      await session.read({ kinds: ['extension'] }).catch(() => undefined);
      await session.close();
    },
    () => undefined,
  );
  expect(JSON.stringify(proven)).toBe(before);
  await server.stop();
});

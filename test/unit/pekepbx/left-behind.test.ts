import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ProfileDocument } from '../../../engine/model/profile.ts';
import { facts } from '../../../providers/pbx/pekepbx/facts.ts';
import { selftest } from '../../../providers/pbx/pekepbx/site/index.ts';
import { html, json, type Server } from '../../support/serve.ts';
import type { HandClock } from '../../support/session.ts';
import { type Call, hireAt, type Laravel, newLaravel, serveLaravel, shown } from './laravel.ts';
import { personAt } from './office.ts';
import { contextOf, edited, handClock, proven, shipped, targetAt } from './support.ts';

const canary = { from: '9900', to: '9999' };
const sure = edited(proven, { canary });

let box: Laravel;
let clock: HandClock;
let server: Server<Call>;

beforeEach(async () => {
  clock = handClock();
  box = newLaravel();
  server = await serveLaravel(box);
  hireAt(box, '10');
});

afterEach(() => server.stop());

const trial = (profile: ProfileDocument) =>
  selftest(targetAt(server.url, { profile }), contextOf({ clock }), '9900');
const isWhole = ({ method, route, sent }: Call) =>
  method === 'POST' && route === '/extension' && sent.password !== undefined;

describe('a self-test reports as left behind', () => {
  test('what was accepted and stands in no list, with its id', async () => {
    const scopes = [
      { by: 'query', name: 'companyId', ops: ['list'] },
      { by: 'body', name: 'company_ref', as: 'number', ops: ['create', 'update'], verify: true },
    ] as const;
    const report = await trial(edited(sure, { tenant: { ...sure.tenant, scopes } }));
    const elsewhere = personAt(box.office, '9900', 'undefined');
    expect(elsewhere).toBeDefined();
    expect(report.left).toMatchObject({ number: '9900', id: String(elsewhere?.id) });
    expect(report.steps.at(-1)).toMatchObject({ step: 'clean-up', outcome: 'failed' });
  });

  test('what was accepted without a secret and stands in no list; nothing more is made', async () => {
    box.disturb = ({ method, route }) => {
      if (method !== 'POST' || route !== '/extension') return undefined;
      return json(shown(hireAt(box, '9900', {}, '90002'), box), { status: 201 });
    };
    const report = await trial(sure);
    expect(report.left).toMatchObject({ id: '502' });
    expect(box.office.people.map(({ company }) => company)).toEqual(['90001', '90002']);
  });

  test('what may have been made where a guess decides where', async () => {
    box.disturb = (call) => (isWhole(call) ? 'drop' : undefined);
    const report = await trial(edited(shipped, { canary }));
    expect(report.left).toEqual({ host: server.url, company: '90001', number: '9900', id: null });
  });

  test('what its get still shows', async () => {
    let made: Call['sent'] | undefined;
    box.disturb = ({ method, route }) => {
      const one = personAt(box.office, '9900');
      if (one !== undefined) made = shown(one, box);
      if (made !== undefined && one === undefined && method === 'GET' && route === `/extension/${made.id}`)
        return json(made);
      return undefined;
    };
    const report = await trial(sure);
    expect(report.left).toMatchObject({ id: String(made?.id) });
  });
});

describe('a create that nobody knows of', () => {
  test('is given the time of a late write before its absence is believed', async () => {
    box.disturb = (call) => (isWhole(call) ? 'drop' : undefined);
    const report = await trial(sure);
    expect(report.left).toBeNull();
    expect(clock.slept).toContain(facts.lateWriteMs);
    expect(report.steps.at(-1)).toMatchObject({ step: 'clean-up', outcome: 'done' });
  });

  test('is taken away where it comes late', async () => {
    let sent: Call['sent'] | undefined;
    let looks = 0;
    box.disturb = (call) => {
      if (isWhole(call)) {
        sent = call.sent;
        return 'drop';
      }
      if (sent !== undefined && call.method === 'GET' && call.route === '/extension') looks += 1;
      if (looks === 3 && personAt(box.office, '9900') === undefined) hireAt(box, '9900');
      return undefined;
    };
    const report = await trial(sure);
    expect([report.left, personAt(box.office, '9900')]).toEqual([null, undefined]);
    expect(report.steps.at(-1)).toMatchObject({ step: 'clean-up', outcome: 'done' });
    expect(looks).toBeGreaterThan(3);
  });

  test('is not forgotten over one that was refused', async () => {
    box.disturb = (call) => {
      if (call.method !== 'POST' || call.route !== '/extension') return undefined;
      return isWhole(call) ? json({}, { status: 403 }) : html('boom', { status: 500 });
    };
    const report = await trial(edited(shipped, { canary }));
    expect(report.left).toMatchObject({ number: '9900', id: null });
  });
});

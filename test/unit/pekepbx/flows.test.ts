import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { FlowQuestion } from '../../../providers/contract.ts';
import { json, type Server } from '../../support/serve.ts';
import { galletasProfile, hireGalletas, newGalletas, serveGalletas } from './galletas.ts';
import { type Call, hireAt, type Laravel, newLaravel, serveLaravel } from './laravel.ts';
import { edited, errorOf, proven, using } from './support.ts';

let box: Laravel;
let server: Server<Call>;

beforeEach(async () => {
  box = newLaravel();
  server = await serveLaravel(box);
  hireAt(box, '10');
  hireAt(box, '11');
  box.office.queues = [{ id: 31, company: '90001', name: 'Ventas', number: '600', members: ['10', '11'] }];
});

afterEach(() => server.stop());

const ask = (...asked: readonly FlowQuestion[]) =>
  using(server, { purpose: 'read' }, async (session) => (await session.callFlows?.(asked)) ?? []);

describe('where numbers and queues lead', () => {
  test('a number to an extension, a number to a queue, a queue by name and by number', async () => {
    const flows = await ask(
      { name: 'Recepción', number: '+34910000001' },
      { name: 'Ventas', number: '34910000002' },
      { name: ' ventas ' },
      { name: 'Ventas', number: '600' },
    );
    expect(flows).toEqual([
      { status: 'found', reaches: ['10'], complete: true, evidence: 'DID 34910000001 → extension (10)' },
      {
        status: 'found',
        reaches: ['10', '11'],
        complete: true,
        evidence: 'DID 34910000002 → queue Ventas (10, 11)',
      },
      { status: 'found', reaches: ['10', '11'], complete: true, evidence: 'queue Ventas (10, 11)' },
      { status: 'found', reaches: ['10', '11'], complete: true, evidence: 'queue Ventas (10, 11)' },
    ]);
  });

  test('a number is found with or without its country’s code, the one that is written alike first', async () => {
    const [extension] = box.office.people;
    box.office.dids.push({ id: 75, company: '90001', number: '910000099', leads: ['extension', 502] });
    const declared = { name: 'x', number: '+34910000099' };
    const [national] = await ask(declared);
    expect(national).toMatchObject({ status: 'found', reaches: ['11'] });
    box.office.dids.push({
      id: 76,
      company: '90001',
      number: '34910000099',
      leads: ['extension', extension?.id ?? 0],
    });
    const [exact] = await ask(declared);
    expect(exact).toMatchObject({ status: 'found', reaches: ['10'] });
    expect((await ask({ name: 'x', number: '00099' }))[0]?.status).toBe('absent');
  });

  test('a number that is in no list is absent; a name may be a menu’s', async () => {
    const flows = await ask({ name: 'x', number: '34910000009' }, { name: 'Menú principal' });
    expect(flows.map(({ status }) => status)).toEqual(['absent', 'unknown']);
  });

  test('what leads on to something else is not complete', async () => {
    box.office.dids.push({ id: 73, company: '90001', number: '34910000003', leads: ['ivr', 4] });
    box.office.dids.push({ id: 74, company: '90001', number: '34910000004' });
    box.office.queues[0]?.members.push('99');
    const flows = await ask(
      { name: 'x', number: '34910000003' },
      { name: 'x', number: '34910000004' },
      { name: 'Ventas' },
    );
    expect(flows.map(({ reaches, complete }) => [reaches, complete])).toEqual([
      [[], false],
      [[], true],
      [['10', '11'], false],
    ]);
  });

  test('a name of the profile that is not there is named', async () => {
    const { queues, dids } = proven.callFlows ?? {};
    if (queues === undefined || dids === undefined) throw new Error('the shipped profile maps call flows');
    const callFlows = { queues: { ...queues, members: { path: 'agents' } }, dids };
    const profile = edited(proven, { callFlows });
    const error = await using(server, { profile }, (session) =>
      errorOf(session.callFlows?.([{ name: 'x' }]) ?? Promise.resolve()),
    );
    expect([error.code, error.params.mark]).toEqual(['profile-outdated', 'callFlows.queues.members']);
  });

  test('without queues only numbers are known', async () => {
    const galletas = newGalletas();
    const other = await serveGalletas(galletas);
    hireGalletas(galletas, '10');
    const flows = await using(other, { profile: galletasProfile }, async (session) =>
      session.callFlows?.([{ name: 'Ventas' }, { name: 'x', number: '0034910000001' }]),
    );
    expect(flows?.map(({ status, reaches }) => [status, reaches])).toEqual([
      ['unknown', []],
      ['found', ['10']],
    ]);
    await other.stop();
  });

  test('a profile without call flows has no such power', async () => {
    const { callFlows: _none, ...rest } = proven;
    await using(server, { profile: edited(rest as typeof proven, {}) }, async (session) =>
      expect(session.callFlows).toBeUndefined(),
    );
  });

  test('a list that is refused is refused', async () => {
    box.disturb = ({ route }) => (route === '/queue' ? json({}, { status: 403 }) : undefined);
    const error = await using(server, {}, (session) =>
      errorOf(session.callFlows?.([{ name: 'x' }]) ?? Promise.resolve()),
    );
    expect(error.code).toBe('forbidden');
  });
});

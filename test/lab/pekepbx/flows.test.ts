import { describe, expect, test } from 'vitest';
import { createdId, inCompany, loggedIn, pick, userBody } from './fixture.ts';

const companies = [
  {
    code: '90001',
    extensions: 3,
    dids: { '+34910000001': 'queue:700', '+34910000002': 'extension:11', '+34910000003': '' },
    queues: { '700': ['10', '11'] },
  },
];

describe('a: queues and DIDs', () => {
  test('members are ids, and a DID leads to a type and an id', async () => {
    const { ask } = await inCompany({ companies });
    const users = pick((await ask('GET', 'extension')).json, 'data') as Array<{ id: number }>;
    const queue = pick((await ask('GET', 'queue')).json, 'data.0');
    expect(queue).toMatchObject({ extension: '700', members: [users[0]?.id, users[1]?.id] });
    const dids = pick((await ask('GET', 'did')).json, 'data') as Array<{ destination: unknown }>;
    expect(dids.map(({ destination }) => destination)).toEqual([
      { type: 'queue', id: pick(queue, 'id') },
      { type: 'extension', id: users[1]?.id },
      null,
    ]);
  });

  test('a queue is created with members, and not with strangers', async () => {
    const { ask } = await inCompany({ companies });
    const id = pick((await ask('GET', 'extension')).json, 'data.2.id');
    const body = { extension: '701', name: 'Ventas', members: [id] };
    expect((await ask('POST', 'queue', body)).json).toMatchObject({ data: { members: [id] } });
    expect((await ask('POST', 'queue', { ...body, extension: '702', members: [1] })).status).toBe(422);
    expect((await ask('POST', 'queue', body)).status).toBe(422);
  });

  test('what points to a number follows it', async () => {
    const { ask, box } = await inCompany({ companies });
    box.edit('11', { number: '12345' });
    const users = pick((await ask('GET', 'extension')).json, 'data') as Array<{
      id: number;
      extension: string;
    }>;
    const moved = users.find(({ extension }) => extension === '12345')?.id;
    expect(pick((await ask('GET', 'did')).json, 'data.1.destination')).toEqual({
      type: 'extension',
      id: moved,
    });
    expect(pick((await ask('GET', 'queue')).json, 'data.0.members.1')).toBe(moved);
  });

  test('a DID that goes leaves its callers anonymous', async () => {
    const { ask, box } = await inCompany({ companies });
    box.edit('10', { callerId: '+34910000003' });
    const id = pick((await ask('GET', 'did')).json, 'data.2.id');
    expect((await ask('DELETE', `did/${String(id)}`)).status).toBe(200);
    expect(box.saved()['10']?.callerId).toBe('');
  });
});

describe('b: queues and DIDs', () => {
  test('queues carry the company in their name, agents are SIP names, DIDs have a route', async () => {
    const { ask } = await inCompany({ edition: 'b', companies });
    expect(pick((await ask('GET', 'queue')).json, 'results.0')).toMatchObject({
      queueName: '90001700',
      agents: ['ext9000110', 'ext9000111'],
      policy: 'ringall',
    });
    const dids = pick((await ask('GET', 'did')).json, 'results') as Array<{ e164: string; route: string }>;
    expect(dids.map(({ e164, route }) => [e164, route])).toEqual([
      ['+34910000001', 'QUEUE/90001700'],
      ['+34910000002', 'EXT/ext9000111'],
      ['+34910000003', ''],
    ]);
  });

  test('a DID is led elsewhere, but not to nobody', async () => {
    const { ask } = await inCompany({ edition: 'b', companies });
    const id = pick((await ask('GET', 'did')).json, 'results.2.uuid');
    expect((await ask('PUT', `did/${id}`, { route: 'EXT/ext9000110' })).status).toBe(204);
    expect(pick((await ask('GET', `did/${id}`)).json, 'route')).toBe('EXT/ext9000110');
    for (const route of ['EXT/ext9000199', 'IVR/1', 'EXT/10']) {
      expect((await ask('PUT', `did/${id}`, { route })).status).toBe(422);
    }
  });

  test('an extension that goes leaves queues and DIDs', async () => {
    const { ask, box } = await inCompany({ edition: 'b', companies });
    box.remove('11');
    expect(pick((await ask('GET', 'queue')).json, 'results.0.agents')).toEqual(['ext9000110']);
    expect(pick((await ask('GET', 'did')).json, 'results.1.route')).toBe('');
  });
});

describe('the rest', () => {
  test('blacklist: listed, added to, removed from', async () => {
    const { ask } = await inCompany({ edition: 'b', companies });
    const id = createdId(await ask('POST', 'blacklist', { caller: '910000009', note: 'spam' }));
    expect(pick((await ask('GET', 'blacklist')).json, 'results')).toMatchObject([{ caller: '910000009' }]);
    expect((await ask('DELETE', `blacklist/${id}`)).status).toBe(204);
  });

  test('events tell what was written', async () => {
    const { ask } = await inCompany({ companies });
    const id = createdId(await ask('POST', 'extension', userBody('a', '50')));
    await ask('DELETE', `extension/${id}`);
    const events = pick((await ask('GET', 'event')).json, 'data') as Array<{ type: string; object: string }>;
    expect(events.map(({ type, object }) => `${type} ${object}`)).toEqual([
      'extension.created 50',
      'extension.deleted 50',
    ]);
  });

  test.each(['alias', 'dialpin', 'videoRoom'])('%s is an empty list', async (path) => {
    const { ask } = await inCompany({ companies });
    expect(pick((await ask('GET', path)).json, 'meta.total')).toBe(0);
  });

  test.each([
    ['a', { data: { companies: 1, extensions: 3, registered: 0, banned: 0 } }],
    ['b', { metrics: expect.arrayContaining([{ name: 'extensions', value: 3 }]) }],
  ] as const)('%s: metrics count', async (edition, body) => {
    const { ask } = await loggedIn({ edition, companies });
    expect((await ask('GET', 'metrics')).json).toEqual(body);
  });
});

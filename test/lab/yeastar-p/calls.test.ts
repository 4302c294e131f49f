import { describe, expect, test } from 'vitest';
import { type Bench, bench, type Row } from './fixture.ts';

function ready({ box }: Bench, ...numbers: string[]): void {
  for (const number of numbers) box.register(number, box.running()[number]?.reg_password ?? '');
}

async function members({ get }: Bench, query: Record<string, string> = {}): Promise<Row[][]> {
  return (await get('call/query', query)).data.map((call) => call.members as Row[]);
}

describe('call/dial', () => {
  test('between two registered extensions is answered, and can be asked about', async () => {
    const lab = await bench();
    ready(lab, '1000', '1001');
    const { call_id } = await lab.post('call/dial', { caller: '1000', callee: '1001', auto_answer: 'yes' });
    const { data } = await lab.get('call/query', { call_id });
    expect(data).toMatchObject([
      {
        call_id,
        members: [
          { extension: { number: '1000', member_status: 'ANSWERED' } },
          { extension: { number: '1001', member_status: 'ANSWER' } },
        ],
      },
    ]);
    expect(JSON.stringify(data)).toMatch(/"channel_id":"PJSIP\/1000-[0-9a-f]{8}"/);
    expect((await lab.get('system/capacity')).data).toMatchObject({ cc_used: 1 });
  });

  test('is found by a number under each name that clients use, and by type', async () => {
    const lab = await bench();
    ready(lab, '1000', '1001');
    await lab.post('call/dial', { caller: '1000', callee: '1001' });
    for (const key of ['number', 'extension', 'from']) {
      expect(await members(lab, { [key]: '1001' }), key).toHaveLength(1);
      expect(await members(lab, { [key]: '1002' }), key).toHaveLength(0);
    }
    expect(await members(lab, { type: 'internal' })).toHaveLength(1);
    expect(await members(lab, { type: 'outbound' })).toHaveLength(0);
    expect(await members(lab)).toHaveLength(1);
    expect((await lab.get('call/query', { call_id: '1.1' })).errcode).toBe(60001);
  });

  test('outside needs a trunk', async () => {
    const lab = await bench({ callFlow: { trunks: ['Fijo'] } });
    ready(lab, '1000');
    await lab.post('call/dial', { caller: '1000', callee: '912345678' });
    expect((await members(lab))[0]?.[1]).toMatchObject({
      outbound: { from: '1000', to: '912345678', trunk_name: 'Fijo' },
    });
    const bare = await bench();
    ready(bare, '1000');
    await bare.post('call/dial', { caller: '1000', callee: '912345678' });
    expect(await members(bare)).toEqual([]);
  });

  test('that cannot succeed is accepted all the same, or answers 60001 in the other reading', async () => {
    const lab = await bench();
    const dead = { caller: '1000', callee: '1001' };
    expect(await lab.post('call/dial', dead)).toMatchObject({ errcode: 0 });
    expect(await members(lab)).toEqual([]);
    expect((await lab.get('cdr/list')).data[0]).toMatchObject({ disposition: 'FAILED' });
    const strict = await bench({ doubts: { deadDial: '60001' } });
    expect((await strict.post('call/dial', dead)).errcode).toBe(60001);
    ready(strict, '1000', '1001');
    expect((await strict.post('call/dial', dead)).errcode).toBe(0);
    expect((await strict.post('call/dial', { caller: '9999', callee: '1001' })).errcode).toBe(60001);
    expect((await strict.post('call/dial', dead)).errcode).toBe(60001);
  });

  test('wants both numbers', async () => {
    const { post } = await bench();
    expect((await post('call/dial', { callee: '1000' })).invalid_param_list[0]?.field).toBe('caller');
    expect((await post('call/dial', { caller: '1000' })).invalid_param_list[0]?.field).toBe('callee');
  });
});

describe('call/hangup and cdr/list', () => {
  test('end the call by a channel, and tell of it afterwards', async () => {
    const lab = await bench({
      extensions: 0,
      dateFormat: 'DD/MM/YYYY',
      seed: [
        { number: '1000', first_name: 'Ana', last_name: 'Gil' },
        { number: '1001', first_name: 'Leo' },
      ],
    });
    ready(lab, '1000', '1001');
    const { call_id } = await lab.post('call/dial', { caller: '1000', callee: '1001' });
    const callee = (await members(lab))[0]?.[1]?.extension as Row;
    const ended = await lab.post('call/hangup', { channel_id: callee.channel_id });
    expect(ended).toMatchObject({ errcode: 0, call_id });
    expect(await members(lab)).toEqual([]);
    const { total_number, data } = await lab.get('cdr/list', { page: 1, page_size: 10 });
    expect(total_number).toBe(1);
    expect(data[0]).toMatchObject({
      uid: call_id,
      call_from: 'Ana Gil<1000>',
      call_to: 'Leo<1001>',
      disposition: 'ANSWERED',
      call_type: 'Internal',
    });
    expect(data[0]?.time).toMatch(/^[0-3]\d\/[01]\d\/20\d\d \d\d:\d\d:\d\d$/);
  });

  test('an unknown channel answers 70130, spelt as in the guide', async () => {
    const { post, get } = await bench();
    const refused = await post('call/hangup', { channel_id: 'PJSIP/1000-00000001' });
    expect(refused).toEqual({ errcode: 70130, errmsg: 'CAHNNEL ID NOT FOUND' });
    expect((await post('call/hangup', {})).errcode).toBe(40002);
    expect((await get('cdr/list', { page_size: 10_001 })).errcode).toBe(40002);
  });
});

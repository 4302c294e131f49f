import { expect, test } from 'vitest';
import { bench, idOf, strong } from './fixture.ts';

test('a thousand registered extensions are listed page by page while others are written', async () => {
  const { box, get, post } = await bench({ extensions: 1000, firstNumber: 10_000 });
  for (const { number, reg_password = '' } of Object.values(box.running()))
    box.register(number, reg_password);
  const seen = new Set<unknown>();
  for (let page = 1; page <= 10; page += 1) {
    const { data } = await get('extension/list', { page, page_size: 100 });
    for (const row of data) {
      expect(row.online_status).toMatchObject({ sip_phone: { status: 1 } });
      seen.add(row.id);
    }
    const body = { id: idOf(box, String(9900 + 100 * page)), reg_password: strong(`page ${page}`) };
    expect((await post('extension/update', body)).errcode).toBe(0);
  }
  expect(seen.size).toBe(1000);
  expect(Object.keys(box.contacts())).toHaveLength(990);
});

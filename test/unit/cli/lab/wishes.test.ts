import { expect, it } from 'vitest';
import { wishesOf } from '../../../../cli/lab/wishes.ts';

const flags = { client: [], target: [], exclude: [], fault: [] };

it('asks for two boxes and no phones where nothing is said', () => {
  const { boxes, phones, ports } = wishesOf(flags);
  expect([boxes.map(({ name }) => name), phones, ports]).toEqual([['sede', 'almacen'], [], {}]);
});

it('asks for one PBX of each kind where --boxes stands alone', () => {
  const { boxes } = wishesOf({ ...flags, boxes: true });
  expect(boxes.map(({ driver = 'yeastar', edition }) => `${driver} ${edition}`)).toEqual([
    'yeastar v2.0.0',
    'yeastar v1.1.0',
    'yeastar-p undefined',
    'meetip v1',
    'meetip v2',
    'pekepbx a',
    'pekepbx b',
  ]);
});

it.each(['sede:v3', 'Sede', 'sede:meetip:v1', 'sede:__proto__'])('knows no PBX %s', (text) => {
  expect(() => wishesOf({ ...flags, boxes: [text] })).toThrow(
    expect.objectContaining({ code: 'option-value' }),
  );
});

it('asks for one phone of every generation where --phones stands alone', () => {
  const { phones } = wishesOf({ ...flags, phones: true });
  expect(phones.map(({ generation }) => generation).sort()).toEqual(['a', 'b0', 'b1', 'b2', 'c']);
  expect(phones.map(({ way }) => way).sort()).toEqual(['direct', 'guided', 'off', 'provisioning', 'via']);
});

it.each([
  ['mostrador', { name: 'mostrador', generation: 'c', way: 'direct' }],
  ['mostrador:b1', { name: 'mostrador', generation: 'b1', way: 'direct' }],
  ['mostrador:a', { name: 'mostrador', generation: 'a', way: 'guided' }],
  ['mostrador:b0:via', { name: 'mostrador', generation: 'b0', way: 'via' }],
])('reads %s', (text, wish) => {
  expect(wishesOf({ ...flags, phones: [text] }).phones).toEqual([wish]);
});

it.each([['sede'], ['control'], ['mostrador', 'mostrador:b0']])(
  'refuses names that are taken: %s',
  (...phones) => {
    expect(() => wishesOf({ ...flags, phones })).toThrow(expect.objectContaining({ code: 'lab-name-taken' }));
  },
);

it('refuses two boxes of one name', () => {
  expect(() => wishesOf({ ...flags, boxes: ['sede', 'sede:v1.1.0'] })).toThrow(
    expect.objectContaining({ code: 'lab-name-taken' }),
  );
});

it.each(['Mostrador', 'mostrador:z', 'mostrador:c:radio', 'mostrador:c:via:x', ''])(
  'refuses the phone "%s"',
  (text) => {
    expect(() => wishesOf({ ...flags, phones: [text] })).toThrow(
      expect.objectContaining({ code: 'option-value' }),
    );
  },
);

it('numbers ports from the first', () => {
  const { ports } = wishesOf({ ...flags, boxes: ['sede'], phones: ['mostrador'], port: 8000 });
  expect(ports).toEqual({ control: 8000, sede: 8001, mostrador: 8002, bastion: 8003, provisioning: 8004 });
});

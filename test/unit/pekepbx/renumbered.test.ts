import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ProfileDocument } from '../../../engine/model/profile.ts';
import { json, type Server } from '../../support/serve.ts';
import { type Call, hireAt, type Laravel, newLaravel, said, serveLaravel, shown, writes } from './laravel.ts';
import { deletion, edited, errorOf, proven, update, using } from './support.ts';

let box: Laravel;
let server: Server<Call>;

beforeEach(async () => {
  box = newLaravel();
  server = await serveLaravel(box);
  hireAt(box, '10');
});

afterEach(() => server.stop());

const { get: _get, ...getless } = proven.resources.extension;
const partial = edited(proven, { update: { style: 'patch' } });
const blind = edited(partial, { resources: { ...proven.resources, extension: getless } });

/** A write of 10, after the session has read and a colleague has been there. */
const late = (
  write: ReturnType<typeof update> | ReturnType<typeof deletion>,
  meanwhile: () => void,
  profile: ProfileDocument = proven,
) =>
  using(server, { profile }, async (session) => {
    await session.read({ kinds: ['extension'] });
    meanwhile();
    return errorOf(session.apply(write));
  });
const renumber = () => {
  box.office.people = box.office.people.map((one) => ({ ...one, number: '20' }));
};

describe('an id that is another extension’s by now', () => {
  test.each([
    ['a delete', deletion(), proven],
    ['an update of all', update({ name: 'x' }), proven],
    ['an update of one field', update({ name: 'x' }), partial],
  ] as const)('stops %s', async (_name, write, profile) => {
    const error = await late(write, renumber, profile);
    expect([error.code, error.written]).toEqual(['strange-answer', 'nothing']);
    expect(writes(server)).toEqual([]);
  });

  test('stops an update where only the list can tell', async () => {
    const error = await late(update({ name: 'x' }), renumber, blind);
    expect([error.code, error.written]).toEqual(['not-found', 'nothing']);
    expect(writes(server)).toEqual([]);
  });

  test('stops a delete where the number has moved to another one', async () => {
    const error = await late(
      deletion(),
      () => {
        renumber();
        hireAt(box, '10');
      },
      blind,
    );
    expect([error.code, error.written]).toEqual(['strange-answer', 'nothing']);
    expect(box.office.people).toHaveLength(2);
  });

  test('stops a delete of another company’s', async () => {
    const error = await late(deletion(), () => {
      box.office.people = box.office.people.map((one) => ({ ...one, company: '90002' }));
    });
    expect([error.code, error.written]).toEqual(['strange-answer', 'nothing']);
    expect(writes(server)).toEqual([]);
  });
});

describe('where a get cannot tell, the list does', () => {
  const remove = (profile: ProfileDocument = proven) =>
    using(server, { profile }, (session) => session.apply(deletion()));
  const gets = () => said(server).filter((one) => one.startsWith('GET /extension'));

  test('a profile without one', async () => {
    await remove(blind);
    expect(gets()).toEqual(['GET /extension', 'GET /extension']);
    expect(box.office.people).toEqual([]);
  });

  test.each([
    ['that does not exist', () => json({ message: 'Not Found' }, { status: 404 })],
    ['that answers otherwise than the profile says', () => json([1])],
    [
      'that does not say whose it is',
      () => {
        const { companyId: _company, ...rest } = shown(box.office.people[0] as never, box);
        return json(rest);
      },
    ],
  ] as const)('one %s', async (_name, answer) => {
    box.disturb = ({ method, route }) =>
      method === 'GET' && route.startsWith('/extension/') ? answer() : undefined;
    await remove();
    expect(gets()).toEqual(['GET /extension', 'GET /extension/501', 'GET /extension']);
    expect(box.office.people).toEqual([]);
  });

  test('what a colleague deleted is deleted', async () => {
    await using(server, {}, async (session) => {
      await session.read({ kinds: ['extension'] });
      box.office.people = [];
      await session.apply(deletion());
    });
    expect(writes(server)).toEqual([]);
  });
});

test('a list where the profile says that an object is is not replaced by one', async () => {
  const fields = { ...proven.fields, mobile: { path: 'phones.number' } };
  box.extra = { phones: [{ number: '600000001' }, { number: '600000002' }] };
  const error = await late(update({ mobile: '611' }), () => {}, edited(proven, { fields }));
  expect([error.code, error.written, error.params.mark]).toEqual([
    'profile-outdated',
    'nothing',
    'fields.mobile',
  ]);
  expect(writes(server)).toEqual([]);
});

/** Writes of which the answer got lost, or tells nothing. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Write } from '../../../providers/contract.ts';
import { html, type Server } from '../../support/serve.ts';
import { type Call, hireAt, type Laravel, newLaravel, serveLaravel } from './laravel.ts';
import { address, creation, errorOf, using } from './support.ts';

let box: Laravel;
let server: Server<Call>;

beforeEach(async () => {
  box = newLaravel();
  server = await serveLaravel(box);
});

afterEach(() => server.stop());

const failed = (write: Write) => using(server, {}, (session) => errorOf(session.apply(write)));
const apply = (write: Write) => using(server, {}, (session) => session.apply(write));

describe('an answer that says nothing', () => {
  /** The create is carried out, and its answer lost. @param blind whether the list after it fails too */
  const loseCreate = (blind: boolean, more: Record<string, unknown> = {}) => {
    let lost = 0;
    box.disturb = ({ method, route, sent }) => {
      if (method === 'POST' && route === '/extension') {
        lost += 1;
        const { companyId: _company, number: _number, ...fields } = sent;
        hireAt(box, '10', { ...fields, ...more });
        return 'drop';
      }
      if (!blind || lost !== 1 || route !== '/extension') return undefined;
      lost += 1;
      return html('boom', { status: 500 });
    };
  };

  test('a create whose answer was lost is looked for', async () => {
    loseCreate(false);
    expect(await apply(creation())).toEqual({ id: '501' });
    expect(box.office.people).toHaveLength(1);
  });

  test('where it cannot be found nobody knows, and it converges when it is repeated', async () => {
    loseCreate(true);
    const first = await failed(creation());
    expect([first.code, first.written]).toEqual(['connection-reset', 'unknown']);
    expect(await apply(creation())).toEqual({ id: '501' });
    expect(box.office.people).toHaveLength(1);
  });

  test('what is found there with other values is not taken for ours', async () => {
    loseCreate(false, { name: 'Fax' });
    const error = await failed(creation());
    expect([error.code, error.written]).toEqual(['connection-reset', 'unknown']);
  });

  test('a delete whose answer was lost is looked for', async () => {
    hireAt(box, '10');
    box.disturb = ({ method }) => {
      if (method !== 'DELETE') return undefined;
      box.office.people = [];
      return 'drop';
    };
    const deletion = { action: 'delete', kind: 'extension', key: '10', address } as const;
    expect(await apply(deletion)).toEqual({});
  });

  test('an update whose answer was lost is not judged: a password may have been part of it', async () => {
    hireAt(box, '10');
    box.disturb = ({ method }) => (method === 'PUT' ? 'drop' : undefined);
    const error = await failed({ ...creation(), action: 'update', before: {}, secrets: {} });
    expect([error.code, error.written]).toEqual(['connection-reset', 'unknown']);
  });

  test('a create that tells no id is looked up', async () => {
    box.disturb = ({ method, route, sent }) => {
      if (method !== 'POST' || route !== '/extension') return undefined;
      const { companyId: _company, number: _number, ...fields } = sent;
      hireAt(box, '10', fields);
      return { status: 201, text: '' };
    };
    expect(await apply(creation())).toEqual({ id: '501' });
  });

  test('one that exists nowhere afterwards is no id', async () => {
    box.disturb = ({ method, route }) =>
      method === 'POST' && route === '/extension' ? { status: 201, text: '' } : undefined;
    expect(await apply(creation())).toEqual({});
  });
});

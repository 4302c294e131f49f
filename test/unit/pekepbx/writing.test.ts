import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Secret } from '../../../engine/model/index.ts';
import type { ProfileDocument } from '../../../engine/model/profile.ts';
import { marksIn } from '../../../providers/pbx/pekepbx/site/index.ts';
import { type Answer, html, json, type Server } from '../../support/serve.ts';
import { galletasProfile, hireGalletas, newGalletas, serveGalletas } from './galletas.ts';
import { type Call, hireAt, type Laravel, newLaravel, said, serveLaravel, writes } from './laravel.ts';
import { llanoProfile, newLlano, serveLlano } from './llano.ts';
import {
  creation,
  deletion,
  edited,
  errorOf,
  locked,
  type Place,
  proven,
  shipped,
  update,
  using,
} from './support.ts';

let box: Laravel;
let server: Server<Call>;

beforeEach(async () => {
  box = newLaravel();
  server = await serveLaravel(box);
});

afterEach(() => server.stop());

const scope = { kinds: ['extension'] } as const;
const failed = (
  write: Parameters<typeof apply>[0],
  place: Place & { readonly purpose?: 'read' | 'write' } = {},
) => using(server, place, (session) => errorOf(session.apply(write)));
const apply = (
  write: ReturnType<typeof creation> | ReturnType<typeof update> | ReturnType<typeof deletion>,
  place: Place = {},
) => using(server, place, (session) => session.apply(write));

describe('what is sent', () => {
  test('a create: what is declared, the defaults, the company', async () => {
    await apply(creation({ callerId: '34910000001', internalOnly: true }));
    expect(writes(server).map(({ sent }) => sent)).toEqual([
      {
        companyId: 90001,
        number: '10',
        role: 'user',
        name: 'Recepción',
        email: 'recepcion@acme.example',
        callerId: 71,
        internalOnly: true,
        sipPassword: 'Kw4mTz-Qp7rXb9sNd3hV',
        password: 'Zt5kPm-Wq8sLc2vXn6bH',
      },
    ]);
  });

  test('an update: the whole object, with keys that nobody maps, without timestamps and passwords', async () => {
    hireAt(box, '10', {
      department: { id: 4 },
      sipPassword: 'old-sip-secret',
      password: 'old-portal-secret',
    });
    await apply(update({ name: 'Otra', callerId: 'anonymous' }));
    expect(writes(server).map(({ method, route, sent }) => [method, route, sent])).toEqual([
      [
        'PUT',
        '/extension/501',
        {
          id: 501,
          companyId: 90001,
          number: '10',
          name: 'Otra',
          email: 'almacen@acme.example',
          role: 'user',
          internalOnly: false,
          callerId: null,
          mobile: '',
          mobileExtension: '',
          voicemail: true,
          callRecording: false,
          department: { id: 4 },
        },
      ],
    ]);
    expect(box.office.people[0]?.fields).toMatchObject({
      sipPassword: 'old-sip-secret',
      password: 'old-portal-secret',
    });
  });

  test('what stands in place of a password that is never shown does not go back', async () => {
    box.extra = { sipPassword: '********', password: '********' };
    hireAt(box, '10', { sipPassword: 'old-sip-secret', password: 'old-portal-secret' });
    await apply(update({ name: 'Otra' }));
    expect(box.office.people[0]?.fields).toMatchObject({
      sipPassword: 'old-sip-secret',
      password: 'old-portal-secret',
    });
  });

  test('a partial update: what changes, and what must come back with it', async () => {
    const llano = newLlano();
    const other = await serveLlano(llano);
    await using(other, { profile: llanoProfile }, async (session) => {
      await session.apply(creation());
      await session.apply(update({ voicemail: false, mobile: '' }));
    });
    const patch = other.calls.find(({ method }) => method === 'PATCH');
    expect(JSON.parse(patch?.body ?? '')).toEqual({
      usuario: { version: 1, buzon: 0, persona: { movil: null } },
    });
    await other.stop();
  });

  test('what is written elsewhere than it is read survives an update of another field', async () => {
    const galletas = newGalletas();
    const other = await serveGalletas(galletas);
    hireGalletas(galletas, '10', { out_id: 72 });
    await using(other, { profile: galletasProfile }, (session) =>
      session.apply(update({ voicemail: false })),
    );
    expect(galletas.office.people[0]?.fields).toMatchObject({
      out_id: 72,
      plan: 'gold',
      flags: { vm: false },
    });
    await other.stop();
  });

  test('what can only be set at first is not tried later', async () => {
    const galletas = newGalletas();
    const other = await serveGalletas(galletas);
    hireGalletas(galletas, '10');
    const write = update({}, { sip: new Secret('Hd7cRw-Kx4pVb9nTm6sQ') });
    const error = await using(other, { profile: galletasProfile }, (session) =>
      errorOf(session.apply(write)),
    );
    expect([error.code, error.written, other.calls.length]).toEqual(['unsupported-operation', 'nothing', 2]);
    await other.stop();
  });
});

describe('before anything is sent', () => {
  const none = () => expect(said(server)).toEqual(['POST /login', 'GET /logout']);

  test('a session for reading does not write', async () => {
    const error = await failed(creation(), { purpose: 'read' });
    expect([error.code, error.written]).toEqual(['read-only-session', 'nothing']);
    none();
  });

  test('guesses stop a write, and are named', async () => {
    const error = await failed(update({ name: 'Otra' }), { profile: shipped });
    expect([error.code, error.written]).toEqual(['profile-unverified', 'nothing']);
    expect(error.params).toMatchObject({
      profile: 'pekepbx-v36',
      operation: 'update',
      target: 'acme/pbx:nube',
    });
    expect(error.params.marks).toEqual([
      'tenant.id',
      'tenant.scopes.0',
      'tenant.scopes.1',
      'resources.extension.company',
      'list.results',
      'list.pager',
      'identity.id',
      'identity.number',
      'fields.name',
      'fields.sip',
      'fields.portal',
      'update',
    ]);
    none();
  });

  test('a create needs what it always sends, a delete no field at all', async () => {
    const made = await failed(creation(), { profile: shipped });
    expect(made.params.marks).toEqual(
      expect.arrayContaining(['fields.name', 'fields.email', 'fields.role', 'fields.sip', 'fields.portal']),
    );
    expect(made.params.marks).not.toContain('fields.mobile');
    expect(made.params.marks).not.toContain('update');
    const gone = await failed(deletion(), { profile: shipped });
    expect(gone.params.marks).toEqual([
      'tenant.id',
      'tenant.scopes.0',
      'resources.extension.company',
      'list.results',
      'list.pager',
      'identity.id',
      'identity.number',
    ]);
  });

  test('a declared name of the company must be proven as well', async () => {
    const identity = { tenant: '90001', tenantName: 'Acme S.L.' };
    const error = await failed(deletion(), { profile: shipped, identity });
    expect(error.params.marks).toContain('tenant.name');
  });

  test('marks on what a write does not need leave it alone', async () => {
    const needed = (await failed(creation(), { profile: shipped })).params.marks as readonly string[];
    const profile = locked(shipped, needed);
    expect(marksIn(profile)).toContain('fields.mobile');
    expect(marksIn(profile)).toContain('auth.refresh');
    await apply(creation(), { profile });
    expect(box.office.people).toHaveLength(1);
  });

  test('a lookup needs the list that it looks in', async () => {
    const needed = (await failed(creation(), { profile: shipped })).params.marks as readonly string[];
    const profile = locked(shipped, needed);
    const error = await failed(creation({ callerId: 'anonymous' }), { profile });
    expect(error.params.marks).toEqual([
      'resources.did.company',
      'fields.callerId',
      'fields.callerId.key',
      'fields.callerId.shown',
    ]);
  });

  test('what the server requires is missed', async () => {
    const { portal: _none, ...secrets } = creation().secrets;
    const error = await failed({ ...creation(), secrets });
    expect([error.code, error.params.field, error.written]).toEqual(['secret-required', 'portal', 'nothing']);
    none();
  });

  test('what the profile does not map is a person’s job', async () => {
    const { mobile: _mobile, ...fields } = proven.fields;
    const error = await failed(update({ mobile: '600000001' }), { profile: edited(proven, { fields }) });
    expect([error.code, error.params.operation, error.written]).toEqual([
      'unsupported-operation',
      'set mobile',
      'nothing',
    ]);
    none();
  });

  test('so is a call that it does not map', async () => {
    const { create: _create, ...extension } = proven.resources.extension;
    const profile = edited(proven, { resources: { ...proven.resources, extension } });
    expect((await failed(creation(), { profile })).code).toBe('unsupported-operation');
    none();
  });
});

describe('before the write', () => {
  test('another company than the declared one', async () => {
    const identity = { tenant: '90001', tenantName: 'Otra S.L.' };
    const error = await failed(creation(), { identity });
    expect([error.code, error.written]).toEqual(['wrong-identity', 'nothing']);
    expect(writes(server)).toEqual([]);
  });

  test('a number of another company is no caller ID', async () => {
    const error = await failed(creation({ callerId: '34910000009' }));
    expect([error.code, error.written, error.params.address]).toEqual([
      'value-one-of',
      'nothing',
      'acme/pbx:nube/extension:10',
    ]);
    expect(writes(server)).toEqual([]);
  });
});

describe('a server that changed', () => {
  const keys = {
    id: 'number',
    companyId: 'number',
    number: 'string',
    name: 'string',
    email: 'string',
    role: 'string',
    internalOnly: 'boolean',
    callerId: 'null|number',
    mobile: 'string',
    mobileExtension: 'string',
    voicemail: 'boolean',
    callRecording: 'boolean',
    nick: 'string?',
  };
  const guarded = (change: Partial<ProfileDocument> = {}) => edited(proven, { guard: { keys }, ...change });

  test('that looks as it did is written to', async () => {
    hireAt(box, '11', { callerId: 71 });
    await apply(creation(), { profile: guarded() });
    expect(box.office.people).toHaveLength(2);
  });

  test('that is empty cannot be judged', async () => {
    await apply(creation(), { profile: guarded() });
    expect(box.office.people).toHaveLength(1);
  });

  const changes: readonly (readonly [string, Record<string, unknown>, string])[] = [
    ['a new key', { nickname: 'x' }, '+ nickname'],
    ['a key that is gone', { voicemail: undefined }, '- voicemail'],
    ['another type', { role: 1 }, 'role: string → number'],
  ];

  test.each(changes)('%s stops writes and is shown', async (_name, extra, told) => {
    hireAt(box, '11');
    box.extra = extra;
    const error = await failed(creation(), { profile: guarded() });
    expect([error.code, error.written, error.params.changes]).toEqual(['profile-changed', 'nothing', [told]]);
    expect(writes(server)).toEqual([]);
  });

  test('reading goes on, and warns', async () => {
    hireAt(box, '11');
    box.extra = { nickname: 'x' };
    const { diagnostics, resources } = await using(server, { profile: guarded() }, (session) =>
      session.read(scope),
    );
    expect(resources).toHaveLength(1);
    expect(diagnostics?.map(({ code, severity }) => [code, severity])).toEqual([
      ['profile-changed', 'warning'],
    ]);
  });

  test('new keys may be allowed, and some may be ignored', async () => {
    hireAt(box, '11');
    box.extra = { nickname: 'x', created_at: 5 };
    const drift = { ...proven.drift, additions: 'allow' } as const;
    await apply(creation(), { profile: guarded({ drift }) });
    expect(box.office.people).toHaveLength(2);
  });

  test('another version', async () => {
    const version = { from: 'login', path: 'token_type', value: 'mac' } as const;
    const error = await failed(creation(), { profile: edited(proven, { guard: { version } }) });
    expect([error.code, error.params.changes]).toEqual(['profile-changed', ['token_type: ≠ mac']]);
    const same = { ...version, value: 'bearer' };
    await apply(creation(), { profile: edited(proven, { guard: { version: same } }) });
    const inList = { from: 'list', path: 'meta.total', value: '1' } as const;
    await apply(update({ name: 'x' }), { profile: edited(proven, { guard: { version: inList } }) });
  });
});

describe('what the server says no to', () => {
  const refusals: readonly (readonly [string, Answer, string, string])[] = [
    ['403', json({}, { status: 403 }), 'forbidden', 'nothing'],
    ['422', json({ message: 'invalid' }, { status: 422 }), 'value-refused', 'nothing'],
    [
      '422 with fields',
      json({ errors: { email: ['x'], other: ['y'] } }, { status: 422 }),
      'field-refused',
      'nothing',
    ],
    ['400', json({ message: 'bad' }, { status: 400 }), 'value-refused', 'nothing'],
    ['409', json({ message: 'conflict' }, { status: 409 }), 'already-exists', 'nothing'],
    ['429', json({}, { status: 429 }), 'target-busy', 'nothing'],
    ['503', html('busy', { status: 503 }), 'target-busy', 'unknown'],
    ['500', json({ message: 'Server Error' }, { status: 500 }), 'strange-answer', 'unknown'],
    ['a redirection', html('', { status: 302, headers: { location: '/x' } }), 'redirected', 'unknown'],
    ['a page', html('<title>x</title>'), 'strange-answer', 'unknown'],
    ['another success', json({}, { status: 206 }), 'strange-answer', 'unknown'],
    [
      'the quota',
      json({ message: 'Alcanzado el NÚMERO DE EXTENSIONES' }, { status: 422 }),
      'limit-reached',
      'nothing',
    ],
    ['an answer that never comes', 'drop', 'connection-reset', 'unknown'],
  ];

  test.each(refusals)('%s', async (_name, answer, code, written) => {
    box.disturb = ({ method, route }) => (method === 'POST' && route === '/extension' ? answer : undefined);
    const error = await failed(creation());
    expect([error.code, error.written]).toEqual([code, written]);
    if (code === 'field-refused') expect(error.params.fields).toEqual(['email']);
    expect(error.params.address).toBe('acme/pbx:nube/extension:10');
  });

  test('a company that is full', async () => {
    box.office.quota = 0;
    expect((await failed(creation())).code).toBe('limit-reached');
  });
});

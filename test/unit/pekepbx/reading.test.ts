import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ProfileDocument } from '../../../engine/model/profile.ts';
import { html, json, type Server } from '../../support/serve.ts';
import { galletasProfile, hireGalletas, newGalletas, serveGalletas } from './galletas.ts';
import { type Call, hireAt, type Laravel, newLaravel, page, said, serveLaravel } from './laravel.ts';
import { hireLlano, llanoProfile, newLlano, serveLlano } from './llano.ts';
import { edited, errorOf, type Place, proven, shipped, using } from './support.ts';

let box: Laravel;
let server: Server<Call>;

beforeEach(async () => {
  box = newLaravel();
  server = await serveLaravel(box);
});

afterEach(() => server.stop());

const scope = { kinds: ['extension'] } as const;
const read = (place: Place = {}) => using(server, place, (session) => session.read(scope));
const failed = (place: Place = {}) => using(server, place, (session) => errorOf(session.read(scope)));

describe('what a reading holds', () => {
  test('everything that the profile maps', async () => {
    hireAt(box, '10', { callerId: 71 });
    const { resources, identity, edition } = await read();
    expect(identity).toEqual({ tenant: '90001', tenantName: 'Acme S.L.' });
    expect(edition).toBe('PekePBX REST API, profile pekepbx-v36');
    expect(resources).toEqual([
      {
        kind: 'extension',
        key: '10',
        id: '501',
        values: {
          number: '10',
          registrationName: 'ext9000110',
          name: 'Almacén',
          email: 'almacen@acme.example',
          role: 'user',
          internalOnly: false,
          callerId: '34910000001',
          mobile: '',
          mobileExtension: '',
          voicemail: true,
          callRecording: false,
        },
        secrets: {},
        observed: {},
      },
    ]);
  });

  test('null in the API is anonymous, and a DID that is gone is no number', async () => {
    hireAt(box, '10');
    hireAt(box, '11', { callerId: 999 });
    const { resources } = await read();
    expect(resources.map(({ values }) => values.callerId)).toEqual(['anonymous', '#999']);
  });

  test('words that the profile does not know are shown as they are', async () => {
    hireAt(box, '10', { role: 'supervisor', internalOnly: 1, voicemail: 'perhaps' });
    const [one] = (await read()).resources;
    expect(one?.values).toMatchObject({ role: 'supervisor', internalOnly: true, voicemail: 'perhaps' });
  });

  test('the numbers that may be shown outside', async () => {
    expect((await read()).lists).toMatchObject({ callerIds: ['34910000001', '34910000002'] });
  });

  test('nothing of an empty company is called hidden but what is never shown', async () => {
    expect((await read()).can).toEqual({
      guidedActions: {},
      guidedFields: {},
      hiddenFields: { extension: ['sip', 'portal'] },
      commit: false,
    });
  });

  test('what no extension shows is hidden', async () => {
    const { mobile: _gone, ...fields } = hireAt(box, '10').fields;
    box.office.people[0] = { id: 501, company: '90001', number: '10', fields };
    expect((await read()).can.hiddenFields.extension).toEqual(['mobile', 'sip', 'portal']);
  });

  test('what the profile does not map is a person’s job', async () => {
    const { mobile: _mobile, sip: _sip, ...fields } = proven.fields;
    const { delete: _delete, ...extension } = proven.resources.extension;
    const profile = edited(proven, { fields, resources: { ...proven.resources, extension } });
    const { can } = await read({ profile });
    expect(can.guidedActions).toEqual({ extension: ['delete'] });
    expect(can.guidedFields).toEqual({ extension: ['mobile'] });
    expect(can.hiddenFields).toEqual({ extension: ['mobile', 'sip', 'portal'] });
  });

  test('readable secrets come wrapped, and with the registration state where it is mapped', async () => {
    const llano = newLlano();
    const other = await serveLlano(llano);
    hireLlano(llano, '10', { estado: 'conectado' });
    hireLlano(llano, '11', { estado: 'raro' });
    await using(other, { profile: llanoProfile }, async (session) => {
      const { resources } = await session.read(scope);
      expect(String(resources[0]?.secrets.sip)).toBe('[secret]');
      expect(resources[0]?.observed).toEqual({ registered: true });
      const seen = (await session.registrations?.(['10', '11', '12'])) ?? [];
      expect(seen.map(({ status }) => status)).toEqual(['registered', 'unknown', 'unknown']);
      expect(seen[0]?.evidence).toBe('estado: conectado');
    });
    await other.stop();
  });

  test('no registrations where the profile does not map them', async () => {
    await using(server, {}, async (session) => expect(session.registrations).toBeUndefined());
  });
});

describe('cost', () => {
  test('pages, not objects', async () => {
    for (let number = 100; number < 350; number += 1) hireAt(box, String(number));
    const { resources } = await read();
    expect(resources).toHaveLength(250);
    expect(said(server)).toEqual([
      'POST /login',
      'GET /company/90001',
      'GET /did',
      ...Array(3).fill('GET /extension'),
      'GET /logout',
    ]);
  });

  test('a server that gives smaller pages than it was asked for is read to its end', async () => {
    box.most = 7;
    for (let number = 100; number < 150; number += 1) hireAt(box, String(number));
    expect((await read()).resources).toHaveLength(50);
  });
});

describe('complete, or not at all', () => {
  const lists = (pages: (call: Call) => ReturnType<typeof json> | undefined) => {
    box.disturb = (call) => (call.route === '/extension' && call.method === 'GET' ? pages(call) : undefined);
  };
  const pageOf = (rows: readonly unknown[], total: number, last: number) =>
    json({ data: rows, meta: { total, last_page: last } });
  const row = (number: string) => ({
    id: Number(number) + 500,
    companyId: 90001,
    number,
    name: 'A',
    email: 'a@b.example',
  });

  test('a page that comes again', async () => {
    lists(() => pageOf([row('10'), row('11')], 4, 2));
    const error = await failed();
    expect(error.code).toBe('strange-answer');
    expect(error.params.evidence).toBe('page 2 repeats an earlier one (profile pekepbx-v36, list.pager)');
  });

  test('a total that is not reached, twice', async () => {
    lists(() => pageOf([row('10')], 2, 1));
    const error = await failed();
    expect(error.code).toBe('strange-answer');
    expect(error.params.evidence).toContain('1 rows of 2');
    expect(said(server).filter((one) => one === 'GET /extension')).toHaveLength(2);
  });

  test('a list that changed while it was read is read once more', async () => {
    let first = true;
    lists(() => {
      const answer = first ? pageOf([row('10')], 2, 1) : pageOf([row('10'), row('11')], 2, 1);
      first = false;
      return answer;
    });
    expect((await read()).resources.map(({ key }) => key)).toEqual(['10', '11']);
  });

  test('a number that is there twice', async () => {
    lists(() => pageOf([row('10'), { ...row('10'), id: 9 }], 2, 1));
    expect((await failed()).code).toBe('strange-answer');
  });

  test('without total and last page only an empty page is the end', async () => {
    const pager = { style: 'page', parameter: 'page', sizeParameter: 'per_page', size: 2 } as const;
    const profile = edited(proven, { list: { ...proven.list, pager } });
    for (const number of ['10', '11', '12']) hireAt(box, number);
    expect((await read({ profile })).resources).toHaveLength(3);
    expect(said(server).filter((one) => one === 'GET /extension')).toHaveLength(3);
  });

  test('pages that are counted from 0', async () => {
    const pager = { style: 'page', parameter: 'page', first: 0, last: 'meta.last' } as const;
    const profile = edited(proven, { list: { ...proven.list, pager } });
    lists(({ query }) => {
      const at = Number(query.get('page'));
      return json({ data: [row(String(10 + at))], meta: { last: 2 } });
    });
    const { did: _did, queue: _queue, ...resources } = proven.resources;
    const { callerId: _none, ...fields } = proven.fields;
    const { callFlows: _flows, ...rest } = profile;
    const counted = edited(rest as typeof proven, { resources, fields });
    expect((await read({ profile: counted })).resources.map(({ key }) => key)).toEqual(['10', '11', '12']);
  });

  test('a page in the middle that is empty', async () => {
    lists(({ query }) => pageOf(query.get('page') === '1' ? [row('10')] : [], 3, 3));
    expect((await failed()).params.evidence).toContain('page 2 of 3 is empty');
  });

  test('a total that is nowhere', async () => {
    lists(() => json({ data: [] }));
    const error = await failed();
    expect([error.code, error.params.mark, error.params.evidence]).toEqual([
      'profile-outdated',
      'list.pager',
      'meta.total: missing',
    ]);
  });

  test('a body that breaks off', async () => {
    lists(() => ({ headers: { 'content-type': 'application/json' }, text: '{"data":[{"id":1' }));
    expect((await failed()).code).toBe('strange-answer');
  });

  test('the other company’s extensions: the server took no notice of the scope', async () => {
    hireAt(box, '10');
    hireAt(box, '20', {}, '90002');
    box.disturb = (call) =>
      call.route === '/extension'
        ? page([row('10'), { ...row('20'), companyId: 90002 }], call, box)
        : undefined;
    const error = await failed();
    expect([error.code, error.params.mark, error.params.evidence]).toEqual([
      'profile-outdated',
      'tenant.scopes.0',
      "1 of 2 rows are another company's",
    ]);
  });

  test('a profile that filters by itself leaves them out', async () => {
    box.deaf = true;
    hireAt(box, '10');
    hireAt(box, '20', {}, '90002');
    const scopes = [{ by: 'filter' }, { by: 'body', name: 'companyId', as: 'number' }] as const;
    const profile = edited(proven, { tenant: { ...proven.tenant, scopes } });
    const { resources, lists: shown } = await read({ profile });
    expect(resources.map(({ key }) => key)).toEqual(['10']);
    expect(shown?.callerIds).toEqual(['34910000001', '34910000002']);
  });
});

describe('missing, forbidden and unreachable are three answers', () => {
  const answers = [
    ['forbidden', json({ message: 'no' }, { status: 403 })],
    ['forbidden', html('no', { status: 403 })],
    ['profile-outdated', json({ message: 'Not Found' }, { status: 404 })],
    ['strange-answer', html('Not Found', { status: 404 })],
    ['strange-answer', html('<title>PekePBX</title>')],
    ['strange-answer', json({ message: 'Server Error' }, { status: 500 })],
    ['redirected', html('', { status: 302, headers: { location: '/login' } })],
    ['strange-answer', { status: 304, text: '' }],
    [
      'target-busy',
      json({ message: 'Too Many Attempts.' }, { status: 429, headers: { 'retry-after': '7' } }),
    ],
    ['unreachable', html('bad gateway', { status: 502 })],
    ['connection-reset', 'drop'],
  ] as const;

  test.each(answers)('%s', async (code, answer) => {
    box.disturb = (call) => (call.route === '/extension' ? (answer as ReturnType<typeof json>) : undefined);
    const error = await failed();
    expect(error.code).toBe(code);
    if (code === 'target-busy') expect(error.facts.retryAfter).toBe(7);
  });

  test('a company that is not there is not an empty one', async () => {
    const error = await failed({ identity: { tenant: '90009' } });
    expect(error.code).toBe('wrong-identity');
    expect(said(server)).not.toContain('GET /extension');
  });

  test('a company that is only known by its name is found', async () => {
    const { identity } = await read({ identity: { tenantName: 'Beta S.A.' } });
    expect(identity).toEqual({ tenant: '90002', tenantName: 'Beta S.A.' });
    expect(said(server)).toContain('GET /company');
  });

  test('two companies of one name', async () => {
    box.disturb = (call) =>
      call.route === '/company'
        ? page(
            [
              { id: 1, name: 'Acme' },
              { id: 2, name: 'Acme' },
            ],
            call,
            box,
          )
        : undefined;
    const error = await failed({ identity: { tenantName: 'Acme' } });
    expect([error.code, error.params.count]).toEqual(['tenant-ambiguous', 2]);
  });
});

describe('guesses', () => {
  test('a reading with guesses says so', async () => {
    hireAt(box, '10');
    const { diagnostics = [] } = await read({ profile: shipped });
    expect(diagnostics.map(({ code, severity }) => [code, severity])).toEqual([
      ['profile-unproven', 'warning'],
    ]);
    expect(diagnostics[0]?.params.count).toBeGreaterThan(30);
  });

  test('a proven profile says nothing', async () => {
    expect((await read()).diagnostics).toEqual([]);
  });

  test('guesses that stand in nothing are named', async () => {
    const fields = { ...shipped.fields, mobile: { path: 'cell', verify: true } };
    hireAt(box, '10');
    const { diagnostics = [] } = await read({ profile: edited(shipped, { fields }) });
    const unseen = diagnostics.find(({ code }) => code === 'profile-unseen');
    expect(unseen?.params.missing).toEqual(['fields.mobile']);
  });

  const wrong: readonly (readonly [string, Partial<ProfileDocument>, string])[] = [
    ['list.results', { list: { ...shipped.list, results: { path: 'rows', verify: true } } }, 'rows: missing'],
    [
      'identity.id',
      { identity: { ...shipped.identity, id: { path: 'uuid', verify: true } } },
      'uuid: missing',
    ],
    [
      'identity.number',
      { identity: { ...shipped.identity, number: { path: 'line.0', verify: true, readOnly: true } } },
      'line.0: missing',
    ],
    [
      'fields.callerId.shown',
      {
        fields: {
          ...shipped.fields,
          callerId: { ...shipped.fields.callerId, path: 'callerId', shown: { path: 'did', verify: true } },
        },
      },
      'did: missing',
    ],
    ['fields.name', { fields: { ...shipped.fields, name: { path: 'who', verify: true } } }, 'who: object'],
    ['tenant.id', { tenant: { ...shipped.tenant, id: { path: 'code', verify: true } } }, 'code: missing'],
  ];

  test.each(wrong)(
    'a reading that fails at %s names it, its profile and the way out',
    async (mark, change, evidence) => {
      hireAt(box, '10', { who: { name: 'Almacén' } });
      const error = await failed({ profile: edited(shipped, change) });
      expect(error.code).toBe('profile-guess-wrong');
      expect(error.params).toMatchObject({ mark, profile: 'pekepbx-v36', target: 'acme/pbx:nube', evidence });
    },
  );
});

describe('other ways to go on', () => {
  test('offsets', async () => {
    const llano = newLlano();
    const other = await serveLlano(llano);
    for (let number = 100; number < 105; number += 1) hireLlano(llano, String(number));
    const { resources } = await using(other, { profile: llanoProfile }, (session) => session.read(scope));
    expect(resources).toHaveLength(5);
    expect(other.calls.map(({ query }) => query.get('desde')).filter((from) => from !== null)).toEqual([
      '0',
      '2',
      '4',
    ]);
    await other.stop();
  });

  test('cursors, and a pause between requests', async () => {
    const galletas = newGalletas();
    const other = await serveGalletas(galletas);
    for (let number = 100; number < 105; number += 1) hireGalletas(galletas, String(number));
    const { resources } = await using(other, { profile: galletasProfile }, (session) => session.read(scope));
    expect(resources.map(({ key }) => key)).toEqual(['100', '101', '102', '103', '104']);
    await other.stop();
  });

  const linked = (next: (at: number) => string | null, header = false) => {
    box.disturb = (call) => {
      if (call.route !== '/extension') return undefined;
      const at = Number(call.query.get('page') ?? 1);
      const rows = [{ id: at, companyId: 90001, number: String(at + 9), name: 'A', email: 'a@b.example' }];
      const link = next(at);
      if (!header) return json({ data: rows, next: link });
      return json({ data: rows }, link === null ? {} : { headers: { link: `<${link}>; rel="next"` } });
    };
  };
  const byLink = (next?: string) => {
    const pager = { style: 'next-link', ...(next === undefined ? {} : { next }) } as const;
    const { extension } = proven.resources;
    const list = { ...extension.list, pager };
    return edited(proven, { resources: { ...proven.resources, extension: { ...extension, list } } });
  };

  test('links in the body, relative or with the name of the server behind a proxy', async () => {
    linked((at) => (at === 1 ? '?page=2' : at === 2 ? 'http://127.0.0.1/api/v2/extension?page=3' : null));
    expect((await read({ profile: byLink('next') })).resources).toHaveLength(3);
  });

  test('links in the header', async () => {
    linked((at) => (at < 3 ? `/api/v2/extension?page=${at + 1}` : null), true);
    expect((await read({ profile: byLink() })).resources).toHaveLength(3);
  });

  test('a link that leads to another server is not followed', async () => {
    linked(() => 'https://evil.example/api/v2/extension?page=2');
    const error = await failed({ profile: byLink('next') });
    expect([error.code, String(error.params.evidence)]).toEqual([
      'strange-answer',
      expect.stringContaining('leads elsewhere'),
    ]);
  });

  test('a link that is not where the profile says is no end', async () => {
    linked(() => null);
    expect((await failed({ profile: byLink('links.next') })).params.mark).toBe(
      'resources.extension.list.pager',
    );
  });
});

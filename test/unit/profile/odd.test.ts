import { describe, expect, it } from 'vitest';
import { type Asked, baseProfile, harFile, learn, typed } from './browser.ts';

const values = {
  number: '987',
  name: 'ZZ-NAME-1',
  email: 'zz-email-1@example.com',
  sip: 'ZZSIPaaaa1111bbb',
  portal: 'ZZ-PASS-1',
};

const login: Asked = {
  method: 'POST',
  path: '/v1/session',
  sent: { login: 'ana@acme.example', clave: 'Hush-9-hush-9' },
  got: { jwt: 'a9K2-b8L3-c7M4-d6N5-e5P6', ttl: 600 },
};

const companies: Asked = {
  path: '/v1/orgs',
  got: {
    orgs: [
      { slug: 'acme-1', title: 'Acme' },
      { slug: 'beta-2', title: 'Beta' },
    ],
  },
};

/** An API of the tests' own: bodies below `user`, rows and bodies in other words, PATCH, the company in the path. */
function office(
  over: { readonly saves?: readonly object[]; readonly row?: object; readonly location?: boolean } = {},
) {
  const row = { uid: 'u-55-xa', display: values.name, nr: 987, contact: values.email, ...over.row };
  const [first, second] = over.saves ?? [{ only_inside: 'S' }, { only_inside: 'N' }];
  const base = '/v1/orgs/acme-1/people';
  return [
    login,
    companies,
    { path: base, got: { people: [] } },
    {
      method: 'POST',
      path: base,
      sent: {
        user: {
          full: values.name,
          nr: 987,
          contact: values.email,
          pin: values.sip,
          pw: values.portal,
          only_inside: 'N',
        },
      },
      status: over.location === true ? 204 : 202,
      ...(over.location === true
        ? { location: `${base}/u-55-xa` }
        : { got: { created: { uid: 'u-55-xa' } } }),
    },
    {
      path: base,
      got: { people: [{ uid: 'u-1-aa', display: 'Pilar', nr: 10, contact: 'p@acme.example' }, row] },
    },
    { path: `${base}/u-55-xa`, got: { person: { ...row, note: 'x' } } },
    { method: 'PATCH', path: `${base}/u-55-xa`, sent: { user: { ...first } }, status: 204 },
    { method: 'PATCH', path: `${base}/u-55-xa`, sent: { user: { ...second } }, status: 204 },
    { method: 'DELETE', path: `${base}/u-55-xa`, status: 205 },
  ] satisfies readonly Asked[];
}

const rest = { contact: values.email, nr: 987 };

describe('an API in its own words', () => {
  const { profile, finding } = learn(harFile(office()));

  it('is entered with its own login', () => {
    expect(profile.transport?.base).toBe('/v1');
    expect(profile.auth).toMatchObject({
      login: { path: '/session', body: { login: '{username}', clave: '{password}' }, verify: true },
      token: { path: 'jwt', verify: true },
      expires: { path: 'ttl', verify: true },
    });
  });

  it('has the company in the path, and never its own id in the profile', () => {
    expect(profile.tenant.scopes).toEqual([{ by: 'path', verify: true }]);
    expect(profile.resources.extension.list.path).toBe('/orgs/{companyId}/people');
    expect(profile.tenant.id).toEqual({ path: 'slug', verify: true });
  });

  it('has its own methods, statuses and wrappers', () => {
    expect(profile.resources.extension).toMatchObject({
      create: { path: '/orgs/{companyId}/people', wrap: 'user', success: [202], object: { path: 'created' } },
      get: { path: '/orgs/{companyId}/people/{id}', object: { path: 'person' } },
      update: { method: 'PATCH', wrap: 'user' },
      delete: { success: [205] },
    });
  });

  it('reads and writes a name in two places', () => {
    expect(profile.fields.name).toMatchObject({ path: 'display', writePath: 'full', verify: true });
  });

  it('takes a number for a number', () => {
    expect(profile.identity.number).toEqual({ path: 'nr', codec: 'int', verify: true });
  });

  it('never shows what it never showed', () => {
    expect(profile.fields.sip).toMatchObject({ path: 'pin', writeOnly: true });
  });

  it('has words of its own for yes and no: the first save switched on', () => {
    expect(profile.fields.internalOnly).toMatchObject({ codec: 'enum', values: { true: 'S', false: 'N' } });
  });

  it('changes only what changes', () => {
    expect(profile.update).toMatchObject({ style: 'patch', verify: true });
    expect(profile.update).not.toHaveProperty('omit');
    expect(finding('update')?.clues).toEqual([{ kind: 'sent', count: 2 }]);
  });
});

describe('an update', () => {
  it('that always sends two keys needs them again', () => {
    const saves = [
      { only_inside: 'S', nr: 987 },
      { only_inside: 'N', nr: 987 },
    ];
    const long = { alpha: 1, beta: 2, gamma: 3, delta: 4 };
    const calls = office({ saves, row: long });
    const created = calls.map((one) =>
      one.method === 'POST' && 'sent' in one && one.path.endsWith('people')
        ? { ...one, sent: { user: { ...(one.sent as { user: object }).user, ...long } } }
        : one,
    );
    expect(learn(harFile(created)).profile.update).toMatchObject({ style: 'patch', copy: ['nr'] });
  });

  it('that sends everything replaces', () => {
    const saves = [
      { full: values.name, ...rest, only_inside: 'S' },
      { full: values.name, ...rest, only_inside: 'N' },
    ];
    const calls = office({ saves }).map((one) => (one.method === 'PATCH' ? { ...one, method: 'PUT' } : one));
    expect(learn(harFile(calls)).profile.update).toMatchObject({ style: 'replace' });
  });
});

describe('an id', () => {
  it('that only the header Location tells is found in the rows', () => {
    const { profile, finding } = learn(harFile(office({ location: true })));
    expect(profile.identity.id).toMatchObject({ path: 'uid' });
    expect(finding('resources.extension.create')).toMatchObject({ standing: 'found' });
  });

  it('that stands in two keys is told as ambiguous, the likelier first', () => {
    const { finding } = learn(harFile(office({ row: { id: 'u-55-xa' } })));
    expect(finding('identity.id')).toMatchObject({ shown: 'id', candidates: ['uid'] });
  });
});

describe('a value in two places', () => {
  it('is not guessed at where neither sounds right', () => {
    const twice = { one: values.email, two: values.email, contact: undefined };
    const calls = office({ row: twice }).map((one) =>
      one.method === 'POST' && one.path.endsWith('people')
        ? { ...one, sent: { user: { full: values.name, nr: 987, one: values.email, two: values.email } } }
        : one,
    );
    const { profile, finding } = learn(harFile(calls));
    expect(finding('fields.email')).toMatchObject({
      standing: 'ambiguous',
      candidates: ['one', 'two'],
      edits: [],
    });
    expect(profile.fields.email).toMatchObject({ path: 'email', verify: true });
  });

  it('is taken where one sounds right, and the other is told', () => {
    const twice = { mail: values.email, login_as: values.email, contact: undefined };
    const calls = office({ row: twice }).map((one) =>
      one.method === 'POST' && one.path.endsWith('people')
        ? {
            ...one,
            sent: { user: { full: values.name, nr: 987, mail: values.email, login_as: values.email } },
          }
        : one,
    );
    expect(learn(harFile(calls)).finding('fields.email')).toMatchObject({
      shown: 'mail',
      candidates: ['login_as'],
    });
  });
});

describe('switches', () => {
  const flips = (...saves: readonly object[]) =>
    harFile([
      { ...login },
      {
        method: 'POST',
        path: '/v1/people',
        sent: { full: values.name, a_flag: 0, b_flag: false },
        got: { id: 51 },
      },
      ...saves.map((save): Asked => {
        return { method: 'PUT', path: '/v1/people/51', sent: { full: values.name, ...save }, got: {} };
      }),
    ]);
  const two = flips(
    { a_flag: 1, b_flag: false },
    { a_flag: 0, b_flag: false },
    { a_flag: 0, b_flag: true },
    { a_flag: 0, b_flag: false },
  );

  it('are told apart by the order in which they were flipped', () => {
    const { profile } = learn(two, { ...typed, flipped: ['voicemail', 'internalOnly'] });
    expect(profile.fields.voicemail).toMatchObject({ path: 'a_flag', codec: '0-1' });
    expect(profile.fields.internalOnly).toMatchObject({ path: 'b_flag', codec: 'bool' });
  });

  it('are not told apart where one flip more was seen than was told', () => {
    const { finding } = learn(two);
    expect(finding('fields.internalOnly')).toMatchObject({
      standing: 'ambiguous',
      candidates: ['a_flag', 'b_flag'],
    });
  });
});

describe('a session that lives in cookies', () => {
  const cookie = { Cookie: 'sid=s3cr3t-s3ss10n; XSRF-TOKEN=abcd%3D1234' };
  const calls: readonly Asked[] = [
    { ...login, got: { ok: true } },
    { path: '/v1/people', got: [], headers: cookie },
    {
      method: 'POST',
      path: '/v1/people',
      sent: { full: values.name },
      got: { id: 51 },
      headers: { ...cookie, 'X-XSRF-TOKEN': 'abcd=1234' },
    },
  ];

  it('keeps them, and repeats the one that calls repeat', () => {
    const { profile } = learn(harFile(calls));
    expect(profile.auth).toMatchObject({
      cookies: 'keep',
      xsrf: { cookie: 'XSRF-TOKEN', header: 'x-xsrf-token', verify: true },
    });
    expect(profile.auth).not.toHaveProperty('token');
  });

  it('is not concluded from a recording without cookies', () => {
    const bare = calls.map(({ headers: _none, ...one }) => one);
    expect(learn(harFile(bare)).profile.auth).toMatchObject({ cookies: 'drop', token: { path: 'token' } });
  });
});

describe('a recording that begins late', () => {
  it('after the create, learns from the updates', () => {
    const calls = office({
      saves: [
        { full: values.name, ...rest },
        { full: values.name, ...rest },
      ],
    });
    const { profile, finding } = learn(harFile(calls.filter(({ method }) => method !== 'POST')));
    expect(finding('resources.extension.create')?.standing).toBe('open');
    expect(profile.identity.number).toMatchObject({ path: 'nr' });
  });

  it('after the login, leaves the login as it was', () => {
    const headers = { Authorization: 'Bearer a9K2-b8L3-c7M4-d6N5', Cookie: 'lang=es-ES; sid=1234567890' };
    const calls = office().map((one) => ({ ...one, headers }));
    const { profile, finding } = learn(harFile(calls.filter(({ path }) => path !== '/v1/session')));
    expect(finding('auth.login')).toMatchObject({ standing: 'open', edits: [] });
    expect(profile.auth).toEqual(baseProfile().auth);
  });

  it('with nothing typed in it aligns nothing', () => {
    expect(learn(harFile([login, companies])).aligned).toBe(false);
  });
});

describe('a word of the API', () => {
  it('stays one where something is called like it', () => {
    const calls: readonly Asked[] = [
      { path: '/api/v2/permission', got: { data: [{ name: 'extension' }, { name: 'company' }] } },
      {
        method: 'POST',
        path: '/api/v2/extension',
        sent: { full: values.name },
        status: 201,
        got: { id: 51 },
      },
      { method: 'DELETE', path: '/api/v2/extension/51', got: {} },
    ];
    const { finding } = learn(harFile(calls));
    expect(finding('resources.extension.delete')).toMatchObject({ shown: 'DELETE /extension/{id} → 200' });
  });
});

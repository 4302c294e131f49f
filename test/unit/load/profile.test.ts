import { describe, expect, test } from 'vitest';
import { loadProfile } from '../../../engine/load/index.ts';

const filename = 'profiles/nube.yaml';

/** A profile without any problem, to be spoilt line by line. */
const good = `apiVersion: alta/v1
kind: Profile
name: nube
driver: nube
auth:
  login: { path: /login, body: { user: "{username}", password: "{password}" } }
  token: { path: token }
  header: { name: Authorization, value: "Bearer {token}" }
tenant:
  resource: company
  id: { path: id }
  scopes: [{ by: query, name: companyId }]
resources:
  company: { list: { path: /company } }
  extension:
    list: { path: /extension }
    get: { path: "/extension/{id}" }
    create: { path: /extension }
    update: { path: "/extension/{id}" }
    delete: { path: "/extension/{id}" }
list:
  results: { path: data }
  pager: { style: page, parameter: page }
identity:
  id: { path: id }
  number: { path: number }
fields:
  name: { path: name }
update: { style: replace }
`;

/** The good profile with one text in place of another. */
function spoilt(before: string, after: string): string {
  if (!good.includes(before)) throw new Error(`the profile does not hold ${before}`);
  return good.replace(before, after);
}

function problems(text: string, name = filename) {
  const { profile, diagnostics } = loadProfile(name, text);
  expect(profile).toBeNull();
  return diagnostics.map(({ code, params, range, severity }) => ({
    code,
    severity,
    field: params.field ?? params.key,
    line: range?.start.line,
    column: range?.start.column,
    filename: range?.filename,
  }));
}

const found = (text: string) => problems(text).map(({ code, field, line }) => [code, field, line]);

describe('a profile', () => {
  test('that is good', () => {
    const { profile, diagnostics } = loadProfile(filename, good);
    expect(diagnostics).toEqual([]);
    expect(profile?.resources.extension.get?.path).toBe('/extension/{id}');
  });

  test('in JSON is one as well', () => {
    const { profile } = loadProfile(filename, good);
    expect(loadProfile(filename, JSON.stringify(profile)).profile).toEqual(profile);
  });

  test.each(['', 'x', '- 1', 'kind: Profile', 'a: &a [*a]', '\u0000', '{', good.slice(0, 200)])(
    'that is none is refused, not thrown at: %j',
    (text) => {
      const { profile, diagnostics } = loadProfile(filename, text);
      expect(profile).toBeNull();
      expect(diagnostics.length).toBeGreaterThan(0);
    },
  );

  test('is refused with everything that is wrong with it, each with its place', () => {
    const text = good
      .replace('name: nube', 'name: otra')
      .replace('path: token }', 'path: to..ken }')
      .replace('style: page', 'style: pages')
      .replace(
        '{ path: "/extension/{id}" }\n    create',
        '{ path: "/extension/{number}/{who}" }\n    create',
      );
    expect(problems(text)).toEqual([
      { code: 'profile-name-other', severity: 'error', field: undefined, line: 3, column: 7, filename },
      { code: 'value-form', severity: 'error', field: 'auth.token.path', line: 7, column: 18, filename },
      {
        code: 'profile-variable',
        severity: 'error',
        field: 'resources.extension.get.path',
        line: 17,
        column: 18,
        filename,
      },
      {
        code: 'misspelt-value',
        severity: 'error',
        field: 'list.pager.style',
        line: 23,
        column: 19,
        filename,
      },
    ]);
  });

  test('that the schema refuses is not looked at with invented data', () => {
    expect(found('kind: Profile\nfields: [1]\nresources: 7\n').map(([code]) => code)).toContain(
      'expected-map',
    );
  });
});

describe('the schema', () => {
  const cases: readonly (readonly [string, string, string, string])[] = [
    ['a key that does not exist', 'update: { style: replace }', 'update: { stile: replace }', 'misspelt-key'],
    ['a path with nothing in it', 'results: { path: data }', 'results: { path: "" }', 'value-form'],
    ['a path to prototypes', 'results: { path: data }', 'results: { path: a.__proto__.b }', 'value-form'],
    ['a path of a request that climbs', 'path: /company }', 'path: /company/../admin }', 'value-form'],
    ['a path of a request with a query', 'path: /company }', 'path: "/company?x=1" }', 'value-form'],
    ['a header with a line feed', 'name: Authorization', 'name: "A\\nB"', 'value-form'],
    ['a field that is none of ours', 'fields:\n', 'fields:\n  nick: { path: x }\n', 'unknown-key'],
    ['a mark that is no mark', 'path: token }', 'path: token, verify: maybe }', 'expected-boolean'],
    [
      'a status that is no success',
      'create: { path: /extension }',
      'create: { path: /extension, success: [302] }',
      'value-range',
    ],
  ];

  test.each(cases)('finds %s', (_name, before, after, code) => {
    expect(found(spoilt(before, after)).map(([first]) => first)).toContain(code);
  });
});

describe('what the schema cannot say', () => {
  const cases: readonly (readonly [
    string,
    string,
    string,
    readonly (readonly [string, string | undefined, number])[],
  ])[] = [
    [
      'a name that is filled in nowhere',
      '"Bearer {token}"',
      '"Bearer {jwt}"',
      [
        ['profile-variable-missing', 'auth.header.value', 8],
        ['profile-variable', 'auth.header.value', 8],
      ],
    ],
    [
      'a login without password',
      'password: "{password}"',
      'x: y',
      [['profile-variable-missing', 'auth.login', 6]],
    ],
    [
      'a password in a path',
      'path: /login',
      'path: "/login/{password}"',
      [['profile-variable', 'auth.login.path', 6]],
    ],
    [
      'a password in clear',
      'password: "{password}"',
      'p: "{password}", password: hunter22',
      [['secret-in-clear', 'auth.login.body.password', 6]],
    ],
    [
      'an update of all',
      'update: { path: "/extension/{id}" }',
      'update: { path: /extension }',
      [['profile-variable-missing', 'resources.extension.update', 19]],
    ],
    [
      'a delete of all',
      'delete: { path: "/extension/{id}" }',
      'delete: { path: /extension }',
      [['profile-variable-missing', 'resources.extension.delete', 20]],
    ],
    [
      'a list that writes',
      'list: { path: /extension }',
      'list: { path: /extension, method: POST }',
      [['value-not-listed', 'resources.extension.list.method', 16]],
    ],
    [
      'writes of other things',
      'company: { list: { path: /company } }',
      'company: { list: { path: /company }, create: { path: /company } }',
      [['key-not-here', 'create', 14]],
    ],
    [
      'companies that are nowhere',
      'resource: company',
      'resource: empresa',
      [['profile-resource-unknown', 'tenant.resource', 10]],
    ],
    [
      'a scope without its parameter',
      '{ by: query, name: companyId }',
      '{ by: query }',
      [['missing-field', 'name', 12]],
    ],
    [
      'a switch without its call',
      '{ by: query, name: companyId }',
      '{ by: switch-call }',
      [['missing-field', 'call', 12]],
    ],
    [
      'a filter without a key',
      '{ by: query, name: companyId }',
      '{ by: filter }',
      [['missing-field', 'company', 15]],
    ],
    [
      'a token without a header',
      '  header: { name: Authorization, value: "Bearer {token}" }\n',
      '',
      [['missing-field', 'header', 5]],
    ],
    ['neither token nor cookies', '  token: { path: token }\n', '', [['missing-field', 'token', 5]]],
    [
      'pages without a parameter',
      'style: page, parameter: page',
      'style: offset',
      [['missing-field', 'parameter', 23]],
    ],
    ['cursors without a next', 'style: page', 'style: cursor', [['missing-field', 'next', 23]]],
    [
      'replacing what cannot be read',
      '    get: { path: "/extension/{id}" }\n',
      '',
      [['missing-field', 'get', 15]],
    ],
    [
      'an enum without values',
      'name: { path: name }',
      'name: { path: name }\n  role: { path: role, codec: enum }',
      [['missing-field', 'values', 29]],
    ],
    [
      'a lookup of nothing',
      'name: { path: name }',
      'name: { path: name }\n  callerId: { path: did, codec: lookup, resource: did, key: { path: id }, shown: { path: n } }',
      [['profile-resource-unknown', 'fields.callerId.resource', 29]],
    ],
    [
      'a lookup that is not said',
      'name: { path: name }',
      'name: { path: name }\n  callerId: { path: did, codec: lookup }',
      [
        ['missing-field', 'resource', 29],
        ['missing-field', 'key', 29],
        ['missing-field', 'shown', 29],
      ],
    ],
    [
      'one word for two',
      'name: { path: name }',
      'name: { path: name }\n  role: { path: r, codec: enum, values: { user: 1, admin: 1 } }',
      [['profile-value-twice', 'fields.role.values', 29]],
    ],
    [
      'a role that is none',
      'name: { path: name }',
      'name: { path: name }\n  role: { path: r, codec: enum, values: { boss: 1 } }',
      [['value-not-listed', 'fields.role.values.boss', 29]],
    ],
    [
      'a default that is no value',
      'name: { path: name }',
      'name: { path: name }\n  role: { path: r, codec: enum, values: { user: 1 }, default: admin }',
      [['value-not-listed', 'fields.role.default', 29]],
    ],
    [
      'a default password',
      'name: { path: name }',
      'name: { path: name }\n  portal: { path: p, default: hunter22 }',
      [['secret-in-clear', 'fields.portal.default', 29]],
    ],
    [
      'opposites',
      'name: { path: name }',
      'name: { path: name, readOnly: true, required: true }',
      [['profile-contradiction', 'fields.name', 28]],
    ],
    [
      'two fields in one place',
      'name: { path: name }',
      'name: { path: name }\n  email: { path: mail, writePath: name }',
      [['profile-path-twice', 'email', 29]],
    ],
    [
      'a field inside another',
      'name: { path: name }',
      'name: { path: user }\n  email: { path: user.mail }',
      [['profile-path-twice', 'email', 29]],
    ],
    [
      'a company over a field',
      'name: companyId }]\n',
      'name: companyId }, { by: body, name: name.company }]\n',
      [['profile-path-twice', 'tenant.scopes', 12]],
    ],
    [
      'an entry of a list that is written',
      'name: { path: name }',
      'name: { path: phones.0.number }',
      [['profile-path-unwritable', 'fields.name', 28]],
    ],
    [
      'a secret in an entry of a list, which would have to be left out',
      'name: { path: name }',
      'name: { path: name }\n  portal: { path: devices.0.password, writePath: password, writeOnly: true }',
      [['profile-path-unwritable', 'fields.portal', 29]],
    ],
    [
      'the whole as a field',
      'name: { path: name }',
      'name: { path: $ }',
      [['profile-path-unwritable', 'fields.name', 28]],
    ],
    [
      'entries of lists that are left out',
      'update: { style: replace }',
      'update: { style: replace, omit: [phones.0.id] }',
      [['profile-path-unwritable', 'update.omit[0]', 29]],
    ],
    [
      'extensions that may be anybody’s',
      'scopes: [{ by: query, name: companyId }]',
      'scopes: []',
      [['missing-field', 'company', 15]],
    ],
    [
      'extensions that only writes narrow',
      '{ by: query, name: companyId }',
      '{ by: body, name: companyId }, { by: query, name: companyId, ops: [create] }, { by: path }',
      [['missing-field', 'company', 15]],
    ],
    [
      'a prefix of nobody',
      'number: { path: number }',
      'number: { path: number, strip: "ext{company}" }',
      [['profile-variable', 'identity.number.strip', 26]],
    ],
    [
      'a name made of nothing',
      'number: { path: number }',
      'number: { path: number }\n  registrationName: "ext{numero}"',
      [['profile-variable', 'identity.registrationName', 27]],
    ],
    [
      'a range that is none',
      'update: { style: replace }',
      'update: { style: replace }\ncanary: { from: "99", to: "100" }',
      [['profile-range', undefined, 30]],
    ],
    [
      'a pattern that is none',
      'update: { style: replace }',
      'update: { style: replace }\nerrors: { text: [{ match: "(taken", code: already-exists }] }',
      [['profile-pattern-invalid', 'errors.text[0].match', 30]],
    ],
    [
      'a pattern that never ends',
      'update: { style: replace }',
      'update: { style: replace }\nerrors: { text: [{ match: "(a+)+$", code: already-exists }] }',
      [['profile-pattern-slow', 'errors.text[0].match', 30]],
    ],
  ];

  test.each(cases)('%s', (_name, before, after, expected) => {
    expect(found(spoilt(before, after))).toEqual(expected);
  });

  test('what is only read may share a place', () => {
    const text = spoilt(
      'name: { path: name }',
      'name: { path: name }\n  registrationName: { path: number, readOnly: true }',
    );
    expect(loadProfile(filename, text).diagnostics).toEqual([]);
  });

  test('an entry of a list may be read', () => {
    const text = spoilt(
      'name: { path: name }',
      'name: { path: name }\n  mobile: { path: phones.0.number, readOnly: true }',
    );
    expect(loadProfile(filename, text).diagnostics).toEqual([]);
  });

  test.each([
    ['list: { path: /extension }', 'list: { path: /extension }\n    company: { path: companyId }'],
    ['list: { path: /extension }', 'list: { path: "/company/{companyKey}/extension" }'],
    ['list: { path: /extension }', 'list: { path: /extension, query: { company: "{companyId}" } }'],
    ['number: { path: number }', 'number: { path: name, strip: "ext{companyId}", writePath: number }'],
    ['scopes: []', 'scopes: [{ by: switch-call, call: { path: "/company/{companyId}/enter" } }]'],
    ['scopes: []', 'scopes: [{ by: header, name: X-Company, ops: [list] }]'],
  ])('a company is told by %s → %s', (before, after) => {
    const text = spoilt('scopes: [{ by: query, name: companyId }]', 'scopes: []').replace(before, after);
    expect(loadProfile(filename, text).diagnostics).toEqual([]);
  });

  test('a secret in clear is not shown', () => {
    const { diagnostics } = loadProfile(
      filename,
      spoilt('password: "{password}"', 'p: "{password}", password: hunter22'),
    );
    expect(JSON.stringify(diagnostics)).not.toContain('hunter22');
  });
});

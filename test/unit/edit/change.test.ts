import { describe, expect, test } from 'vitest';
import {
  removeDevice,
  removeExtension,
  setIn,
  upsertDevices,
  upsertExtensions,
} from '../../../engine/edit/index.ts';

const text = `# Acme
apiVersion: alta/v1
kind: Client
extensions:
  # the front desk
  - pbx: main
    number: "110"
    name: Recepción # asked for on the phone
    email: recepcion@acme.example

  # the store
  - pbx: main
    number: "120"
    name: Almacén
`;

describe('adding an extension', () => {
  test('puts it between its neighbours and leaves everything else', () => {
    const added = upsertExtensions(text, [{ pbx: 'main', number: '115', name: 'Ventas', nat: true }]);
    expect(added).toBe(
      text.replace(
        '\n  # the store',
        '  - pbx: main\n    number: "115"\n    name: Ventas\n    nat: true\n\n  # the store',
      ),
    );
  });

  test('puts it first without taking the comment of the one that was first', () => {
    const added = upsertExtensions(text, [{ pbx: 'main', number: '20', name: 'Taller' }]);
    expect(added).toContain(
      'extensions:\n  - pbx: main\n    number: "20"\n    name: Taller\n  # the front desk\n  - pbx: main\n    number: "110"\n',
    );
  });

  test('puts it last', () => {
    const added = upsertExtensions(text, [{ pbx: 'main', number: '1000', name: 'Taller' }]);
    expect(added).toBe(`${text}  - pbx: main\n    number: "1000"\n    name: Taller\n`);
  });

  test('starts the list where there is none, in its place', () => {
    const added = upsertExtensions('apiVersion: alta/v1\nkind: Client\ndevices: []\n', [
      { pbx: 'main', number: '1', name: 'A' },
    ]);
    expect(added).toBe(
      'apiVersion: alta/v1\nkind: Client\nextensions:\n  - pbx: main\n    number: "1"\n    name: A\ndevices: []\n',
    );
  });

  test('turns an empty list in brackets into lines', () => {
    expect(upsertExtensions('extensions: []\n', [{ pbx: 'main', number: '1', name: 'A' }])).toBe(
      'extensions:\n  - pbx: main\n    number: "1"\n    name: A\n',
    );
  });

  test('writes several at once', () => {
    const added = upsertExtensions('extensions: []\n', [
      { pbx: 'main', number: '2', name: 'B' },
      { pbx: 'main', number: '1', name: 'A' },
    ]);
    expect(added.indexOf('"1"')).toBeLessThan(added.indexOf('"2"'));
  });
});

describe('changing an extension', () => {
  test('sets the fields named and keeps the comments', () => {
    const changed = upsertExtensions(text, [{ pbx: 'main', number: '110', name: 'Centralita' }]);
    expect(changed).toBe(text.replace('name: Recepción #', 'name: Centralita #'));
  });

  test('adds a new field where the schema puts it', () => {
    const changed = upsertExtensions(text, [{ pbx: 'main', number: '110', callerIdName: 'Recep' }]);
    expect(changed).toContain('on the phone\n    callerIdName: Recep\n    email:');
  });

  test('finds one whose number was written without quotes', () => {
    const changed = upsertExtensions('extensions:\n  - pbx: main\n    number: 010\n', [
      { pbx: 'main', number: '010', name: 'A' },
    ]);
    expect(changed).toBe('extensions:\n  - pbx: main\n    number: "010"\n    name: A\n');
  });

  test('writes null, which resets a field', () => {
    const changed = upsertExtensions(text, [{ pbx: 'main', number: '110', email: null }]);
    expect(changed).toContain('    email: null\n');
  });
});

describe('removing', () => {
  test('takes an extension and its comment away', () => {
    expect(removeExtension(text, 'main', '120')).toBe(text.slice(0, text.indexOf('\n  # the store')));
  });

  test('takes the first one and its comment away', () => {
    expect(removeExtension(text, 'main', '110')).not.toContain('front desk');
    expect(removeExtension(text, 'main', '110')).toContain('# the store');
  });

  test('returns the same text where there is no such extension', () => {
    expect(removeExtension(text, 'main', '999')).toBe(text);
  });

  test('takes the empty list away with its last item', () => {
    expect(removeDevice('kind: Client\ndevices:\n  - id: a\n    driver: generic\n', 'a')).toBe(
      'kind: Client\n',
    );
  });
});

describe('devices', () => {
  test('are added by id, with their accounts', () => {
    const added = upsertDevices(text, [
      {
        id: 'recepcion',
        driver: 'yealink',
        mac: '80:5e:c0:00:00:01',
        accounts: [{ line: 1, extension: 'main/110' }],
      },
    ]);
    expect(added).toBe(
      `${text}devices:\n  - id: recepcion\n    driver: yealink\n    mac: 80:5e:c0:00:00:01\n    accounts:\n      - line: 1\n        extension: main/110\n`,
    );
  });
});

describe('setting one value', () => {
  test('makes the blocks on the way', () => {
    expect(setIn('client', 'kind: Client\n', ['pbx', 'main', 'tenant'], '301')).toBe(
      'kind: Client\npbx:\n  main:\n    tenant: "301"\n',
    );
  });

  test('reaches into a list', () => {
    expect(setIn('client', text, ['extensions', 1, 'nat'], true)).toBe(`${text}    nat: true\n`);
  });

  test('finds a key that YAML reads as a number', () => {
    expect(setIn('client', 'pbx:\n  301:\n    tenant: "1"\n', ['pbx', '301', 'tenant'], '2')).toBe(
      'pbx:\n  301:\n    tenant: "2"\n',
    );
  });

  test('removes with undefined', () => {
    expect(setIn('client', text, ['extensions', 0, 'email'], undefined)).toBe(
      text.replace('    email: recepcion@acme.example\n', ''),
    );
  });

  test('returns the same text where there is nothing to remove', () => {
    expect(setIn('client', text, ['pbx', 'main'], undefined)).toBe(text);
  });

  test('adds a tls pin in its place', () => {
    const before = 'pbx:\n  sede:\n    driver: yeastar\n    via: oficina\n';
    expect(setIn('client', before, ['pbx', 'sede', 'tls', 'pins'], ['SHA256:abc'])).toBe(
      'pbx:\n  sede:\n    driver: yeastar\n    tls:\n      pins:\n        - SHA256:abc\n    via: oficina\n',
    );
  });
});

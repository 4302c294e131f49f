import { describe, expect, it } from 'vitest';
import { actions } from '../../../providers/pbx/meetip/actions.ts';
import { driver } from '../../../providers/pbx/meetip/driver.ts';
import { createDefaults, fieldOf, secretFields } from '../../../providers/pbx/meetip/fields.ts';
import { targetAt } from './support.ts';

const target = targetAt('https://sip17.example.net');
const tenant = { do: 'open', path: ['Tenant', '301 — Acme S.L.'] };

describe('the form of the panel', () => {
  it('fills in a new extension with the labels and in the order of the procedure', () => {
    const lines = driver.form(
      {
        action: 'create',
        kind: 'extension',
        key: '118',
        values: { department: 'Ventas', email: 'ana@acme.example', name: 'Ana', nat: true },
        secrets: { pin: 'extensions/main/118/pin', sip: 'extensions/main/118/sip' },
      },
      target,
    );
    expect(lines).toEqual([
      tenant,
      { do: 'open', path: ['Extensión', 'Sistema'] },
      { do: 'press', label: 'Añadir extensión' },
      { do: 'set', label: 'Dispositivos', value: 'Generic SIP' },
      { do: 'set', label: 'Localidad', value: 'Remoto' },
      { do: 'press', label: 'Próximo paso' },
      { do: 'set', label: 'Número de extensión', value: '118' },
      { do: 'set', label: 'Nombre', value: 'Ana' },
      { do: 'set', label: 'Correo electrónico', value: 'ana@acme.example' },
      { do: 'set', label: 'Departamento', value: 'Ventas' },
      { do: 'secret', label: 'Contraseña SIP', name: 'extensions/main/118/sip' },
      { do: 'secret', label: 'PIN', name: 'extensions/main/118/pin' },
      { do: 'set', label: 'nat', value: 'Sí' },
      { do: 'press', label: 'Guardar' },
    ]);
  });

  it('asks only for what changes', () => {
    const change = { action: 'update', kind: 'extension', key: '118', values: { name: 'Eva' } } as const;
    const secrets = { portal: 'extensions/main/118/portal' };
    expect(driver.form({ ...change, secrets }, target)).toEqual([
      tenant,
      { do: 'open', path: ['Extensión', 'Sistema', '118'] },
      { do: 'set', label: 'Nombre', value: 'Eva' },
      { do: 'secret', label: 'Contraseña de Usuario', name: 'extensions/main/118/portal' },
      { do: 'press', label: 'Guardar' },
    ]);
  });

  it('deletes', () => {
    const change = { action: 'delete', kind: 'extension', key: '118', values: {}, secrets: {} } as const;
    expect(driver.form(change, targetAt('https://x.example', { identity: { tenant: '301' } }))).toEqual([
      { do: 'open', path: ['Tenant', '301'] },
      { do: 'open', path: ['Extensión', 'Sistema', '118'] },
      { do: 'press', label: 'Eliminar' },
    ]);
  });

  it('has a line for every field that can be declared', () => {
    const fields = Object.entries(driver.facts.kinds.extension?.fields ?? {});
    const plain = fields.filter(([, { secret }]) => secret !== true).map(([name]) => [name, '7'] as const);
    const values = Object.fromEntries(plain);
    const change = { action: 'create', kind: 'extension', key: '7', values, secrets: {} } as const;
    const set = driver.form(change, target).filter((line) => line.do === 'set');
    expect(set.length).toBe(plain.length);
  });
});

describe('the facts', () => {
  const fields = driver.facts.kinds.extension?.fields ?? {};

  it('name every field that can be written, and no other', () => {
    const apart = ['number', 'userAgent', 'department', 'callerId', 'emergencyCallerId'];
    const written = Object.entries(fields).filter(([, fact]) => fact.write !== 'no');
    const unknown = written.filter(
      ([name]) => fieldOf(name) === undefined && !apart.includes(name) && !(name in secretFields),
    );
    expect(unknown).toEqual([]);
  });

  it('have defaults for all that creating asks for and the YAML may leave out', () => {
    const asked = ['location', 'userAgent', 'status', 'incomingLimit', 'outgoingLimit', 'voicemail'];
    expect(Object.keys(createDefaults).sort()).toEqual(asked.sort());
  });

  it('list every action that a key needs, in both languages', () => {
    const missing = Object.values(actions).filter((action) => {
      const name = action.replace('pbxware.', '');
      return !driver.facts.access?.en.includes(name) || !driver.facts.access.es.includes(name);
    });
    expect(missing).toEqual([]);
  });

  it('never ask for what nothing here may do: managing tenants', () => {
    expect(Object.values(actions).filter((action) => /tenant\.(add|edit|delete)/.test(action))).toEqual([]);
  });
});

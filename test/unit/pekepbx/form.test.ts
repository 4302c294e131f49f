import { expect, test } from 'vitest';
import { driver } from '../../../providers/pbx/pekepbx/driver.ts';
import { targetAt } from './support.ts';

const target = targetAt('https://pbx.example.com:1443', { profile: null, mode: 'guided' });

test('a new user, with the labels and in the order of the panel', () => {
  const lines = driver.form(
    {
      action: 'create',
      kind: 'extension',
      key: '10',
      values: {
        callerId: 'anonymous',
        name: 'Recepción',
        internalOnly: false,
        email: 'recepcion@acme.example',
        role: 'admin',
        mobile: '34600000001',
        voicemail: true,
      },
      secrets: { sip: 'extensions/nube/10/sip', portal: 'extensions/nube/10/portal' },
    },
    target,
  );
  expect(lines).toEqual([
    { do: 'open', path: ['Usuarios'] },
    { do: 'press', label: 'Añadir nuevo' },
    { do: 'set', label: 'Rol de Usuario', value: 'Administrador' },
    { do: 'set', label: 'Email', value: 'recepcion@acme.example' },
    { do: 'set', label: 'Nombre Completo', value: 'Recepción' },
    { do: 'secret', label: 'Contraseña', name: 'extensions/nube/10/portal' },
    { do: 'set', label: 'Extensión', value: '10' },
    { do: 'set', label: 'Permitir solo llamadas internas', value: 'No' },
    { do: 'set', label: 'Teléfono móvil', value: '34600000001' },
    { do: 'secret', label: 'Contraseña SIP', name: 'extensions/nube/10/sip' },
    { do: 'set', label: 'CallerID', value: 'Anónimo' },
    { do: 'set', label: 'Buzón de voz', value: 'Sí' },
    { do: 'press', label: 'Guardar' },
  ]);
});

test('the role that the panel requires stands there where none is declared', () => {
  const lines = driver.form(
    { action: 'create', kind: 'extension', key: '10', values: {}, secrets: {} },
    target,
  );
  expect(lines).toContainEqual({ do: 'set', label: 'Rol de Usuario', value: 'Usuario' });
});

test('a change shows what changes', () => {
  const change = { kind: 'extension', key: '10', values: { callerId: '34910000001' }, secrets: {} } as const;
  expect(driver.form({ ...change, action: 'update' }, target)).toEqual([
    { do: 'open', path: ['Usuarios', '10'] },
    { do: 'press', label: 'Editar' },
    { do: 'set', label: 'CallerID', value: '34910000001' },
    { do: 'press', label: 'Guardar' },
  ]);
  expect(driver.form({ ...change, action: 'delete' }, target)).toEqual([
    { do: 'open', path: ['Usuarios', '10'] },
    { do: 'press', label: 'Borrar' },
  ]);
});

import { describe, expect, test } from 'vitest';
import type { ProfileDocument } from '../../../engine/model/profile.ts';
import { updateBody } from '../../../providers/pbx/pekepbx/bodies.ts';
import { isSecretKey, speakable } from '../../../providers/pbx/pekepbx/echo.ts';
import { marksAt, placesFor } from '../../../providers/pbx/pekepbx/profile/marks.ts';
import type { Json } from '../../../providers/pbx/pekepbx/profile/path.ts';
import { edited, proven, update } from './support.ts';

const around = { variables: { companyId: '90001' }, choices: {} };
const nested = edited(proven, {
  identity: { id: { path: 'id' }, number: { path: 'attributes.number' } },
  fields: {
    name: { path: 'attributes.name' },
    email: { path: 'attributes.email' },
    sip: { path: 'attributes.line.key', writeOnly: true },
  },
});
const object = {
  id: 5,
  attributes: { number: '10', name: 'Ana', email: 'ana@acme.example', company_id: 90001, tone: 'x' },
};
const sent = (profile: ProfileDocument, shown: Json, scope: Json = {}) =>
  updateBody(update({ name: 'Eva' }), profile, around, shown, scope);

describe('an update that sends back what it read', () => {
  test('keeps what stands beside a company that is said deep inside', () => {
    expect(sent(nested, object, { attributes: { company_id: 90001 } })).toEqual({
      id: 5,
      attributes: { ...object.attributes, name: 'Eva' },
    });
  });

  test('keeps what a partial one copies beside it', () => {
    const profile = edited(nested, { update: { style: 'patch', copy: ['attributes.email'] } });
    expect(sent(profile, object, { attributes: { company_id: 90001 } })).toEqual({
      attributes: { company_id: 90001, email: 'ana@acme.example', name: 'Eva' },
    });
  });

  test('leaves out what looks like a secret, and masks, wherever they stand', () => {
    const shown = {
      id: 5,
      attributes: {
        ...object.attributes,
        line: { key: 'k', port: 5060 },
        sip_secret: '********',
        vm_pin: '1234',
      },
      devices: [{ model: 'T46', adminPassword: 'hunter22', hint: '••••••' }],
    };
    expect(sent(nested, shown)).toEqual({
      id: 5,
      attributes: { ...object.attributes, name: 'Eva', line: { port: 5060 } },
      devices: [{ model: 'T46' }],
    });
  });

  test('sends back a secret that the profile maps as readable, but never its mask', () => {
    const fields = { ...nested.fields, sip: { path: 'attributes.sip_secret' } };
    const profile = edited(nested, { fields });
    const shown = (sip_secret: string) => ({ id: 5, attributes: { ...object.attributes, sip_secret } });
    expect(sent(profile, shown('Kw4mTz-Qp7rXb9s'))).toHaveProperty(
      'attributes.sip_secret',
      'Kw4mTz-Qp7rXb9s',
    );
    expect(sent(profile, shown('********'))).not.toHaveProperty('attributes.sip_secret');
  });

  test('does not copy a secret with what stands around it', () => {
    const profile = edited(nested, { update: { style: 'patch', copy: ['attributes'] } });
    const shown = { id: 5, attributes: { number: '10', name: 'Ana', password: '****' } };
    expect(sent(profile, shown)).toEqual({ attributes: { number: '10', name: 'Eva' } });
  });

  test('is not changed in place', () => {
    const before = structuredClone(object);
    speakable(object, nested);
    expect(object).toEqual(before);
  });
});

describe('keys that look secret', () => {
  test.each([
    'password',
    'sipPassword',
    'SIP_SECRET',
    'vm_pin',
    'PIN',
    'pinCode',
    'clave',
    'contraseña',
    'api_token',
    'sip_pass',
  ])('%s', (key) => expect(isSecretKey(key)).toBe(true));

  test.each(['shipping', 'spinner', 'secretary', 'pass_through', 'name', 'opinion', 'mapping', 'keys'])(
    'not %s',
    (key) => expect(isSecretKey(key)).toBe(false),
  );
});

describe('marks that an update needs', () => {
  const fields = { ...proven.fields, sip: { path: 'sipPassword', writeOnly: true, verify: true } };
  const needed = (change: Partial<ProfileDocument>) => {
    const profile = edited(proven, { fields, ...change });
    return marksAt(profile, placesFor(profile, { operation: 'update', fields: ['name'], named: false }));
  };

  test('those of every field that is never shown, where what was read goes back', () => {
    expect(needed({})).toEqual(['fields.sip']);
    expect(needed({ update: { style: 'patch', copy: ['email'] } })).toEqual(['fields.sip']);
    expect(needed({ update: { style: 'patch' } })).toEqual([]);
  });
});

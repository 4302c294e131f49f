import { describe, expect, it } from 'vitest';
import type { FormLine } from '../../../engine/model/index.ts';
import type { GuidedChange } from '../../../providers/contract.ts';
import { driver } from '../../../providers/pbx/yeastar-p/driver.ts';
import { targetAt } from './support.ts';

const change = (more: Partial<GuidedChange>): GuidedChange => ({
  action: 'update',
  kind: 'extension',
  key: '10',
  values: {},
  secrets: {},
  ...more,
});

function shown(line: FormLine): string {
  if (line.do === 'open') return line.path.join(' > ');
  if (line.do === 'set') return `${line.label} = ${line.value}`;
  return line.do === 'press' ? `[${line.label}]` : `${line.label} <- ${line.name}`;
}

const lines = (more: Partial<GuidedChange>) =>
  driver.form(change(more), targetAt('http://pbx.example')).map(shown);

describe('the form', () => {
  it('creates with every value in the order of the panel', () => {
    const values = {
      name: 'Ana de la Torre',
      email: 'ana@acme.example',
      role: 'admin',
      department: 'Ventas',
      concurrentRegistrations: 2,
      voicemail: true,
      nat: true,
      internalOnly: false,
    };
    const secrets = { sip: 'acme/10/sip', portal: 'acme/10/portal', pin: 'acme/10/pin' };
    expect(lines({ action: 'create', values, secrets })).toEqual([
      'Extension and Trunk > Extension',
      '[Add]',
      '[SIP Extension]',
      'User',
      'First Name = Ana',
      'Last Name = de la Torre',
      'Email Address = ana@acme.example',
      'User Password <- acme/10/portal',
      'User Role = Administrator',
      'Organization = Ventas',
      'Extension Number = 10',
      'Registration Name = 10',
      'Registration Password <- acme/10/sip',
      'IP Phone Concurrent Registrations = 2',
      'Voicemail',
      'Enable Voicemail = true',
      'Voicemail Access PIN <- acme/10/pin',
      'Advanced',
      'NAT = true',
      'Security',
      'Disable Outbound Calls = false',
      '[Save]',
      '[Apply]',
    ]);
  });

  it('updates only what changes', () => {
    expect(lines({ values: { nat: true } })).toEqual([
      'Extension and Trunk > Extension > 10',
      'Advanced',
      'NAT = true',
      '[Save]',
      '[Apply]',
    ]);
  });

  it('empties the second part of a name that has one word now', () => {
    expect(lines({ values: { name: 'Recepcion' } })).toContain('Last Name = ');
    expect(lines({ action: 'create', values: { name: 'Recepcion' } })).not.toContain('Last Name = ');
  });

  it('says None for who has no role', () => {
    expect(lines({ values: { role: 'user' } })).toContain('User Role = None');
  });

  it('deletes', () => {
    expect(lines({ action: 'delete' })).toEqual([
      'Extension and Trunk > Extension > 10',
      '[Delete]',
      '[Apply]',
    ]);
  });
});

describe('the facts', () => {
  it('have an apply that nobody needs, and credentials of two parts', () => {
    expect([driver.facts.commit, driver.facts.credential]).toEqual(['never', ['clientId', 'clientSecret']]);
    expect(driver.facts.host.sessions).toBe(8);
  });

  it('tell a person in both languages what to ask for', () => {
    for (const text of Object.values(driver.facts.access ?? {})) {
      expect(text).toMatch(/Integrations › API.*Client ID.*P520.*Blocked IPs/);
    }
  });

  it('call nothing documented that is not', () => {
    const { nat, internalOnly, sip, portal } = driver.facts.kinds.extension?.fields ?? {};
    expect([nat?.source, internalOnly?.source]).toEqual(['vendor-code', 'vendor-code']);
    expect([nat?.write, sip?.read, portal?.read]).toEqual(['sometimes', 'sometimes', 'no']);
  });
});

/** A platform whose profile nobody has proven: a person fills in the panel's form, until the API may be used. */
import { describe, expect, it } from 'vitest';
import { attest } from '../../../engine/run/index.ts';
import { on } from '../../support/bench.ts';
import { expectRecovery } from '../../support/matrix.ts';
import { addressOf, dialects, extension, startNew, type Work } from './scenario.ts';

const byHand = { pbx: { profile: 'pekepbx-v36', mode: 'guided' } };

/** Lines of the only form of a plan, in short. */
async function formOf({ plan }: Work): Promise<readonly string[]> {
  const { forms } = await plan();
  expect(forms).toHaveLength(1);
  return (forms[0]?.lines ?? []).map((line) => {
    if (line.do === 'open') return `open ${line.path.join(' › ')}`;
    if (line.do === 'press') return `press ${line.label}`;
    return `${line.label}: ${line.do === 'set' ? line.value : `(${line.name})`}`;
  });
}

/** What verify says of the first two checks. */
async function told(scenario: Work): Promise<readonly string[]> {
  const checks = await scenario.verify();
  return checks.slice(0, 2).map(({ check, result }) => `${check} ${result}`);
}

const writesTo = ({ box }: Work) =>
  box.requests().entries.filter(({ method, path }) => method !== 'GET' && path.includes('/extension'));

function vouch(scenario: Work, number: string): Promise<unknown> {
  const options = { address: addressOf(number), note: null, lockTimeoutMs: 0 };
  return attest(scenario.context({ command: 'attest' }), options);
}

describe('a platform whose profile is not proven, and guided', () => {
  it('has the panel’s form in the plan, and is attested without being contacted', () =>
    on(startNew('a', byHand), async (scenario) => {
      const { box } = scenario;
      await scenario.redeclare({}, [
        extension('32', 'Almacén', { callerId: 'anonymous', internalOnly: true, role: 'admin' }),
      ]);
      expect(await formOf(scenario)).toEqual([
        'open Usuarios',
        'press Añadir nuevo',
        'Rol de Usuario: Administrador',
        'Email: ext32@acme.example',
        'Nombre Completo: Almacén',
        'Contraseña: (extensions/nube/32/portal)',
        'Extensión: 32',
        'Permitir solo llamadas internas: Sí',
        'Contraseña SIP: (extensions/nube/32/sip)',
        'CallerID: Anónimo',
        'press Guardar',
      ]);
      const run = await scenario.apply();
      expect([run.codes, run.steps.map(({ result }) => result)]).toEqual([[], ['pending']]);
      await vouch(scenario, '32');
      expect((await scenario.plan()).forms).toEqual([]);
      expect(await scenario.changes()).toEqual([]);
      expect([box.requests().total, scenario.leaks()]).toEqual([0, []]);
    }));

  it('is read by verify as far as the guesses carry', () =>
    on(startNew('a', byHand), async (scenario) => {
      await scenario.apply();
      await vouch(scenario, '32');
      expect(await told(scenario)).toEqual(['configuration unknown', 'registration unknown']);
      expect(writesTo(scenario)).toEqual([]);
      expect([scenario.box.sessions(), scenario.leaks()]).toEqual([0, []]);
    }));

  it.each(dialects)(
    'is told by verify from what a person typed, where the profile is right (%s)',
    (dialect) =>
      on(startNew(dialect, { pbx: { mode: 'guided' } }), async (scenario) => {
        const { box } = scenario;
        await scenario.apply();
        await vouch(scenario, '32');
        expect((await told(scenario))[0]).toBe('configuration failed');
        const typed = { name: 'Almacén', email: 'ext32@acme.example', sipPassword: 'Rb6zLm4cPf-x8QjD2tNk' };
        box.create({ number: '32', password: 'Hn2sYb7dCx-j8GwT5kVq', ...typed });
        expect((await told(scenario))[0]).toBe('configuration passed');
        box.edit('32', { name: 'Almacen' });
        expect((await told(scenario))[0]).toBe('configuration failed');
        expect(writesTo(scenario)).toEqual([]);
        expect([box.sessions(), scenario.leaks()]).toEqual([0, []]);
      }),
  );

  it('asks for what changes, and for nothing else', () =>
    on(startNew('a', byHand), async (scenario) => {
      await scenario.apply();
      await vouch(scenario, '32');
      await scenario.redeclare({}, [extension('32', 'Muelle', { callerId: '+34910000001' })]);
      expect(await formOf(scenario)).toEqual([
        'open Usuarios › 32',
        'press Editar',
        'Nombre Completo: Muelle',
        'CallerID: +34910000001',
        'press Guardar',
      ]);
    }));
});

describe.concurrent.each(dialects)('a platform of dialect %s that is guided no more', (dialect) => {
  it('is read, and shows what the person typed and what not', () =>
    on(startNew(dialect, byHand), async (scenario) => {
      const { box } = scenario;
      await scenario.apply();
      const typed = { name: 'Almacen', sipPassword: 'Rb6zLm4cPf-x8QjD2tNk', email: 'ext32@acme.example' };
      box.create({ number: '32', password: 'Hn2sYb7dCx-j8GwT5kVq', ...typed });
      await vouch(scenario, '32');
      await scenario.redeclare({ profile: `pekepbx-lab-${dialect}`, mode: 'api' });
      const { plan } = await scenario.plan();
      const changes = plan?.clients[0]?.changes ?? [];
      expect(changes.map(({ action, fields }) => [action, fields.map(({ field }) => field)])).toEqual([
        ['update', ['name']],
      ]);
      expect((await scenario.apply()).codes).toEqual([]);
      await expectRecovery(scenario, scenario.oracle.foreign());
    }));

  it('but whose profile is not proven is read as far as its guesses carry, and not written to', () =>
    on(startNew(dialect, { pbx: { profile: 'pekepbx-v36' } }), async (scenario) => {
      const run = await scenario.apply();
      expect(run.codes[0]).toMatch(/^profile-/);
      expect(scenario.oracle.stored()).toEqual({ [addressOf('32')]: null });
      expect([scenario.box.sessions(), scenario.leaks()]).toEqual([0, []]);
    }));
});

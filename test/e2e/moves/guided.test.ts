import { describe, expect, it } from 'vitest';
import { formsText, verifyText } from '../../../engine/report/index.ts';
import { attest } from '../../../engine/run/attest.ts';
import { verifyWorkspace } from '../../../engine/run/index.ts';
import { apply, changesOf, contextAt, plan, planOptions, stepsOf } from '../../support/commands.ts';
import { consent, extension } from '../safety/fixtures.ts';
import { account, type House, inService, line, sips, startHouse } from './house.ts';

/** A phone that a person sets up: the oldest web page, which no program can write to. */
async function byHand(): Promise<House> {
  const house = await startHouse([{ name: 'entrada', generation: 'a', tls: false }]);
  const { mac, model, firmware } = house.service('entrada');
  const device = { id: 'entrada', driver: 'yealink', mac, model, firmware, mode: 'guided' };
  await house.declare(
    [extension('sede', '2000', { name: 'Entrada' })],
    [{ ...device, accounts: [line('sede/2000')] }],
  );
  return house;
}

/** What the person types into the phone's page. */
function typed(house: House): void {
  house.phone('entrada').edit({
    'account.1.enable': '1',
    'account.1.label': 'Entrada',
    'account.1.display_name': 'Entrada',
    'account.1.auth_name': '2000',
    'account.1.user_name': '2000',
    'account.1.password': sips['sede/2000'] ?? '',
    'account.1.sip_server.1.address': 'sede.example',
  });
}

async function vouched(house: House): Promise<void> {
  await attest(contextAt(house.root, house.with), {
    address: account('entrada'),
    note: 'visto',
    lockTimeoutMs: 0,
  });
}

function undated(text: string): string {
  return text.replace(/\d{4}-\d\d-\d\d \d\d:\d\d UTC/g, '(fecha)');
}

async function verified(house: House) {
  const { report } = await verifyWorkspace(
    contextAt(house.root, { ...house.with, command: 'verify' }),
    planOptions,
  );
  if (report === null) throw new Error('no report');
  return report;
}

describe('a phone that a person sets up', () => {
  it('gets a form in Spanish with the labels of its page', async () => {
    const house = await byHand();
    const { report } = await apply(house.site, {}, house.with);
    const forms = report?.clients[0]?.forms ?? [];
    expect(undated(formsText(forms, 'es').join('\n'))).toMatchInlineSnapshot(`
      "A mano en el panel: 1 paso
        1. acme/device:entrada/account:1: crear  pendiente desde (fecha)
           Abra   Account (Cuenta) › Register (Registro)
           Ponga  Account: Account 1
           Ponga  Line Active: Enable
           Ponga  Label: Entrada
           Ponga  Display Name: Entrada
           Ponga  Register Name: 2000
           Ponga  User Name: 2000
           Ponga  Password: (el secreto extensions/sede/2000/sip de secrets.yaml)
           Ponga  Server Host: sede.example
           Ponga  Port: 5060
           Ponga  Transport: UDP
           Ponga  Server Expires: 180
           Ponga  Server Retry Counts: 3
           Pulse  [Confirm]
           Abra   Account (Cuenta) › Register (Registro) › Register Status: Registered
           Cuando esté hecho: \`alta attest acme/device:entrada/account:1\`"
    `);
  });

  it('has nothing waiting once somebody vouched for it', async () => {
    const house = await byHand();
    await apply(house.site, {}, house.with);
    await vouched(house);
    expect(changesOf(await plan(house.site, {}, house.with))).toEqual([]);
  });

  it('is proven by its PBX, and that only the PBX says so is told', async () => {
    const house = await byHand();
    await apply(house.site, {}, house.with);
    typed(house);
    await vouched(house);
    const report = await verified(house);
    const [client] = report.clients;
    expect(
      client?.checks
        .filter(({ check }) => check === 'registration')
        .map(({ address, result, seen }) => [address, result, seen]),
    ).toEqual([
      ['acme/pbx:sede/extension:2000', 'passed', undefined],
      [account('entrada'), 'unknown', 'pbx-only'],
    ]);
    expect(verifyText(report, 'es')).toMatchInlineSnapshot(`
      "acme
        Configuración
          ✓ correcto  acme/pbx:sede/extension:2000
          ? no se sabe  acme/device:entrada/account:1
        1. Registro
          ✓ correcto  acme/pbx:sede/extension:2000  "list says Registered (inferred)"  se espera: acme/device:entrada/account:1
          ? no se sabe  acme/device:entrada/account:1  solo se ve desde la centralita
        2. Pruebas de llamadas
          ☐ debe comprobarlo una persona  acme/pbx:sede/extension:2000
        4. CallerID saliente
          ☐ debe comprobarlo una persona  acme/pbx:sede/extension:2000
        5. Nombre en llamadas internas
          ☐ debe comprobarlo una persona  acme/pbx:sede/extension:2000

      Lo que debe comprobar una persona no cuenta como correcto.
      Verificación: 2 correctas, 2 sin saber, 3 por comprobar una persona.
      "
    `);
  });

  it('that never registers is not proven', async () => {
    const house = await byHand();
    await apply(house.site, {}, house.with);
    await vouched(house);
    const [client] = (await verified(house)).clients;
    const registrations = client?.checks.filter(({ check }) => check === 'registration');
    expect(registrations?.map(({ address, result }) => [address, result])).toEqual([
      ['acme/pbx:sede/extension:2000', 'failed'],
      [account('entrada'), 'unknown'],
    ]);
  });
});

describe('an extension that a guided phone leaves', () => {
  it('stays while it is registered, whatever anybody vouched for', async () => {
    const house = await byHand();
    await apply(house.site, {}, house.with);
    typed(house);
    await vouched(house);
    const { mac, model, firmware } = house.service('entrada');
    const device = { id: 'entrada', driver: 'yealink', mac, model, firmware, mode: 'guided' };
    await house.declare(
      [extension('sede', '2001', { name: 'Entrada' })],
      [{ ...device, accounts: [line('sede/2001')] }],
    );
    await apply(house.site, consent({ allowDelete: 1 }), house.with);
    await vouched(house);
    const result = await apply(house.site, consent({ allowDelete: 1 }), house.with);
    expect(stepsOf(result.report)).toMatchObject([
      {
        address: 'acme/pbx:sede/extension:2000',
        result: 'skipped',
        diagnostic: { code: 'extension-in-use' },
      },
    ]);
    expect(inService(house)).toEqual(['sede/2000 entrada:1']);
  });
});

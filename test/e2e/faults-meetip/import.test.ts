import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { Check } from '../../../engine/model/index.ts';
import { type EditResult, importTarget, verifyWorkspace } from '../../../engine/run/index.ts';
import type { LabExtensionSeed, LabMeetip, LabMeetipDoubts } from '../../../lab/index.ts';
import { on } from '../../support/bench.ts';
import { planOptions } from '../../support/commands.ts';
import { asked } from './moments.ts';
import { extension, impatient, startEmpty, startNew, startPhone, type Work } from './scenario.ts';

/** What people leave behind in a panel. */
const seed: LabExtensionSeed[] = [
  { number: '110', name: 'Ana Núñez', callerid: '+34910000010', calleridstate: 'yes', department: '4' },
  {
    number: '007',
    name: '  Almacén / "Muelle" & 7 ',
    callerid: '910000007',
    calleridstate: 'no',
    pin: '0007',
  },
  { number: '120', name: '#1: Sala <Sur> {x} [y] | > % @', status: '2', department: '4,6', nat: '2' },
  {
    number: '130',
    name: 'yes',
    status: '0',
    location: '1',
    ua: '127',
    callerid: 'TestCID',
    calleridstate: 'yes',
  },
  {
    number: '140',
    title: "Jefe d'obra: sí",
    user_language: 'es',
    recordcalls: '1',
    encryption: 'offer',
    emergencycid: '112',
  },
  {
    number: '150',
    user_language: 'Spanish',
    recordcalls: '2',
    encryption: '',
    max_contacts: '',
    ringtime: '',
  },
  {
    number: '160',
    dtmfmode: 'info',
    incominglimit: '999',
    outgoinglimit: '0',
    voicemail: '0',
    max_contacts: '12',
  },
  { number: '170', prot: 'iax' },
];

const everything = { client: 'acme', pbx: 'sede', numbers: [], dryRun: false } as const;

async function imported(scenario: Work): Promise<EditResult> {
  return importTarget(scenario.context({ command: 'import' }), everything);
}

function fileOf(scenario: Work, name: string): Promise<string> {
  return readFile(join(scenario.context().root, 'clients/acme', name), 'utf8');
}

/** What the YAML must say of some of them; undefined = nothing. */
const said: Readonly<Record<string, object>> = {
  '110': {
    name: 'Ana Núñez',
    callerId: '+34910000010',
    department: 'Ventas',
    status: 'active',
    location: 'remote',
  },
  '007': { name: 'Almacén / "Muelle" & 7', callerId: undefined, nat: true },
  '120': { status: 'suspended', department: undefined, nat: false },
  '130': { name: 'yes', status: undefined, location: 'local', userAgent: 'gloCOM', callerId: undefined },
  '140': { title: "Jefe d'obra: sí", language: 'es', callRecording: true, mediaEncryption: 'optional' },
  '150': {
    language: undefined,
    callRecording: undefined,
    mediaEncryption: undefined,
    ringTimeout: undefined,
  },
  '160': {
    dtmfMode: 'info',
    incomingLimit: 999,
    outgoingLimit: 0,
    voicemail: false,
    concurrentRegistrations: 12,
  },
};

function extensionsIn(text: string): Readonly<Record<string, object>> {
  const { extensions } = parse(text) as { extensions: readonly { readonly number: string }[] };
  return Object.fromEntries(extensions.map((one) => [one.number, one]));
}

/** Every field of an object, without its value. */
function none(fields: object): object {
  return Object.fromEntries(Object.keys(fields).map((name) => [name, undefined]));
}

/** The plan of what was imported is empty, applying it proves the secrets, and nothing was written to the server. */
async function expectImported(scenario: Work, numbers: readonly string[]): Promise<void> {
  const { box } = scenario;
  const before = JSON.stringify(box.saved());
  const { diagnostics, edits } = await imported(scenario);
  expect([diagnostics, edits.length]).toEqual([[], 2]);
  const text = await fileOf(scenario, 'client.yaml');
  const found = extensionsIn(text);
  expect(Object.keys(found).sort()).toEqual([...numbers].sort());
  for (const [number, fields] of Object.entries(said))
    expect({ ...none(fields), ...found[number] }).toMatchObject(fields);
  const secrets = await fileOf(scenario, 'secrets.yaml');
  for (const number of numbers)
    for (const field of ['sip', 'pin']) expect(secrets).toContain(`extensions/sede/${number}/${field}:`);
  const { plan } = await scenario.plan();
  expect(plan?.clients[0]?.counts.changes).toBe(0);
  expect((await scenario.apply()).codes).toEqual([]);
  expect(await scenario.changes()).toEqual([]);
  expect((await scenario.plan()).plan?.clients[0]?.unverifiable).toEqual([]);
  expect(JSON.stringify(box.saved())).toBe(before);
  expect(scenario.leaks()).toEqual([]);
  for (const { secret = '' } of Object.values(box.saved())) expect(text + secrets).not.toContain(secret);
}

const numbers = ['007', '100', '101', '110', '120', '130', '140', '150', '160'];

const servers: readonly (readonly [string, Partial<LabMeetip>])[] = [
  ['v1', { edition: 'v1' }],
  ['v2', { edition: 'v2' }],
  [
    'v1 with the other words for everything',
    {
      doubts: {
        configurationWords: 'words',
        allowStyle: 'text',
        departmentPlace: 'options',
        listBlanks: 'empty',
        tenantNumbers: 'strings',
      },
    },
  ],
];

describe.concurrent('import', () => {
  it.each(servers)('from %s writes YAML whose plan is empty', (_, settings) =>
    on(startEmpty({ settings, tenant: { seed } }), (scenario) => expectImported(scenario, numbers)),
  );

  it.each<[string, object]>([
    ['its name', { tenant: undefined, tenantName: 'T301-H910000301-ACME' }],
    ['its id', { tenant: undefined, options: { writeIntervalMs: 0, serverId: 169 } }],
  ])('from a tenant that is known by %s does so too', (_, pbx) =>
    on(startEmpty({ pbx, tenant: { seed } }), (scenario) => expectImported(scenario, numbers)),
  );

  it('says what it left out: what the YAML cannot say', () =>
    on(
      startEmpty({
        tenant: {
          seed: [
            { number: '110', name: 'Ana\u0007' },
            { number: '111', name: 'B'.repeat(250) },
          ],
        },
      }),
      async (scenario) => {
        const { diagnostics } = await imported(scenario);
        expect(diagnostics.map(({ code, address }) => [code, address])).toEqual([
          ['import-skipped', 'acme/pbx:sede/extension:110'],
          ['import-skipped', 'acme/pbx:sede/extension:111'],
        ]);
        expect((await scenario.plan()).plan?.clients[0]?.counts.changes).toBe(0);
      },
    ));
});

describe('a plan without changes', () => {
  it('costs one list, two requests for each extension and one more for each outgoing number, five at once', () =>
    on(
      startNew({ tenant: { extensions: 200, firstNumber: 300, seed: [] }, options: { concurrency: 5 } }),
      async (scenario) => {
        const { box } = scenario;
        expect((await scenario.apply()).codes).toEqual([]);
        box.edit('310', { callerid: '910000010', calleridstate: 'yes' });
        box.addFault({ kind: 'latency', ms: 4, times: 0 });
        box.resetRequests();
        expect(await scenario.changes()).toEqual([]);
        const once = [
          'tenant.list',
          'license.info',
          'uads.list',
          'department.list',
          'ext.list',
          'callerid.get',
        ];
        const asks = asked(box);
        expect(once.map((name) => asks.filter((one) => one.endsWith(name)).length)).toEqual(
          once.map(() => 1),
        );
        expect([asks.length, box.requests().peak]).toEqual([once.length + 2 * 201, 5]);
      },
    ));
});

/** @param waitMs for what is expected to be registered; two seconds pass in a hundredth of that */
async function checksOf(scenario: Work, check: Check['check'], waitMs = 0): Promise<readonly Check[]> {
  const context = scenario.context({ command: 'verify' });
  const hurried = { ...context, clock: impatient(context.clock) };
  const { report } = await verifyWorkspace(hurried, { ...planOptions, waitMs });
  return report?.clients.flatMap(({ checks }) => checks.filter((one) => one.check === check)) ?? [];
}

/** What nobody could confirm of the monitor list. */
const words: readonly LabMeetipDoubts[] = [
  {},
  { registeredStatus: 'Online', unregisteredStatus: 'Offline' },
  { registeredStatus: 'OK (23 ms)', unregisteredStatus: 'UNREACHABLE' },
  { registeredStatus: '', unregisteredStatus: '' },
  { unregisteredIp: '-' },
  { unregisteredIp: '(null)' },
  { unregisteredIp: '0.0.0.0' },
  { unregisteredIp: '-none-' },
];

const watched: readonly Partial<LabMeetip>[] = [...words.map((doubts) => ({ doubts })), { edition: 'v2' }];

describe.concurrent('a registration', () => {
  it.each(watched.map((settings) => [JSON.stringify(settings), settings] as const))(
    'is told from none, with %s',
    (_, settings) =>
      on(startNew({ settings }), async (scenario) => {
        const { box } = scenario;
        await scenario.apply();
        const evidence = async () => (await checksOf(scenario, 'registration'))[0]?.evidence;
        expect(await evidence()).toContain('without an address');
        expect(box.register('112', box.saved()['112']?.secret ?? '')).toBe(true);
        expect(await evidence()).toContain(', with an address');
        expect(scenario.leaks()).toEqual([]);
      }),
  );
});

/** How the phone and its extension are found, as many looks later as fit into that time. */
async function resultsOf(scenario: Work, waitMs: number): Promise<readonly string[]> {
  expect((await scenario.apply()).codes).toEqual([]);
  expect(scenario.lab.phone('mesa').settings()).toMatchObject({
    'account.1.user_name': '301112',
    'account.1.auth_name': '301112',
  });
  const checks = await checksOf(scenario, 'registration', waitMs);
  expect(scenario.leaks()).toEqual([]);
  return checks.map(({ result }) => result);
}

describe.concurrent('a phone', () => {
  it.each([0, 700])('is set up with the name that the server makes, and let in %i ms later', (delay) =>
    on(startPhone({ settings: { registrationDelayMs: delay } }), async (scenario) => {
      expect(await resultsOf(scenario, 900_000)).toEqual(['passed', 'passed']);
    }),
  );

  it('that is not let in for longer than anybody waits is not said to be registered', () =>
    on(startPhone({ settings: { registrationDelayMs: 600_000 } }), async (scenario) => {
      expect(await resultsOf(scenario, 6_000)).toEqual(['failed', 'failed']);
    }));
});

describe.concurrent('a registered phone', () => {
  it('stays registered where anything but its secret changes', () =>
    on(startNew(), async (scenario) => {
      const { box } = scenario;
      await scenario.apply();
      box.register('112', box.saved()['112']?.secret ?? '');
      const more = { callerId: '910000001', department: 'Ventas', status: 'active', ringTimeout: 20 };
      await scenario.redeclare({}, [extension('112', 'Muelle', more)]);
      await scenario.seal({ name: 'extensions/sede/112/portal', value: 'Canary-Portal$2Wm4!' });
      expect((await scenario.apply()).codes).toEqual([]);
      expect([box.saved()['112']?.name, Object.keys(box.contacts())]).toEqual(['Muelle', ['112']]);
      expect(await scenario.changes()).toEqual([]);
    }));

  it('loses its place with another secret, and with nothing else', () =>
    on(startNew(), async (scenario) => {
      const { box } = scenario;
      await scenario.apply();
      box.register('112', box.saved()['112']?.secret ?? '');
      await scenario.seal({ name: 'extensions/sede/112/sip', value: 'Gw5hXs9vKy_m3TcR6bZp' });
      expect((await scenario.apply()).codes).toEqual([]);
      expect([box.saved()['112']?.secret, box.contacts()]).toEqual(['Gw5hXs9vKy_m3TcR6bZp', {}]);
    }));
});

describe.concurrent('a call flow', () => {
  const dids = [
    { number: '34910000001', ext: '112', name: 'Ventas' },
    { number: '910000002', ext: '100', name: 'Soporte' },
  ];
  const flows: readonly (readonly [object, Check['result'], string])[] = [
    [{ name: 'Ventas', number: '+34910000001' }, 'passed', 'DID 34910000001'],
    [{ name: 'Soporte', number: '+34910000002' }, 'failed', 'DID 910000002'],
    [{ name: 'Compras', number: '+34910000003' }, 'failed', '2 DIDs'],
    [{ name: 'Ventas' }, 'passed', 'DID 34910000001'],
  ];

  it('is followed from the number to the extension', () =>
    on(startNew({ tenant: { dids } }), async (scenario) => {
      await scenario.apply();
      const callFlows = flows.map(([flow]) => ({ ...flow, pbx: 'sede', reaches: ['112'] }));
      await scenario.redeclare({}, [extension('112', 'Almacén')], { checks: { callFlows } });
      const checks = await checksOf(scenario, 'call-flow');
      expect(checks.map(({ result }) => result)).toEqual(flows.map(([, result]) => result));
      for (const [index, [, , words]] of flows.entries()) expect(checks[index]?.evidence).toContain(words);
    }));

  it('is left to a person, and said, where the key may not see numbers', () =>
    on(
      startNew({
        tenant: { dids },
        settings: {
          keys: [{ actions: ['tenant.list', 'license.info', 'uads.list', 'department.list', 'ext.*'] }],
        },
      }),
      async (scenario) => {
        const callFlows = [{ name: 'Ventas', number: '+34910000001', pbx: 'sede', reaches: ['112'] }];
        await scenario.redeclare({}, [extension('112', 'Almacén')], { checks: { callFlows } });
        expect(await checksOf(scenario, 'call-flow')).toMatchObject([{ result: 'unknown' }]);
      },
    ));
});

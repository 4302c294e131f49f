import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Check } from '../../../engine/model/index.ts';
import * as engine from '../../../engine/run/index.ts';
import { type Bench, startBench } from '../../support/bench.ts';
import { captures, notOurs } from '../../unit/asterisk/captures.ts';
import { play } from '../../unit/cli/stage.ts';
import { englishIn } from '../cli/english.ts';
import { type Cloud, pasted, startCloud } from './cloud.ts';

const folder = join(process.cwd(), 'test/fixtures/asterisk');
const capture = (name: string): string => join(folder, name);

/** Who is in the captures: number → the name that is registered with. */
const people: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    [...range(10, 20), 22, 24, 25, 50, 51, 999, 200_998, 200_999].map((n) => [n, `${n}`]),
  ),
  31: 'recepcion-planta-principal-madrid',
  32: 'recepcion-planta-principal-madrid-2',
  33: 'trunk',
  34: 'carrier-down',
  35: 'recepcion-planta-principa',
};

function range(from: number, to: number): readonly number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}

const unmanaged = { sip: { source: 'unmanaged' }, portal: { source: 'unmanaged' } };

/** A PBX that only people write to, with everybody of the captures, each on a line of a phone. */
async function startOffice(): Promise<Bench> {
  const bench = await startBench({ boxes: [], held: () => [] });
  const numbers = Object.keys(people);
  const phone = (id: string, mac: string, some: readonly string[]) => ({
    id,
    driver: 'yealink',
    mode: 'guided',
    model: 'T46U',
    mac,
    accounts: some.map((number, index) => ({ line: index + 1, extension: `sede/${number}` })),
  });
  await bench.declare({
    pbx: { sede: { driver: 'yeastar-p', mode: 'guided', sip: { server: 'sede.example' } } },
    extensions: numbers.map((number) => ({
      pbx: 'sede',
      number,
      name: `Puesto ${number}`,
      email: `puesto${number}@acme.example`,
      secrets: unmanaged,
      ...(people[number] === number ? {} : { registrationName: people[number] }),
    })),
    devices: [
      phone('mesa', '80:5e:c0:00:00:01', numbers.slice(0, 16)),
      phone('sala', '80:5e:c0:00:00:02', numbers.slice(16)),
    ],
  });
  return bench;
}

/** Person → result, out of a report in JSON. */
function registrationsIn(json: string): ReadonlyMap<string, string> {
  const { clients } = JSON.parse(json) as {
    readonly clients: readonly { readonly checks: readonly Check[] }[];
  };
  return new Map(
    clients
      .flatMap(({ checks }) => checks)
      .flatMap(({ address, check, result }) => {
        const person = people[/extension:(\d+)$/.exec(address)?.[1] ?? ''];
        return check === 'registration' && person !== undefined ? [[person, result] as const] : [];
      }),
  );
}

describe('what stands in a capture', () => {
  let office: Bench;
  let cwd: string;
  beforeAll(async () => {
    office = await startOffice();
    cwd = office.context().root;
  });
  afterAll(() => office.close());

  const results = { registered: 'passed', unregistered: 'failed', unknown: 'unknown' } as const;
  const ours = [...captures].flatMap(([name, expected]) =>
    expected === notOurs ? [] : [[name, expected] as const],
  );

  it.each(ours)('%s is what is verified', async (name, expected) => {
    const { code, out } = await play(['verify', '--json', '--from-file', capture(name)], { cwd, engine });
    const found = registrationsIn(out);
    const wanted = Object.entries(expected).filter(([person]) => found.has(person));
    expect(wanted.map(([person]) => [person, found.get(person)])).toEqual(
      wanted.map(([person, words]) => [person, results[words.split(', ')[0] as keyof typeof results]]),
    );
    const others = [...found].filter(([person]) => !Object.hasOwn(expected, person));
    expect(others.filter(([, result]) => result === 'passed')).toEqual([]);
    expect(code).toBe([...found.values()].includes('failed') ? 7 : 0);
  });

  it.each([...captures.keys()].filter((name) => captures.get(name) === notOurs).slice(0, 5))(
    '%s is refused',
    async (name) => {
      const played = await play(['verify', '--from-file', capture(name)], { cwd, engine });
      expect(played).toMatchObject({ code: 1, out: '' });
      expect(played.err).toContain(
        `[paste-unreadable]\n  ${capture(name)} holds nothing that tells who is registered.`,
      );
    },
  );
});

describe('what a person pastes', () => {
  let cloud: Cloud;
  let cwd: string;
  const verify = (...args: readonly string[]) =>
    play(['verify', '--from-file', '-', ...args], { cwd, engine, stdin: pasted });

  beforeAll(async () => {
    cloud = await startCloud();
    cwd = cloud.context().root;
  });
  beforeEach(() => cloud.look(cloud.shell()));
  afterAll(() => cloud.close());

  it('is told in English', async () => {
    const { code, out } = await verify();
    expect(code).toBe(7);
    expect(out).toMatchInlineSnapshot(`
      "acme
        Configuration
          ? not known  acme/pbx:nube/extension:10
          ? not known  acme/pbx:nube/extension:11
          ? not known  acme/pbx:nube/extension:12
          ? not known  acme/device:mesa/account:1
          ? not known  acme/device:mesa/account:2
          ? not known  acme/device:mesa/account:3
        1. Registration
          ✓ passed  acme/pbx:nube/extension:10  "sip show peers: OK (23 ms) at 192.0.2.10:5060; reachable"  expected: acme/device:mesa/account:1
          ? not known  acme/device:mesa/account:1  only seen from the PBX
          ✗ FAILED  acme/pbx:nube/extension:11  "sip show peers: (Unspecified), UNKNOWN; no address is held"  expected: acme/device:mesa/account:2
          ? not known  acme/device:mesa/account:2
          ✗ FAILED  acme/pbx:nube/extension:12  "sip show peers: UNREACHABLE at 192.0.2.12:5060; unreachable: the address is still held, nobody answers there"  expected: acme/device:mesa/account:3
          ? not known  acme/device:mesa/account:3
        2. Test calls
          ☐ to be checked by a person  acme/pbx:nube/extension:10
          ☐ to be checked by a person  acme/pbx:nube/extension:11
          ☐ to be checked by a person  acme/pbx:nube/extension:12
        4. Outgoing caller ID
          ☐ to be checked by a person  acme/pbx:nube/extension:10
          ☐ to be checked by a person  acme/pbx:nube/extension:11
          ☐ to be checked by a person  acme/pbx:nube/extension:12
        5. Name on internal calls
          ☐ to be checked by a person  acme/pbx:nube/extension:10
          ☐ to be checked by a person  acme/pbx:nube/extension:11
          ☐ to be checked by a person  acme/pbx:nube/extension:12

      What a person must check does not count as passed.
      Verification: 1 passed, 2 failed, 9 not known, 9 to be checked by a person.
      "
    `);
  });

  it('is told in Spanish', async () => {
    const { code, out, err } = await verify('--lang', 'es');
    expect(code).toBe(7);
    expect(englishIn(out + err)).toEqual([]);
    expect(out).toMatchInlineSnapshot(`
      "acme
        Configuración
          ? no se sabe  acme/pbx:nube/extension:10
          ? no se sabe  acme/pbx:nube/extension:11
          ? no se sabe  acme/pbx:nube/extension:12
          ? no se sabe  acme/device:mesa/account:1
          ? no se sabe  acme/device:mesa/account:2
          ? no se sabe  acme/device:mesa/account:3
        1. Registro
          ✓ correcto  acme/pbx:nube/extension:10  "sip show peers: OK (23 ms) at 192.0.2.10:5060; reachable"  se espera: acme/device:mesa/account:1
          ? no se sabe  acme/device:mesa/account:1  solo se ve desde la centralita
          ✗ FALLA  acme/pbx:nube/extension:11  "sip show peers: (Unspecified), UNKNOWN; no address is held"  se espera: acme/device:mesa/account:2
          ? no se sabe  acme/device:mesa/account:2
          ✗ FALLA  acme/pbx:nube/extension:12  "sip show peers: UNREACHABLE at 192.0.2.12:5060; unreachable: the address is still held, nobody answers there"  se espera: acme/device:mesa/account:3
          ? no se sabe  acme/device:mesa/account:3
        2. Pruebas de llamadas
          ☐ debe comprobarlo una persona  acme/pbx:nube/extension:10
          ☐ debe comprobarlo una persona  acme/pbx:nube/extension:11
          ☐ debe comprobarlo una persona  acme/pbx:nube/extension:12
        4. CallerID saliente
          ☐ debe comprobarlo una persona  acme/pbx:nube/extension:10
          ☐ debe comprobarlo una persona  acme/pbx:nube/extension:11
          ☐ debe comprobarlo una persona  acme/pbx:nube/extension:12
        5. Nombre en llamadas internas
          ☐ debe comprobarlo una persona  acme/pbx:nube/extension:10
          ☐ debe comprobarlo una persona  acme/pbx:nube/extension:11
          ☐ debe comprobarlo una persona  acme/pbx:nube/extension:12

      Lo que debe comprobar una persona no cuenta como correcto.
      Verificación: 1 correcta, 2 fallidas, 9 sin saber, 9 por comprobar una persona.
      "
    `);
  });

  it('proves less behind a proxy, as where Asterisk itself is asked', async () => {
    await cloud.look(cloud.shell({ fronted: true }));
    const { code, out } = await verify();
    expect(code).toBe(7);
    expect(out).toMatch(
      /\? not known {2}acme\/pbx:nube\/extension:10 .*proxy in front, which proves no phone/,
    );
    expect(out).toMatch(/✗ FAILED {2}acme\/pbx:nube\/extension:11 /);
  });

  it('belongs to one PBX, which must be named where there are several', async () => {
    await cloud.look(cloud.shell(), ['oeste']);
    const english = await verify();
    expect(english).toMatchObject({ code: 1, out: '' });
    expect(english.err).toContain(
      'Standard input holds the words of one PBX, and 2 are in scope: acme/pbx:nube, acme/pbx:oeste.\n' +
        '  → Name it: `alta verify --from-file FILE --target CLIENT/pbx:LABEL`.',
    );
    const spanish = await verify('--lang', 'es');
    expect(spanish.err).toContain(
      'La entrada estándar contiene lo que dice una centralita y aquí hay 2: acme/pbx:nube, acme/pbx:oeste.',
    );
    expect(englishIn(spanish.err)).toEqual([]);
    const named = await verify('--target', 'acme/pbx:nube');
    expect(named.code).toBe(7);
    expect(named.out).toMatch(/✓ passed {2}acme\/pbx:nube\/extension:10 /);
    expect(named.out).not.toContain('acme/pbx:oeste');
  });

  it('may be named by a phone: its extension says which PBX', async () => {
    await cloud.look(cloud.shell(), ['oeste']);
    const { code, out } = await verify('--target', 'acme/device:mesa');
    expect(code).toBe(0);
    expect(out).toMatch(/\? not known {2}acme\/device:mesa\/account:1 {2}only seen from the PBX/);
    expect(out).not.toContain('acme/pbx:');
  });

  it.each([
    ['a file that is not there', ['--from-file', 'nada.txt'], 'file-unreadable', 'nada.txt'],
    ['a folder', ['--from-file', 'clients'], 'file-unreadable', 'clients'],
    ['another file of the workspace', ['--from-file', 'alta.yaml'], 'paste-unreadable', 'alta.yaml'],
  ])('is no %s', async (_, args, code, named) => {
    for (const lang of ['en', 'es']) {
      const played = await play(['verify', ...args, '--lang', lang], { cwd, engine });
      expect(played).toMatchObject({ code: 1, out: '' });
      expect(played.err).toContain(`[${code}]`);
      expect(played.err).toContain(named);
      if (lang === 'es') expect(englishIn(played.err)).toEqual([]);
    }
  });

  it('is told in JSON, too, where nothing in it is known', async () => {
    const { code, out } = await play(['verify', '--json', '--from-file', '-'], {
      cwd,
      engine,
      stdin: 'hola\n',
    });
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({
      diagnostics: [
        { code: 'paste-unreadable', detail: 'Standard input holds nothing that tells who is registered.' },
      ],
    });
  });

  it('is waited for by nobody, and nobody is asked', async () => {
    const started = Date.now();
    await verify('--wait', '60');
    expect(Date.now() - started).toBeLessThan(10_000);
    expect(cloud.bastion.control.counters().connections).toBe(0);
    expect(cloud.lab.box('nube').requests().total).toBe(0);
  });
});

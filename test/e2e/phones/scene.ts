import { expect } from 'vitest';
import { expectRecovery as expectConvergence, type Oracle, type Scenario } from '../../support/matrix.ts';
import type { Run } from '../../support/runs.ts';
import { type Office, type Setting, startOffice, type Web } from './office.ts';
import { sips } from './papers.ts';

/** Key of the phone → value. */
export type Settings = Readonly<Record<string, string>>;

/** What lines of ours must hold in the end; null = as the factory has it. */
export type Ours = Readonly<Record<string, Settings | null>>;

/** A phone in service with work to do: its next apply writes. */
export interface Scene extends Office, Scenario {
  /** What is not ours on the phone, as its oracle told it at the start. */
  readonly others: string;
}

/** Somebody else's line, and settings that are none of ours. */
const theirs: Settings = {
  'account.3.enable': '1',
  'account.3.label': 'Portero',
  'account.3.auth_name': 'portero',
  'account.3.user_name': 'portero',
  'account.3.password': 'Wq4nHs8tPz_k6GcB2vMr',
  'account.3.sip_server.1.address': 'puerta.example',
  'account.1.srtp_encryption': '1',
  'linekey.5.type': '16',
  'linekey.5.value': '110',
  'phone_setting.contrast': '3',
};

/** What the procedure sets, and the PBX gives. */
export function lineOf(line: number, number: keyof typeof sips, label = `Puesto ${number}`): Settings {
  const of = (name: string) => `account.${line}.${name}`;
  return {
    [of('enable')]: '1',
    [of('label')]: label,
    [of('display_name')]: `Puesto ${number}`,
    [of('auth_name')]: String(number),
    [of('user_name')]: String(number),
    [of('password')]: sips[number],
    [of('sip_server.1.address')]: 'sede.example',
    [of('sip_server.1.expires')]: '180',
  };
}

/** Lines 1 and 2 in service beside line 3, which is not ours; nothing left to do. */
export async function startSettled(web: Web, setting: Setting = {}): Promise<Scene> {
  const office = await startOffice(web, setting);
  await office.declare([
    { line: 1, extension: 'sede/2000' },
    { line: 2, extension: 'sede/2001' },
  ]);
  expect((await office.apply()).codes).toEqual([]);
  office.phone.edit(theirs);
  office.phone.resetRequests();
  return sceneAt(office, { 1: lineOf(1, 2000), 2: lineOf(2, 2001) });
}

/** The same with another label for line 1, an account on line 4, and none on line 2. */
export async function startWork(web: Web, setting: Setting = {}): Promise<Scene> {
  const scene = await startSettled(web, setting);
  await scene.declare([
    { line: 1, extension: 'sede/2000', label: 'Centralita' },
    { line: 4, extension: 'sede/2002' },
  ]);
  return sceneAt(scene, { 1: lineOf(1, 2000, 'Centralita'), 2: null, 4: lineOf(4, 2002) });
}

function sceneAt(office: Office, ours: Ours): Scene {
  const { phone } = office;
  const oracle = oracleOf(office, ours);
  return { ...office, struck: phone, freed: phone.expireSessions, oracle, others: oracle.foreign() };
}

/** `acme/device:mesa/account:1` */
export const addressOf = (line: string) => `acme/device:mesa/account:${line}`;

/** The fields of an account that this tool may set, as a phone from V80 on names them. */
const ourFields = Object.keys({ ...lineOf(1, 2000), 'account.1.sip_server.1.port': '' }).map((key) =>
  key.slice('account.1.'.length),
);

/** What settings say of the fields that are ours on a line. */
function lineIn(settings: Settings, line: string): Settings {
  const keys = new Set(ourFields.map((name) => `account.${line}.${name}`));
  return Object.fromEntries(Object.entries(settings).filter(([key]) => keys.has(key)));
}

/** In one order, whatever the phone's. */
function textOf(settings: Settings): string {
  return JSON.stringify(Object.entries(settings).sort());
}

/** What the phone holds, and whether it is registered with that at the PBX. */
export function oracleOf({ phone, box }: Pick<Office, 'phone' | 'box'>, ours: Ours): Oracle {
  const lines = Object.keys(ours);
  const shown = (line: string) => lineIn(phone.settings(), line);
  return {
    stored: () =>
      Object.fromEntries(
        lines.map((line) => {
          const held = shown(line);
          return [addressOf(line), Object.keys(held).length === 0 ? null : textOf(held)];
        }),
      ),
    asDeclared: (address) => {
      const line = address.slice(address.lastIndexOf(':') + 1);
      return textOf(shown(line)) === textOf(ours[line] ?? {});
    },
    foreign: () => {
      const settings = phone.settings();
      const held = new Set(lines.flatMap((line) => Object.keys(lineIn(settings, line))));
      return JSON.stringify(Object.entries(settings).filter(([key]) => !held.has(key)));
    },
    expectOurs: () => {
      expect(lines.map((line) => [line, shown(line)])).toEqual(lines.map((line) => [line, ours[line] ?? {}]));
      const used = lines.filter((line) => ours[line] !== null);
      expect(used.map((line) => phone.accounts()[line]?.status)).toEqual(used.map(() => 'registered'));
      const contacts = Object.values(box.contacts()).flat();
      expect(contacts.map(({ line }) => String(line)).sort()).toEqual(used);
    },
  };
}

/** How many files of settings were sent to the phone. */
export function importsOf({ phone }: Office): number {
  return phone.requests().entries.filter(({ path }) => /action=import|p=upload/.test(path)).length;
}

/** Each line that a run wrote was sent once. */
export function expectSentOnce({ steps }: Run, scene: Office): void {
  expect(importsOf(scene)).toBe(steps.filter(({ target }) => target === 'acme/device:mesa').length);
}

/** A run without faults, later: it converges, each line is sent once, and nothing is left to do. */
export async function expectRecovery(scene: Scene, others = scene.others): Promise<void> {
  expectSentOnce(await expectConvergence(scene, others), scene);
}

/** What names the request that sends settings to a phone. */
export const importPath = { b1: 'p=upload', c: 'action=import' } as const;

import { expect } from 'vitest';
import { changesOf } from '../../support/commands.ts';
import { type Office, type Setting, startOffice, type Web } from './office.ts';
import { sips } from './papers.ts';
import type { Run } from './runs.ts';

/** Key of the phone → value. */
export type Settings = Readonly<Record<string, string>>;

/** What lines of ours must hold in the end; null = as the factory has it. */
export type Ours = Readonly<Record<string, Settings | null>>;

/** A phone in service with work to do: its next apply writes. */
export interface Scene extends Office {
  readonly ours: Ours;
  /** What is not ours on the phone, as {@link foreign} gave it at the start. */
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
  return { ...office, ours, others: foreign({ ours }, office.phone.settings()) };
}

/** The fields of an account that this tool may set, as a phone from V80 on names them. */
const ourFields = Object.keys({ ...lineOf(1, 2000), 'account.1.sip_server.1.port': '' }).map((key) =>
  key.slice('account.1.'.length),
);

/** What settings say of the fields that are ours on a line. */
function lineIn(settings: Settings, line: string): Settings {
  const keys = new Set(ourFields.map((name) => `account.${line}.${name}`));
  return Object.fromEntries(Object.entries(settings).filter(([key]) => keys.has(key)));
}

/** What of a phone is not ours, as text to compare byte by byte. */
export function foreign({ ours }: Pick<Scene, 'ours'>, settings: Settings): string {
  const held = new Set(Object.keys(ours).flatMap((line) => Object.keys(lineIn(settings, line))));
  return JSON.stringify(Object.entries(settings).filter(([key]) => !held.has(key)));
}

/** What a report says of the phone must be so on the phone. `before` = its settings before the run. */
export function expectTruth({ steps }: Run, { phone, ours }: Scene, before: Settings): void {
  const now = phone.settings();
  const untrue = steps.filter(({ address, result, written }) => {
    if (!address.startsWith('acme/device:mesa/')) return false;
    const line = address.slice(address.lastIndexOf(':') + 1);
    const [was, is] = [lineIn(before, line), lineIn(now, line)];
    if (result === 'done') return !same(is, ours[line] ?? {});
    if (result === 'failed') return written === undefined || (written === 'nothing' && !same(was, is));
    return result !== 'unconfirmed' && !same(was, is);
  });
  expect(untrue, 'steps that the phone tells otherwise').toEqual([]);
}

function same(one: Settings, other: Settings): boolean {
  const sorted = (settings: Settings) => JSON.stringify(Object.entries(settings).sort());
  return sorted(one) === sorted(other);
}

/** Everything of ours is on the phone as declared, and registered at the PBX from there. */
export function expectOurs({ phone, box, ours }: Omit<Scene, 'others'>): void {
  const settings = phone.settings();
  const lines = Object.keys(ours);
  expect(lines.map((line) => [line, lineIn(settings, line)])).toEqual(
    lines.map((line) => [line, ours[line] ?? {}]),
  );
  const used = lines.filter((line) => ours[line] !== null);
  expect(used.map((line) => phone.accounts()[line]?.status)).toEqual(used.map(() => 'registered'));
  const held = Object.values(box.contacts()).flatMap((contacts) => contacts.map(({ line }) => String(line)));
  expect(held.sort()).toEqual(used);
}

/** How many files of settings were sent to the phone. */
export function importsOf({ phone }: Office): number {
  return phone.requests().entries.filter(({ path }) => /action=import|p=upload/.test(path)).length;
}

/** A run without faults, later: it converges, each line is sent once, and nothing is left to do. */
export async function expectRecovery(scene: Scene, others = scene.others): Promise<void> {
  const { phone } = scene;
  phone.clearFaults();
  phone.resetRequests();
  const run = await scene.apply();
  expect(run.codes).toEqual([]);
  expectOurs(scene);
  expect(importsOf(scene)).toBe(run.steps.filter(({ target }) => target === 'acme/device:mesa').length);
  expect(changesOf(await scene.plan())).toEqual([]);
  expect(foreign(scene, phone.settings())).toBe(others);
  expect(phone.sessions()).toBe(0);
  expect(scene.leaks()).toEqual([]);
}

/** What names the request that sends settings to a phone. */
export const importPath = { b1: 'p=upload', c: 'action=import' } as const;

/** Runs a test on an office or a scene and takes it down. */
export async function on<T extends Office>(
  started: Promise<T>,
  test: (at: T) => Promise<void>,
): Promise<void> {
  const office = await started;
  await test(office).finally(office.close);
}

import { mkdtemp, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Target } from '../../engine/model/index.ts';
import { driver } from '../../providers/device/yealink/driver.ts';
import { sessionContext } from './context.ts';
import type { ContractHarness, Faults, Oracle } from './harness.ts';
import { lineIn, linesIn, quickClock } from './yealink.ts';
import { mutations, samples } from './yealink-samples.ts';

const mac = '805ec0000001';
const version = '#!version:1.0.0.1';

/** A folder of its own with no file in it, and no phone that could be asked. */
export async function startPublishing(): Promise<ContractHarness> {
  const root = await mkdtemp(join(tmpdir(), 'alta-contract-'));
  const folder = join(root, 'files');
  await rename(await mkdtemp(join(root, 'new-')), folder);
  const file = join(folder, `${mac}.cfg`);
  const target = targetAt(folder, mac);
  const logs: string[] = [];
  return {
    driver,
    target,
    samples,
    mutations,
    pageSize: null,
    timeLimitMs: 300,
    oracle: oracleOf(file),
    faults: faultsOf(folder, file),
    clock: quickClock,
    open: (purpose, opening = {}) => {
      const limits = { ...driver.facts.host, writeIntervalMs: 0 };
      const context = sessionContext({ ...opening, purpose, limits, credentials: {}, logs });
      return driver.open(target, { ...context, clock: quickClock });
    },
    logs: () => logs,
    canaries: () => [],
    stop: () => rm(root, { recursive: true, force: true }),
  };
}

/** A phone that fetches its settings from a folder, and cannot be asked. */
export function targetAt(folder: string, mac: string): Target {
  return {
    address: 'acme/device:recepcion',
    client: 'acme',
    label: 'recepcion',
    kind: 'device',
    driver: driver.name,
    mode: 'api',
    presence: 'always',
    key: mac,
    host: 'store:telefonos',
    endpoint: null,
    publication: {
      store: { name: 'telefonos', place: { directory: folder } },
      trigger: 'none',
      sipPort: 5060,
    },
    credentials: { read: {}, write: {} },
    identity: { mac },
    sip: {},
    options: { model: 'T46U', firmware: '108.86.0.45' },
    origin: { filename: 'clients/acme/client.yaml', path: ['devices', 0] },
  };
}

/** The file as a phone reads it, later lines over earlier ones; a line that is at the factory's settings is nothing. */
function oracleOf(file: string): Oracle {
  const saved = async (line: string) => lineIn(await settingsIn(file), line);
  return {
    saved,
    running: saved,
    keys: async () => linesIn(await settingsIn(file)),
    writes: async () => {
      const found = await stat(file).catch(() => null);
      return found === null ? 0 : found.ino;
    },
    requests: () => 0,
    logins: () => 0,
    openSessions: () => 0,
    addForeign: (count) => addForeign(file, count),
  };
}

async function settingsIn(file: string): Promise<Readonly<Record<string, string>>> {
  const text = await readFile(file, 'utf8').catch(() => '');
  const pairs = text
    .split('\n')
    .filter((line) => !line.startsWith('#') && line.includes('='))
    .map(
      (line) => [line.slice(0, line.indexOf('=')).trim(), line.slice(line.indexOf('=') + 1).trim()] as const,
    );
  const atFactory = (key: string, value: string) =>
    value === '%NULL%' || (key.endsWith('.enable') && value === '0');
  const lines = new Set(
    pairs
      .filter(([key, value]) => !atFactory(key, value))
      .flatMap(([key, value]) => linesIn({ [key]: value })),
  );
  return Object.fromEntries(
    pairs.filter(([key, value]) => linesIn({ [key]: value }).every((line) => lines.has(line))),
  );
}

async function addForeign(file: string, count: number): Promise<readonly string[]> {
  const used = linesIn(await settingsIn(file));
  const free = Array.from({ length: 13 }, (_, index) => String(index + 4)).filter(
    (line) => !used.includes(line),
  );
  const lines = free.slice(0, count);
  const settings = lines.flatMap((line) => [
    `account.${line}.enable = 1`,
    `account.${line}.label=Ajena ${line}`,
    `account.${line}.user_name = ajena${line}`,
    `account.${line}.password = Foreign-${line}-Qx7`,
    `account.${line}.sip_server.1.address = sip.otra.example`,
  ]);
  const text = await readFile(file, 'utf8').catch(() => `${version}\n`);
  await writeFile(file, `${text}${settings.join('\n')}\n`);
  return lines;
}

function faultsOf(folder: string, file: string): Faults {
  const away = `${folder}.away`;
  const restore = async () => {
    await rename(away, folder).catch(() => {});
  };
  return {
    none: restore,
    unreachable: () => rename(folder, away),
    wrongCredentials: () => {},
    wrongIdentity: () =>
      writeFile(file, `${version}\n# alta: 3 2026-11-23T03:10:05.000Z 805ec0000002\naccount.1.enable = 1\n`),
  };
}

import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Publication, Secret, type Target } from '../../../../engine/model/index.ts';
import type { Clock, PoweredSession, SessionContext } from '../../../../providers/contract.ts';
import { openPublishing } from '../../../../providers/device/yealink/publish/session.ts';
import { realClock } from '../../../../providers/transport/clock.ts';
import { createGate } from '../../../../providers/transport/gate.ts';
import { phone } from '../pure/declared.ts';

export const MAC = '805ec0000001';
export const WEB_PASSWORD = 'Web-Word-7ñ';

/** A folder that phones fetch their files from, and everything to work on it. */
export interface Desk {
  readonly folder: string;
  readonly logs: string[];
  /** What was waited for, ms. */
  readonly slept: number[];
  put(name: string, text: string): Promise<void>;
  text(name: string): Promise<string>;
  modifiedAt(name: string): Promise<number>;
  open(opening?: Opening): Promise<PoweredSession>;
  remove(): Promise<void>;
}

export interface Opening {
  readonly target?: Partial<Target>;
  readonly publication?: Partial<Publication>;
  /** Whether an access log is declared. */
  readonly log?: boolean;
  readonly purpose?: 'read' | 'write';
  readonly login?: boolean;
  readonly signal?: AbortSignal;
}

export async function newDesk(): Promise<Desk> {
  const folder = await mkdtemp(path.join(tmpdir(), 'alta-publish-'));
  const at = (name: string) => path.join(folder, name);
  const logs: string[] = [];
  const slept: number[] = [];
  return {
    folder,
    logs,
    slept,
    put: (name, text) => writeFile(at(name), text),
    text: (name) => readFile(at(name), 'utf8'),
    modifiedAt: async (name) => Math.floor((await stat(at(name))).mtimeMs),
    open: (opening = {}) => openPublishing(targetOf(folder, opening), contextOf(opening, logs, slept)),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

function targetOf(folder: string, { target, publication, log }: Opening): Target {
  const store = {
    name: 'oficina',
    place: { directory: folder },
    ...(log === true ? { log: path.join(folder, 'access.log') } : {}),
  };
  return phone({
    host: 'store:oficina',
    endpoint: null,
    publication: { store, trigger: 'none', sipPort: 5060, ...publication },
    ...target,
  });
}

function contextOf(opening: Opening, logs: string[], slept: number[]): SessionContext {
  // Waits are over after a tenth of a second, and count in full.
  let elapsed = 0;
  const clock: Clock = {
    now: () => Date.parse('2026-11-23T03:10:05.123Z'),
    elapsed: () => elapsed,
    sleep: async (ms, signal) => {
      slept.push(ms);
      await realClock.sleep(Math.min(ms, 100), signal);
      elapsed += ms;
    },
  };
  const limits = { concurrency: 1, writers: 1, readIntervalMs: 0, writeIntervalMs: 0, sessions: 1 };
  const login = { username: new Secret('admin'), password: new Secret(WEB_PASSWORD) };
  return {
    credentials: opening.login === true ? login : {},
    signal: opening.signal ?? new AbortController().signal,
    gate: createGate(limits, clock),
    purpose: opening.purpose ?? 'write',
    clock,
    root: tmpdir(),
    log: (event, facts) => logs.push(`${event} ${JSON.stringify(facts)}`),
  };
}

/** A line of an access log in the combined format. */
export function logLine(ms: number, change: { path?: string; status?: number; agent?: string } = {}): string {
  const {
    path: asked = `/${MAC}.cfg`,
    status = 200,
    agent = 'Yealink SIP-T46U 108.86 80:5e:c0:00:00:01',
  } = change;
  const [day = '', time = ''] = new Date(ms).toISOString().split(/[T.]/);
  const [year, , date] = day.split('-');
  const name = new Date(ms).toLocaleString('en', { month: 'short', timeZone: 'UTC' });
  const stamp = `${date}/${name}/${year}:${time} +0000`;
  return `192.0.2.31 - - [${stamp}] "GET ${asked} HTTP/1.1" ${status} 512 "-" "${agent}"`;
}

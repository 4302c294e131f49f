import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { AltaError } from '../../../engine/model/index.ts';
import { type LabPhone, startLab } from '../../../lab/index.ts';
import { startProvisioning } from '../../../lab/provisioning/index.ts';
import type { PoweredSession } from '../../../providers/contract.ts';
import { driver } from '../../../providers/device/yealink/driver.ts';
import { sessionContext } from '../../contract/context.ts';
import { phones, plain, quickClock } from '../../contract/yealink.ts';
import { targetAt } from '../../contract/yealink-publish.ts';
import { randomWrites, type Settings, sameSettings, type Update, wantedBy } from './fuzz-writes.ts';

/** A phone that fetches its file, and a session that writes it. */
interface Place {
  readonly session: PoweredSession;
  readonly file: string;
  /** What the phone has once it fetched its file. */
  fetched(): Promise<Settings>;
}

async function startPlace(phone: LabPhone): Promise<Place> {
  const folder = await mkdtemp(join(tmpdir(), 'alta-fuzz-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const server = await startProvisioning({ folder, log: join(folder, 'access.log') });
  onTestFinished(() => server.close());
  const lab = await startLab({
    boxes: [],
    phones: [{ ...phone, tls: false, provisioning: { url: server.service.url } }],
  });
  onTestFinished(() => lab.close());
  const [service] = lab.phones;
  if (service === undefined) throw new Error('the lab has no phone');
  const mac = plain(service.mac);
  const target = { ...targetAt(folder, mac), options: { model: service.model, firmware: service.firmware } };
  const limits = { ...driver.facts.host, writeIntervalMs: 0 };
  const context = sessionContext({ purpose: 'write', limits, credentials: {}, logs: [] });
  const session = await driver.open(target, { ...context, clock: quickClock });
  onTestFinished(() => session.close());
  const control = lab.phone(phone.name);
  return {
    session,
    file: join(folder, `${mac}.cfg`),
    fetched: async () => {
      await control.fetchNow();
      return control.settings();
    },
  };
}

/** `sent` where a write is on the phone exactly after its fetch, `refused` where the file stayed; otherwise what went wrong. */
async function outcomeOf(write: Update, { session, file, fetched }: Place): Promise<string> {
  const before = await fetched();
  const text = await readFile(file, 'utf8').catch(() => '');
  const error = await session.apply(write).then(
    () => null,
    (reason: unknown) => reason,
  );
  const expected = error === null ? { ...before, ...wantedBy(write) } : before;
  const told = JSON.stringify([write.values, error === null ? 'sent' : 'refused']);
  if (!sameSettings(await fetched(), expected)) return `${told}: other settings`;
  if (error === null) return 'sent';
  if (!(error instanceof AltaError) || error.code !== 'text-uncarriable') return `${told}: ${String(error)}`;
  const written = (await readFile(file, 'utf8').catch(() => '')) !== text;
  return written || error.written !== 'nothing' ? `${told}: written all the same` : 'refused';
}

it.each(['b0', 'b1', 'c'] as const)(
  'a phone like %s takes odd texts from its file exactly or not at all',
  async (web) => {
    const place = await startPlace(phones[web]);
    const outcomes: string[] = [];
    for (const write of randomWrites(150)) outcomes.push(await outcomeOf(write, place));
    const count = (wanted: string) => outcomes.filter((outcome) => outcome === wanted).length;
    expect(outcomes.filter((outcome) => !['sent', 'refused'].includes(outcome))).toEqual([]);
    expect(Math.min(count('sent'), count('refused'))).toBeGreaterThan(40);
  },
);

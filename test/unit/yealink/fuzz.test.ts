import { describe, expect, it } from 'vitest';
import { AltaError } from '../../../engine/model/index.ts';
import type { PoweredSession } from '../../../providers/contract.ts';
import { phones, startYealink, type YealinkHarness } from '../../contract/yealink.ts';
import { randomWrites, sameSettings, type Update, wantedBy } from './fuzz-writes.ts';

/** `sent` where a write went there exactly, `refused` where nothing was sent; otherwise what went wrong. */
async function outcomeOf(
  write: Update,
  session: PoweredSession,
  { phone, oracle }: YealinkHarness,
): Promise<string> {
  const wanted = wantedBy(write);
  const before = phone.settings();
  const sent = await oracle.writes();
  const error = await session.apply(write).then(
    () => null,
    (reason: unknown) => reason,
  );
  const expected = error === null ? { ...before, ...wanted } : before;
  const told = JSON.stringify([write.values, error === null ? 'sent' : 'refused']);
  if (!sameSettings(phone.settings(), expected)) return `${told}: other settings`;
  if (error === null) return 'sent';
  if (!(error instanceof AltaError) || error.code !== 'text-uncarriable') return `${told}: ${String(error)}`;
  if (error.written !== 'nothing' || (await oracle.writes()) !== sent) return `${told}: sent all the same`;
  return 'refused';
}

async function withPhone(
  web: keyof typeof phones,
  use: (harness: YealinkHarness) => Promise<void>,
): Promise<void> {
  const harness = await startYealink({ ...phones[web], tls: false });
  await use(harness).finally(harness.stop);
}

async function inSession<T>(
  harness: YealinkHarness,
  use: (session: PoweredSession) => Promise<T>,
): Promise<T> {
  const session = await harness.open('write');
  return use(session).finally(session.close);
}

describe.each(['b0', 'b1', 'b2', 'c'] as const)('a phone on web %s', (web) => {
  it('takes odd texts exactly or not at all', () =>
    withPhone(web, async (harness) => {
      const outcomes: string[] = [];
      await inSession(harness, async (session) => {
        for (const write of randomWrites(200)) outcomes.push(await outcomeOf(write, session, harness));
      });
      const count = (wanted: string) => outcomes.filter((outcome) => outcome === wanted).length;
      expect(outcomes.filter((outcome) => !['sent', 'refused'].includes(outcome))).toEqual([]);
      expect(Math.min(count('sent'), count('refused'))).toBeGreaterThan(50);
    }));

  it('shows an odd text as it has it', () =>
    withPhone(web, async (harness) => {
      const texts = [
        '#a = "b"',
        '</script><div id="_RES_INFO_">',
        '[T46U]x = y',
        '{"Account1":"a@b:2"}',
        '😀 \u202e',
      ];
      const read: unknown[] = [];
      await inSession(harness, async (session) => {
        for (const text of texts) {
          harness.phone.edit({ 'account.1.label': text, 'account.1.user_name': text });
          const { resources } = await session.read({ kinds: ['account'] });
          read.push(resources.find(({ key }) => key === '1')?.values);
        }
      });
      expect(read).toEqual(texts.map((text) => expect.objectContaining({ label: text, userName: text })));
    }));
});

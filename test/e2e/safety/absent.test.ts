import { describe, expect, it } from 'vitest';
import type { LabYeastar } from '../../../lab/index.ts';
import { apply, changesOf, codesOf, outcomesOf, plan, planOf } from '../../support/commands.ts';
import { type Site, startSite } from '../../support/site.ts';
import { callsTo, writesTo } from '../../support/traffic.ts';
import { at, extension, sede, sipSecrets } from './fixtures.ts';

/** A box that is not there now. */
async function away(
  presence: 'always' | 'sometimes',
  box: LabYeastar = { ...sede, tls: false },
): Promise<Site> {
  const site = await startSite([box]);
  await site.client('acme', {
    pbx: { sede: site.pbx('sede', { presence }) },
    extensions: [extension('sede', '2000')],
  });
  await sipSecrets(site, 'sede', ['2000']);
  site.lab.box('sede').addFault({ kind: 'offline', times: 0 });
  return site;
}

describe('a target that is sometimes there', () => {
  it('has its changes deferred while it is away', async () => {
    const site = await away('sometimes');
    const result = await apply(site);
    expect(outcomesOf(result)).toEqual([`deferred ${at('2000')}`]);
    expect(planOf(result.planned).counts).toMatchObject({ changes: 0, deferred: 1 });
  });

  it('has them in state with the time since when they wait', async () => {
    const site = await away('sometimes');
    const now = Date.UTC(2026, 0, 15);
    const clock = { now: () => now, elapsed: () => performance.now(), sleep: async () => {} };
    await apply(site, {}, { clock: { ...clock, sleep: sleepUnlessHeartbeat } });
    expect(Object.values((await site.state()).outstanding)).toMatchObject([
      { address: at('2000'), reason: 'deferred', since: '2026-01-15T00:00:00.000Z', attempts: 1 },
    ]);
  });

  it('shows in later plans since when they wait', async () => {
    const site = await away('sometimes');
    await apply(site);
    const { since } = Object.values((await site.state()).outstanding)[0] ?? {};
    expect(planOf(await plan(site)).changes[0]).toMatchObject({ means: 'deferred', since });
  });

  it('keeps the time, and counts the attempts', async () => {
    const site = await away('sometimes');
    await apply(site);
    const first = Object.values((await site.state()).outstanding)[0];
    await apply(site);
    expect(Object.values((await site.state()).outstanding)).toEqual([{ ...first, attempts: 2 }]);
  });

  it('gets them from any later apply', async () => {
    const site = await away('sometimes');
    await apply(site);
    site.lab.box('sede').clearFaults();
    expect(outcomesOf(await apply(site))).toEqual([`done ${at('2000')}`]);
    expect((await site.state()).outstanding).toEqual({});
  });

  // A connection that is cut during the TLS handshake is told as `tls-handshake`, which looks like a matter of trust.
  it('is away, too, where it hangs up before TLS is set up', async () => {
    const site = await away('sometimes', sede);
    expect(outcomesOf(await apply(site))).toEqual([`deferred ${at('2000')}`]);
  });
});

/** The lease's heartbeat sleeps until it is told to end. */
function sleepUnlessHeartbeat(_ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => signal?.addEventListener('abort', () => resolve(), { once: true }));
}

describe('a target that should always be there', () => {
  it('blocks its own changes while it is away, and says why', async () => {
    const site = await away('always');
    const result = await apply(site);
    expect(outcomesOf(result)).toEqual([`blocked ${at('2000')}`]);
    expect(planOf(result.planned).changes[0]?.blocked?.code).toBe('target-unreadable');
    expect(planOf(result.planned).targets[0]?.status).toBe('unreachable');
  });
});

describe('one box of several being away', () => {
  it('does not hold up the others', async () => {
    const site = await startSite([
      { ...sede, tls: false },
      { name: 'norte', edition: 'v2.0.0', extensions: 1 },
    ]);
    for (const [client, box] of [
      ['acme', 'sede'],
      ['globex', 'norte'],
    ] as const) {
      await site.client(client, { pbx: { [box]: site.pbx(box) }, extensions: [extension(box, '2000')] });
      await sipSecrets(site, box, ['2000'], { client });
    }
    site.lab.box('sede').addFault({ kind: 'offline', times: 0 });
    const result = await apply(site);
    expect(outcomesOf(result)).toEqual([`blocked ${at('2000')}`, 'done globex/pbx:norte/extension:2000']);
    expect(result.report?.clients[1]?.targets[0]).toMatchObject({ converged: true });
    expect(writesTo(site, 'norte')).toEqual(['extension/add']);
  });
});

describe('a login that is refused', () => {
  async function wrongPassword(): Promise<Site> {
    const site = await startSite([sede]);
    await site.client('acme', { pbx: { sede: site.pbx('sede') }, extensions: [extension('sede', '2000')] });
    await sipSecrets(site, 'sede', ['2000']);
    await site.secret('acme', 'connect', 'pbx/sede/password', 'Equivocada-7xQmZp');
    return site;
  }

  it('is tried once in a run', async () => {
    const site = await wrongPassword();
    await apply(site);
    expect(site.lab.box('sede').logins()).toHaveLength(1);
  });

  it('blocks what is declared on that target, and says why', async () => {
    const site = await wrongPassword();
    const made = await plan(site);
    expect(changesOf(made)).toEqual([`create ${at('2000')} target-unreadable`]);
    expect(codesOf(made)).toEqual(['wrong-credentials']);
    expect(callsTo(site, 'sede')).toEqual(['login']);
  });
});

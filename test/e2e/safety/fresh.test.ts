import { describe, expect, it } from 'vitest';
import { realClock } from '../../../providers/transport/clock.ts';
import { apply, outcomesOf } from '../../support/commands.ts';
import { type Site, startSite } from '../../support/site.ts';
import { callsTo, writesTo } from '../../support/traffic.ts';
import { at, extension, sede, sipSecrets } from './fixtures.ts';

/** The real clock, with both of its hands moved by hand. */
function movedClock() {
  const moved = { wall: 0, monotonic: 0 };
  const clock = {
    ...realClock,
    now: () => realClock.now() + moved.wall,
    elapsed: () => realClock.elapsed() + moved.monotonic,
  };
  return { clock, moved };
}

/** Two clients, each with a renamed extension on a box of its own. */
async function twoClients(): Promise<Site> {
  const site = await startSite([sede, { name: 'otra', edition: 'v2.0.0', extensions: 1 }]);
  await sipSecrets(site, 'sede', ['2000']);
  await sipSecrets(site, 'otra', ['2001'], { client: 'beta' });
  const named = async (name: string) => {
    const one = (pbx: string, number: string) => ({
      pbx: { [pbx]: site.pbx(pbx) },
      extensions: [extension(pbx, number, { name })],
    });
    await site.client('acme', one('sede', '2000'));
    await site.client('beta', one('otra', '2001'));
  };
  await named('Antes');
  await apply(site);
  await named('Nuevo');
  site.lab.box('sede').resetRequests();
  site.lab.box('otra').resetRequests();
  return site;
}

const ofBeta = 'beta/pbx:otra/extension:2001';

describe('a reading that is old when writing begins', () => {
  it.each([
    ['by the wall clock', { wall: 2_000, monotonic: 0 }],
    ['by the monotonic clock', { wall: 0, monotonic: 2_000 }],
    ['because the clock was set back', { wall: -3_600_000, monotonic: 0 }],
  ])('%s is made again', async (_, by) => {
    const site = await twoClients();
    const { clock, moved } = movedClock();
    let seen = 0;
    const confirm = async (): Promise<boolean> => {
      Object.assign(moved, by);
      seen = callsTo(site, 'sede').length;
      return true;
    };
    await apply(site, { confirm }, { clock });
    const [first] = callsTo(site, 'sede')
      .slice(seen)
      .filter((call) => call.startsWith('extension/'));
    expect(first).toBe('extension/list');
    expect(writesTo(site, 'sede')).toEqual(['extension/update']);
  });

  it('refuses only the client whose box changed', async () => {
    const site = await twoClients();
    const { clock, moved } = movedClock();
    const confirm = async (): Promise<boolean> => {
      site.lab.box('sede').edit('2000', { username: 'Colega' }, { apply: true });
      moved.monotonic = 5_000;
      return true;
    };
    const result = await apply(site, { confirm }, { clock });
    expect(outcomesOf(result)).toEqual([`skipped ${at('2000')}`, `done ${ofBeta}`]);
    expect(result.report?.clients[0]?.diagnostics).toMatchObject([{ code: 'changed-meanwhile' }]);
    expect(site.lab.box('sede').running()[2000]).toMatchObject({ username: 'Colega' });
  });

  it('is noticed by a client that waits for its turn', async () => {
    const site = await twoClients();
    const { clock, moved } = movedClock();
    const progress = ({ phase, detail }: { phase: string; detail?: string }) => {
      if (phase !== 'apply' || detail !== at('2000')) return;
      site.lab.box('otra').edit('2001', { username: 'Colega' }, { apply: true });
      moved.monotonic = 5_000;
    };
    const result = await apply(site, {}, { clock, progress, parallelism: 1 });
    expect(outcomesOf(result)).toEqual([`done ${at('2000')}`, `skipped ${ofBeta}`]);
    expect(result.report?.clients[1]?.diagnostics).toMatchObject([{ code: 'changed-meanwhile' }]);
    expect(site.lab.box('otra').running()[2001]).toMatchObject({ username: 'Colega' });
  });
});

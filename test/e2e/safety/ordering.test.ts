import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { CrashPoint } from '../../../engine/state/index.ts';
import { apply, outcomesOf, stepsOf } from '../../support/commands.ts';
import { goodSecret, startSite } from '../../support/site.ts';
import { callsTo, writesTo } from '../../support/traffic.ts';
import { at, consent, declare, extension, sede, sipSecrets } from './fixtures.ts';

describe('an extension that moves to another PBX', () => {
  it('stays here where the new box cannot be read again', async () => {
    const site = await startSite([sede, { name: 'norte', edition: 'v2.0.0', extensions: 1 }]);
    const pbx = { sede: site.pbx('sede'), norte: site.pbx('norte') };
    await sipSecrets(site, 'sede', ['2000', '2001']);
    await sipSecrets(site, 'norte', ['2000']);
    await site.client('acme', { pbx, extensions: [extension('sede', '2000'), extension('sede', '2001')] });
    await apply(site);
    await site.client('acme', { pbx, extensions: [extension('norte', '2000'), extension('sede', '2001')] });
    const blind = { kind: 'status', status: 500, times: 1000, match: { path: 'extension/' } } as const;
    const progress = ({ phase }: { phase: string }) => {
      if (phase === 'reread') site.lab.box('norte').addFault(blind);
    };
    const result = await apply(site, consent({ allowDelete: 1 }), { progress });
    expect(outcomesOf(result)).toEqual([`done ${at('2000', 'norte')}`, `skipped ${at('2000')}`]);
    expect(stepsOf(result.report)[1]?.diagnostic?.code).toBe('depends-on-failed');
    expect(site.lab.box('sede').running()).toHaveProperty('2000');
  });
});

describe('a run that only commits', () => {
  it('is announced in the state before the commit', async () => {
    const seed = [{ number: '30', username: 'Puesto 30', registerpassword: goodSecret }];
    const site = await startSite([{ name: 'sede', edition: 'v1.1.0', seed }]);
    await declare(site, ['30']);
    await sipSecrets(site, 'sede', ['30']);
    await apply(site);
    const path = join(site.root, 'state/acme.json');
    await writeFile(
      path,
      (await readFile(path, 'utf8')).replace('"commitPending": false', '"commitPending": true'),
    );
    site.lab.box('sede').resetRequests();
    const points: CrashPoint[] = [];
    await apply(site, {}, { at: (point) => points.push(point) });
    expect(callsTo(site, 'sede')).toContain(writesTo(site, 'sede')[0]);
    expect(points.indexOf('save:stored')).toBeLessThan(points.indexOf('journal:created'));
    expect((await site.state()).pending).toBeNull();
  });
});

import { mkdir, mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { verifyWorkspace } from '../../../engine/run/index.ts';
import { type LabProvisioning, startProvisioning } from '../../../lab/provisioning/index.ts';
import { realClock } from '../../../providers/transport/clock.ts';
import {
  apply,
  changesOf,
  contextAt,
  outcomesOf,
  plan,
  planOf,
  planOptions,
} from '../../support/commands.ts';
import { consent, extension } from '../safety/fixtures.ts';
import { account, type House, inService, line, nextSip, sips, startHouse } from './house.ts';

/** A house whose phone `mesa` fetches its settings from a folder, through a web server that keeps a log. */
interface Fetching {
  readonly house: House;
  readonly folder: string;
  readonly web: LabProvisioning;
  /** The block of the phone. `trigger` needs its address, which is left out otherwise. */
  device(publish?: object, over?: object): object;
  text(): Promise<string>;
}

const extensions = [extension('sede', '2000')];

async function fetching(store: object = {}): Promise<Fetching> {
  const home = await mkdtemp(join(tmpdir(), 'alta-fetching-'));
  onTestFinished(() => rm(home, { recursive: true, force: true }));
  const [folder, log] = [join(home, 'files'), join(home, 'log', 'access.log')];
  await mkdir(folder);
  const web = await startProvisioning({ folder, log });
  onTestFinished(() => web.close());
  const house = await startHouse([
    {
      name: 'mesa',
      generation: 'c',
      model: 'T54W',
      firmware: '96.86.0.70',
      tls: false,
      provisioning: { url: web.service.url },
      actionUri: { enable: true, limitIp: '127.0.0.1', showOption: false },
    },
  ]);
  const over = { provisioning: { oficina: { directory: folder, url: web.service.url, log, ...store } } };
  const { mac, model, firmware, url } = house.service('mesa');
  const reached = { address: url, insecure: 'simulated phone on loopback' };
  return {
    house: { ...house, declare: (all, devices) => house.declare(all, devices, over) },
    folder,
    web,
    device: (publish = {}, more = {}) => ({
      id: 'mesa',
      driver: 'yealink',
      mac,
      model,
      firmware,
      ...('trigger' in publish ? reached : {}),
      publish: { method: 'provisioning', store: 'oficina', ...publish },
      accounts: [line('sede/2000')],
      ...more,
    }),
    text: () => readFile(join(folder, `${mac.replaceAll(':', '')}.cfg`), 'utf8'),
  };
}

/** The log of the web server tells seconds only. */
function nextSecond(): Promise<void> {
  return realClock.sleep(1_000 - (realClock.now() % 1_000) + 5);
}

/** 2000 in service on the phone, then 2001 in its place: what runs, and who is registered, before the phone fetches. */
async function renumbered({ house, device }: Fetching) {
  await house.declare(extensions, [device()]);
  await apply(house.site, {}, house.with);
  await nextSecond();
  await house.phone('mesa').fetchNow();
  await apply(house.site, {}, house.with);
  await house.declare([extension('sede', '2001')], [device({}, { accounts: [line('sede/2001')] })]);
  await apply(house.site, consent({ allowDelete: 1 }), house.with);
  return [Object.keys(house.box('sede').running()), inService(house)];
}

async function renumberedTwice(store: object): Promise<Fetching> {
  const at = await fetching(store);
  await renumbered(at);
  await apply(at.house.site, consent({ allowDelete: 1 }), at.house.with);
  return at;
}

describe('a phone that fetches its settings', () => {
  it('waits with them until it has', async () => {
    const { house, device } = await fetching();
    await house.declare(extensions, [device()]);
    const result = await apply(house.site, {}, house.with);
    expect(outcomesOf(result)).toEqual(['done acme/pbx:sede/extension:2000', `deferred ${account('mesa')}`]);
    const waiting = planOf(await plan(house.site, {}, house.with));
    expect(waiting.changes).toMatchObject([{ address: account('mesa'), means: 'deferred', fields: [] }]);
    expect(inService(house)).toEqual([]);
    await nextSecond();
    await house.phone('mesa').fetchNow();
    expect(inService(house)).toEqual(['sede/2000 mesa:1']);
    expect(changesOf(await plan(house.site, {}, house.with))).toEqual([]);
  });

  it('is not overtaken: a change of its secret needs a word', async () => {
    const { house, device } = await fetching();
    await house.declare(extensions, [device()]);
    await apply(house.site, {}, house.with);
    await nextSecond();
    await house.phone('mesa').fetchNow();
    await apply(house.site, {}, house.with);
    await house.site.secret('acme', 'values', 'extensions/sede/2000/sip', nextSip);
    const { changes } = planOf(await plan(house.site, {}, house.with));
    expect(changes[0]?.blocked).toMatchObject({
      code: 'strands-devices',
      params: { devices: account('mesa') },
    });
    await apply(house.site, consent({ acceptOutage: 'at night' }), house.with);
    expect(inService(house)).toEqual([]);
    await house.phone('mesa').fetchNow();
    expect(inService(house)).toEqual(['sede/2000 mesa:1']);
  });

  it('keeps its old number in service until it fetched the new one', async () => {
    const at = await fetching();
    expect(await renumbered(at)).toEqual([['2000', '2001'], ['sede/2000 mesa:1']]);
    await nextSecond();
    await at.house.phone('mesa').fetchNow();
    expect(inService(at.house)).toEqual(['sede/2001 mesa:1']);
  });

  it.each([
    ['with a log', {}],
    ['without a log', { log: undefined }],
  ])('keeps its old number also when apply is run again before it fetched (%s)', async (_, store) => {
    const { house } = await renumberedTwice(store);
    expect([Object.keys(house.box('sede').running()), inService(house)]).toEqual([
      ['2000', '2001'],
      ['sede/2000 mesa:1'],
    ]);
  });

  it('undoes what was changed by hand once its file is put there again, although nobody can ask it', async () => {
    const { house, device } = await fetching();
    await house.declare(extensions, [device()]);
    await apply(house.site, {}, house.with);
    await nextSecond();
    await house.phone('mesa').fetchNow();
    house.phone('mesa').edit({ 'account.1.label': 'Mía' });
    await house.phone('mesa').fetchNow();
    expect(house.phone('mesa').settings()['account.1.label']).toBe('Mía');
    const result = await apply(house.site, { republish: true }, house.with);
    expect(outcomesOf(result)).toEqual([`deferred ${account('mesa')}`]);
    await nextSecond();
    await house.phone('mesa').fetchNow();
    expect(house.phone('mesa').settings()['account.1.label']).toBe('Puesto 2000');
    expect(changesOf(await plan(house.site, {}, house.with))).toEqual([]);
  });

  it('loses its old number once it works with the new one', async () => {
    const { house } = await renumberedTwice({});
    await nextSecond();
    await house.phone('mesa').fetchNow();
    const result = await apply(house.site, consent({ allowDelete: 1 }), house.with);
    expect(outcomesOf(result)).toContain('done acme/pbx:sede/extension:2000');
    expect(inService(house)).toEqual(['sede/2001 mesa:1']);
  });

  it('keeps its old number where no log tells whether it fetched', async () => {
    expect(await renumbered(await fetching({ log: undefined }))).toEqual([
      ['2000', '2001'],
      ['sede/2000 mesa:1'],
    ]);
  });

  it('is not called configured before it has fetched', async () => {
    const { house, device } = await fetching();
    await house.declare(extensions, [device()]);
    await apply(house.site, {}, house.with);
    const { report } = await verifyWorkspace(
      contextAt(house.root, { ...house.with, command: 'verify' }),
      planOptions,
    );
    const found = report?.clients[0]?.checks.find(
      ({ check, address }) => check === 'configuration' && address === account('mesa'),
    );
    expect(found?.result).not.toBe('passed');
  });

  it('has its secret in one file, which not everybody may read, and nothing else lies there', async () => {
    const { house, folder, device, text } = await fetching();
    await house.declare(extensions, [device()]);
    await apply(house.site, {}, house.with);
    const mac = house.service('mesa').mac.replaceAll(':', '');
    expect((await readdir(folder)).sort()).toEqual([`${mac}.boot`, `${mac}.cfg`]);
    expect(await text()).toContain(`account.1.password = ${sips['sede/2000']}`);
    expect(await readFile(join(folder, `${mac}.boot`), 'utf8')).not.toContain(sips['sede/2000']);
    expect((await stat(join(folder, `${mac}.cfg`))).mode & 0o137).toBe(0);
  });
});

describe('a phone that fetches its settings when it is told', () => {
  const notify = (house: House): object => {
    return { trigger: 'notify', sipPort: house.service('mesa').sipPort };
  };

  it.each([
    ['its web page', () => ({ trigger: 'action-uri' })],
    ['SIP NOTIFY', notify],
  ])('by %s is in service when the apply ends', async (_, publish) => {
    const { house, device } = await fetching();
    await house.declare(extensions, [device(publish(house))]);
    const result = await apply(house.site, {}, { ...house.with, clock: realClock });
    expect(outcomesOf(result)).toEqual(['done acme/pbx:sede/extension:2000', `done ${account('mesa')}`]);
    expect(inService(house)).toEqual(['sede/2000 mesa:1']);
    expect(changesOf(await plan(house.site, {}, house.with))).toEqual([]);
  });

  it('that refuses to be told waits', async () => {
    const { house, device } = await fetching();
    house.phone('mesa').edit({ 'features.action_uri_limit_ip': '192.0.2.9' });
    await house.declare(extensions, [device({ trigger: 'action-uri' })]);
    const result = await apply(house.site, {}, { ...house.with, clock: realClock });
    expect(outcomesOf(result)).toEqual(['done acme/pbx:sede/extension:2000', `deferred ${account('mesa')}`]);
  });

  it('has a change made by hand undone, although no setting in its file changes', async () => {
    const { house, device, text } = await fetching();
    await house.declare(extensions, [device(notify(house))]);
    const context = { ...house.with, clock: realClock };
    await apply(house.site, {}, context);
    house.phone('mesa').edit({ 'account.1.label': 'A mano' });
    const [change] = planOf(await plan(house.site, {}, context)).changes;
    expect(change).toMatchObject({
      address: account('mesa'),
      section: 'drift',
      fields: [{ field: 'label', before: 'A mano', after: 'Puesto 2000' }],
    });
    const before = settings(await text());
    expect(outcomesOf(await apply(house.site, {}, context))).toEqual([`done ${account('mesa')}`]);
    expect(settings(await text())).toEqual(before);
    expect(house.phone('mesa').settings()['account.1.label']).toBe('Puesto 2000');
  });
});

function settings(text: string): readonly string[] {
  return text.split('\n').filter((one) => !one.startsWith('#'));
}

import { describe, expect, it } from 'vitest';
import type { RunContext } from '../../../engine/run/contract.ts';
import { apply, outcomesOf, stepsOf } from '../../support/commands.ts';
import { type Phones, startPhones } from '../../support/phone.ts';
import { goodSecret, otherSecret, type Site, startSite } from '../../support/site.ts';
import { extension } from '../safety/fixtures.ts';
import { type Desk, desk, device, line, rotate, secretOf as secretAt } from './desk.ts';

const numbers = Array.from({ length: 13 }, (_, index) => String(2000 + index));

interface Fleet {
  readonly site: Site;
  readonly phones: Phones;
  readonly with: Partial<RunContext>;
}

/** Thirteen extensions in service, each with a phone, and a new secret for all of them. */
async function rotating(): Promise<Fleet> {
  const site = await startSite([{ name: 'sede', edition: 'v2.0.0', extensions: 1 }]);
  const phones = startPhones(site.lab);
  await seal(site, goodSecret);
  await site.client('acme', {
    pbx: { sede: site.pbx('sede', { sip: { server: 'sede.example' } }) },
    extensions: numbers.map((number) => extension('sede', number)),
    devices: numbers.map((number) => ({
      id: `mesa-${number}`,
      driver: 'generic',
      credentials: { username: 'x' },
      accounts: [{ line: 1, extension: `sede/${number}` }],
    })),
  });
  const context = { driver: phones.driver };
  await apply(site, {}, context);
  await seal(site, otherSecret);
  return { site, phones, with: context };
}

async function seal(site: Site, value: string): Promise<void> {
  for (const number of numbers) await site.secret('acme', 'values', `extensions/sede/${number}/sip`, value);
}

/** Everybody agrees to change more than half of the tenant. */
const agreed = {
  consent: { allowDelete: null, recreate: null, overrideLimits: 'rotation', acceptOutage: null },
};

function secretOf({ site }: Fleet, number: string): string | undefined {
  return site.lab.box('sede').running()[number]?.registerpassword;
}

function passwordOf({ phones }: Fleet, number: string): string | undefined {
  return phones.phone(`mesa-${number}`).lines.get('1')?.password;
}

describe('many secrets that change', () => {
  it('reach every PBX extension and every phone', async () => {
    const fleet = await rotating();
    const result = await apply(fleet.site, agreed, fleet.with);
    expect(outcomesOf(result).filter((outcome) => !outcome.startsWith('done '))).toEqual([]);
    expect(numbers.map((number) => [secretOf(fleet, number), passwordOf(fleet, number)])).toEqual(
      numbers.map(() => [otherSecret, otherSecret]),
    );
  });

  it('begin with one phone, which must have its own before others follow', async () => {
    const fleet = await rotating();
    const order: string[] = [];
    const progress: RunContext['progress'] = ({ phase, detail }) => {
      if (phase === 'apply' && detail !== undefined) order.push(detail);
    };
    await apply(fleet.site, agreed, { ...fleet.with, progress });
    expect(order.slice(0, 2)).toEqual(['acme/pbx:sede/extension:2000', 'acme/device:mesa-2000/account:1']);
  });

  it('stop where the first phone refuses: nobody else is touched', async () => {
    const fleet = await rotating();
    fleet.phones.phone('mesa-2000').fault = 'apply';
    const result = await apply(fleet.site, agreed, fleet.with);
    expect(numbers.map((number) => secretOf(fleet, number))).toEqual(numbers.map(() => goodSecret));
    expect(stepsOf(result.report).map(({ diagnostic }) => diagnostic?.code)).toContain('rotation-stopped');
  });

  it('stop where the first phone does not register with what it was given', async () => {
    const fleet = await rotating();
    fleet.phones.phone('mesa-2000').deaf = true;
    await apply(fleet.site, agreed, fleet.with);
    expect([secretOf(fleet, '2000'), secretOf(fleet, '2001')]).toEqual([otherSecret, goodSecret]);
  });

  it('leave out a phone in a call, and do the others', async () => {
    const fleet = await rotating();
    fleet.phones.phone('mesa-2005').fault = 'ready';
    await apply(fleet.site, agreed, fleet.with);
    expect([secretOf(fleet, '2005'), secretOf(fleet, '2006')]).toEqual([goodSecret, otherSecret]);
  });

  it('end with a whole chain where somebody presses Ctrl-C', async () => {
    const fleet = await rotating();
    const stop = new AbortController();
    const progress: RunContext['progress'] = ({ phase, detail }) => {
      if (phase === 'apply' && detail === 'acme/pbx:sede/extension:2000') stop.abort();
    };
    await apply(fleet.site, agreed, { ...fleet.with, progress, stop: stop.signal });
    expect([secretOf(fleet, '2000'), passwordOf(fleet, '2000')]).toEqual([otherSecret, otherSecret]);
    expect([secretOf(fleet, '2001'), passwordOf(fleet, '2001')]).toEqual([goodSecret, goodSecret]);
  });

  it('go on where they were stopped', async () => {
    const fleet = await rotating();
    fleet.phones.phone('mesa-2000').fault = 'apply';
    await apply(fleet.site, agreed, fleet.with);
    fleet.phones.phone('mesa-2000').fault = null;
    await apply(fleet.site, agreed, fleet.with);
    expect(numbers.map((number) => passwordOf(fleet, number))).toEqual(numbers.map(() => otherSecret));
  });
});

describe('where the first extension has two phones, the others wait', () => {
  /** 2000 on two phones, 2001 and 2002 on one each, and a new secret for all three. */
  async function rotatingThree(): Promise<Desk> {
    const at = await desk();
    const two = extension('sede', '2000', { concurrentRegistrations: 2 });
    await at.declare(
      [two, extension('sede', '2001'), extension('sede', '2002')],
      [
        device('mesa', [line('sede/2000')]),
        device('sala', [line('sede/2000')]),
        device('taller', [line('sede/2001')]),
        device('tienda', [line('sede/2002')]),
      ],
    );
    await apply(at.site, {}, at.with);
    await rotate(at, ['2000', '2001', '2002']);
    return at;
  }

  const secretsAt = (at: Desk) => ['2000', '2001', '2002'].map((number) => secretAt(at, number));

  it('if one of them refuses it', async () => {
    const at = await rotatingThree();
    at.phones.phone('sala').fault = 'apply';
    await apply(at.site, agreed, at.with);
    expect(secretsAt(at)).toEqual([otherSecret, goodSecret, goodSecret]);
  });

  it('if one of them does not register with it', async () => {
    const at = await rotatingThree();
    at.phones.phone('sala').deaf = true;
    await apply(at.site, agreed, at.with);
    expect(secretsAt(at)).toEqual([otherSecret, goodSecret, goodSecret]);
  });
});

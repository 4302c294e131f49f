import { spawnSync } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Desk, extension, openDesk, password, sede } from './desk.ts';

/** Every exit code, produced for real. `sede` holds 2000 and 2001 as ours when a test begins. */
let desk: Desk;

let restore: () => Promise<void>;

beforeAll(async () => {
  desk = await openDesk([sede, { name: 'norte', edition: 'v2.0.0', extensions: 0 }]);
  await desk.passwords(['2000', '2001', '2002', '2003']);
  await desk.passwords(['3000'], 'norte');
  desk.lab.box('sede').empty();
  await desk.declare(ours);
  expect((await desk.run(['apply', '--yes'])).code).toBe(0);
  restore = await snapshot();
});

beforeEach(() => restore());

/** Puts box, state and files back to what they are now: cheaper than another apply. */
async function snapshot(): Promise<() => Promise<void>> {
  const there = Object.values(desk.lab.box('sede').saved());
  const [state, alta] = [await desk.read('state/acme.json'), await desk.read('alta.yaml')];
  return async () => {
    for (const name of ['sede', 'norte']) {
      desk.lab.box(name).clearFaults();
      desk.lab.box(name).empty();
    }
    for (const seed of there) desk.lab.box('sede').create({ ...seed }, { apply: true });
    await desk.declare(ours);
    await desk.write('alta.yaml', alta);
    await desk.write('state/acme.json', state);
  };
}

afterAll(() => desk.close());

const ours = [extension('2000'), extension('2001')];
const more = [...ours, extension('2002')];
const codeOf = async (line: string): Promise<number | null> => (await desk.run(line.split(' '))).code;

/** A second box, with an extension that is not there yet. */
const onBoth = (): Promise<void> =>
  desk.declare([...more, extension('3000', { pbx: 'norte' })], {
    pbx: { sede: desk.pbx('sede'), norte: desk.pbx('norte') },
  });

/** 2000 is on a phone, so somebody expects it to be registered. */
const onAPhone = (extensions: readonly object[] = ours): Promise<void> =>
  desk.declare(extensions, {
    devices: [
      {
        id: 'recepcion',
        driver: 'yealink',
        mode: 'guided',
        mac: '80:5e:c0:00:00:01',
        accounts: [{ line: 1, extension: 'sede/2000' }],
      },
    ],
  });

describe('0', () => {
  it('means no changes', async () => {
    expect(await codeOf('plan --detailed-exitcode')).toBe(0);
  });

  it('means that changes were shown, where nobody asked for more', async () => {
    await desk.declare(more);
    expect(await codeOf('plan')).toBe(0);
  });
});

describe('1', () => {
  it('means a broken file', async () => {
    await desk.declare([extension('2000', { nmae: 'x' })]);
    expect(await codeOf('plan')).toBe(1);
  });

  it('means a box that cannot be reached', async () => {
    desk.lab.box('sede').addFault({ kind: 'offline', times: 0 });
    expect(await codeOf('plan')).toBe(1);
  });

  it('means no terminal to ask on', async () => {
    await desk.declare(more);
    const { code, err } = await desk.run(['apply']);
    expect([code, err]).toEqual([1, expect.stringContaining('[confirmation-impossible]')]);
  });

  it('means an unknown command', async () => {
    expect(await codeOf('aply')).toBe(1);
  });
});

describe('2', () => {
  it('means changes, with --detailed-exitcode', async () => {
    await desk.declare(more);
    expect(await codeOf('plan --detailed-exitcode')).toBe(2);
  });

  it('means drift', async () => {
    desk.lab.box('sede').edit('2000', { username: 'Otro' }, { apply: true });
    expect(await codeOf('drift')).toBe(2);
  });

  it('means files in another form than the usual one', async () => {
    await desk.write(
      'alta.yaml',
      (await desk.read('alta.yaml')).replace('kind: Workspace', 'kind:   Workspace'),
    );
    expect(await codeOf('fmt --check')).toBe(2);
  });
});

describe('3', () => {
  it('means that a box came back empty', async () => {
    desk.lab.box('sede').empty();
    expect(await codeOf('apply --yes')).toBe(3);
    expect(desk.lab.box('sede').saved()).toEqual({});
  });

  it('means a deletion without consent', async () => {
    await desk.declare([extension('2000')]);
    expect(await codeOf('apply --yes')).toBe(3);
    expect(desk.lab.box('sede').saved()).toHaveProperty('2001');
  });

  it('comes from a plan too, with --detailed-exitcode', async () => {
    await desk.declare([extension('2000')]);
    expect(await codeOf('plan --detailed-exitcode')).toBe(3);
  });

  it('gives way to consent', async () => {
    await desk.declare([extension('2000')]);
    expect(await codeOf('apply --yes --allow-delete 1')).toBe(0);
  });

  it('goes before 6: one box blocked, one failing', async () => {
    await onBoth();
    await codeOf('apply --yes');
    desk.lab.box('norte').addFault({ kind: 'status', times: 0, match: { path: 'extension/update' } });
    await desk.declare(
      [extension('2000'), extension('2001'), extension('3000', { pbx: 'norte', name: 'Otro' })],
      {
        pbx: { sede: desk.pbx('sede'), norte: desk.pbx('norte') },
      },
    );
    const { code, out } = await desk.run(['apply', '--yes']);
    expect([code, out]).toEqual([3, expect.stringContaining('1 blocked, 1 failed')]);
  });
});

describe('4', () => {
  it('means a plan made before somebody changed the box', async () => {
    await desk.declare([extension('2000', { name: 'Nuevo' }), extension('2001')]);
    await codeOf('plan -o plan.json');
    desk.lab.box('sede').edit('2000', { username: 'Otro' }, { apply: true });
    expect(await codeOf('apply plan.json')).toBe(4);
    expect(desk.lab.box('sede').saved()).toMatchObject({ '2000': { username: 'Otro' } });
  });

  it('means a plan made from other files', async () => {
    await desk.declare(more);
    await codeOf('plan -o plan.json');
    await desk.declare([...ours, extension('2003')]);
    expect(await codeOf('apply plan.json')).toBe(4);
  });

  it('means a commit older than the one applied last', async () => {
    const git = (...args: string[]): void => {
      const who = ['-c', 'user.name=ana', '-c', 'user.email=ana@acme.example'];
      const { status } = spawnSync('git', [...who, '-c', 'commit.gpgsign=false', ...args], {
        cwd: desk.root,
      });
      expect(status).toBe(0);
    };
    await desk.write('.gitignore', '.alta/\nstate/\nhome/\n');
    git('init', '-q');
    git('add', '.');
    git('commit', '-qm', 'first');
    await desk.declare(more);
    git('commit', '-qam', 'second');
    await codeOf('apply --yes');
    git('checkout', '-q', 'HEAD~1');
    expect(await codeOf('apply --yes')).toBe(4);
    expect(await codeOf('apply --yes --rollback')).toBe(3);
    await rm(join(desk.root, '.git'), { recursive: true });
  });
});

describe('5', () => {
  it('means that another process is at work', async () => {
    await desk.declare(more);
    desk.lab.box('sede').addFault({ kind: 'latency', ms: 3000, match: { path: 'extension/add' } });
    const first = await desk.start(['apply', '--yes']);
    await first.seen(/to create/);
    const second = await desk.run(['apply', '--yes']);
    expect([second.code, second.err]).toEqual([5, expect.stringContaining('[lease-held]')]);
    expect((await first.ended).code).toBe(0);
  });

  it('does not come to whoever waits long enough', async () => {
    await desk.declare(more);
    desk.lab.box('sede').addFault({ kind: 'latency', ms: 1000, match: { path: 'extension/add' } });
    const first = await desk.start(['apply', '--yes']);
    await first.seen(/to create/);
    expect(await codeOf('apply --yes --lock-timeout 20s')).toBe(0);
    await first.ended;
  });
});

describe('6', () => {
  it('means that one of two boxes failed while the other was written', async () => {
    await onBoth();
    desk.lab.box('norte').addFault({ kind: 'offline', times: 0 });
    expect(await codeOf('apply --yes')).toBe(6);
    expect(desk.lab.box('sede').saved()).toHaveProperty('2002');
  });

  it('is followed by an apply that does the rest', async () => {
    await onBoth();
    desk.lab.box('norte').addFault({ kind: 'offline', times: 0 });
    await codeOf('apply --yes');
    desk.lab.box('norte').clearFaults();
    expect(await codeOf('apply --yes')).toBe(0);
    expect(desk.lab.box('norte').saved()).toHaveProperty('3000');
  });
});

describe('7', () => {
  it('means that an extension on a phone is not registered', async () => {
    await onAPhone();
    expect(await codeOf('verify --wait 0')).toBe(7);
  });

  it('goes away once it registers', async () => {
    await onAPhone();
    desk.lab.box('sede').register('2000', password);
    expect(await codeOf('verify --wait 0')).toBe(0);
  });

  it('means that what is declared is not there', async () => {
    await desk.declare(more);
    expect(await codeOf('verify --wait 0')).toBe(7);
  });
});

import { appendFile, rm, symlink } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AltaError, reveal, Secret } from '../../../../engine/model/index.ts';
import type { Write } from '../../../../providers/contract.ts';
import { create, remove, samplePassword, seedValues } from '../pure/declared.ts';
import { type Desk, logLine, MAC, newDesk } from './desk.ts';

const file = `${MAC}.cfg`;
const boot = `${MAC}.boot`;
const scope = { kinds: ['account'] } as const;

let desk: Desk;
beforeEach(async () => {
  desk = await newDesk();
});
afterEach(() => desk.remove());

function relabel(label: string): Write {
  const { address, key } = create();
  return { action: 'update', kind: 'account', key, address, values: { label }, secrets: {}, before: {} };
}

async function failure(work: Promise<unknown>): Promise<AltaError> {
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (error instanceof AltaError) return error;
  throw new Error(`expected an AltaError, got ${String(error)}`);
}

/** Whatever else happened, in the given session. */
async function apply(...writes: readonly Write[]): Promise<void> {
  const session = await desk.open();
  for (const write of writes) await session.apply(write);
  await session.close();
}

describe('reading', () => {
  it('a phone without a file shows nothing', async () => {
    const session = await desk.open({ purpose: 'read' });
    expect(await session.read(scope)).toMatchObject({
      edition: 'T46U, cfg V83',
      identity: { mac: MAC },
      can: { commit: false },
      resources: [],
    });
  });

  it('gives back what was written, with its password, as not known to have arrived', async () => {
    await apply(create());
    const { resources } = await (await desk.open()).read(scope);
    expect(resources).toMatchObject([{ key: '1', values: seedValues, delivery: 'unknown' }]);
    const password = resources[0]?.secrets.password;
    expect(password && reveal(password)).toBe(samplePassword);
  });

  it('says that it waits where the log shows no fetch, and nothing where it shows one', async () => {
    await apply(create());
    await desk.put('access.log', '');
    const session = await desk.open({ log: true });
    expect((await session.read(scope)).resources).toMatchObject([{ delivery: 'waiting' }]);
    await appendFile(
      path.join(desk.folder, 'access.log'),
      `${logLine((await desk.modifiedAt(file)) + 1_000)}\n`,
    );
    const [account] = (await session.read(scope)).resources;
    expect(account).not.toHaveProperty('delivery');
  });

  it('says that nothing is known where the log is not there', async () => {
    await apply(create());
    const session = await desk.open({ log: true });
    expect((await session.read(scope)).resources).toMatchObject([{ delivery: 'unknown' }]);
  });

  it('is not an empty phone where the file is a web page', async () => {
    await desk.put(file, '<html>login</html>');
    const session = await desk.open({ purpose: 'read' });
    expect(await failure(session.read(scope))).toMatchObject({
      code: 'settings-unreadable',
      params: { file, kind: 'html' },
    });
  });

  it('never writes', async () => {
    await desk.put(file, '#!version:1.0.0.1\naccount.1.label = x\n');
    const before = await desk.modifiedAt(file);
    const session = await desk.open({ purpose: 'read' });
    await session.read(scope);
    await session.close();
    expect(await desk.modifiedAt(file)).toBe(before);
    expect(desk.logs.filter((line) => line.includes('"operation":"write"'))).toEqual([]);
  });

  it('shows whose file it is', async () => {
    await apply(create());
    await desk.put(file, (await desk.text(file)).replace(MAC, '805ec0000009'));
    const { identity } = await (await desk.open()).read(scope);
    expect(identity).toEqual({ mac: '805ec0000009' });
  });
});

describe('writing', () => {
  it('makes the file and its boot file', async () => {
    await apply(create());
    const [header, mark, first] = (await desk.text(file)).split('\n');
    expect(header).toBe('#!version:1.0.0.1');
    expect(mark).toBe(`# alta: 1 2026-11-23T03:10:05.123Z ${MAC}`);
    expect(first).toBe('account.1.enable = 1');
    expect(await desk.text(boot)).toBe(`#!version:1.0.0.1\ninclude:config "${file}"\n`);
  });

  it('keeps what others put into the file, in its place', async () => {
    const foreign = [
      '#!version:1.0.0.1',
      '## by the installer',
      'static.security.user_password = admin:Other-Word1',
      'account.1.label = Old',
      'static.security.user_password = user:Other-Word2',
      '[T46S,T48S]account.1.display_name = Old',
      'account.1.codec.1.enable = 1',
      'account.1.label = Older',
      '',
    ];
    await desk.put(file, foreign.join('\r\n'));
    await apply(relabel('Ventas'));
    const [, , ...rest] = (await desk.text(file)).split('\n');
    expect(rest).toEqual([
      '## by the installer',
      'static.security.user_password = admin:Other-Word1',
      'account.1.label = Ventas',
      'static.security.user_password = user:Other-Word2',
      '[T46S,T48S]account.1.display_name = Old',
      'account.1.codec.1.enable = 1',
      '',
    ]);
  });

  it('changes the file each time, also where no setting changes', async () => {
    await apply(create());
    const first = await desk.text(file);
    await apply(create());
    const second = await desk.text(file);
    expect(second).not.toBe(first);
    expect(second.replace('# alta: 2', '# alta: 1')).toBe(first);
  });

  it('leaves other accounts alone', async () => {
    const other = { key: '2', address: 'acme/device:recepcion/account:2' };
    await apply(create(), create({ ...other, values: { ...seedValues, label: 'Dos' } }), remove('1'));
    const { resources } = await (await desk.open()).read(scope);
    expect(resources.map(({ key, values }) => [key, values.label])).toEqual([['2', 'Dos']]);
  });

  it('deletes what is gone', async () => {
    await apply(remove('1'), remove('1'));
    expect((await (await desk.open()).read(scope)).resources).toEqual([]);
  });

  it('switches off every line that nobody has spoken of where the phone is ours alone', async () => {
    const options = { model: 'T33G', exclusive: true };
    const session = await desk.open({ target: { options } });
    await session.apply(create());
    const text = await desk.text(file);
    expect(['2', '3', '4'].filter((line) => text.includes(`account.${line}.enable = 0`))).toEqual([
      '2',
      '3',
      '4',
    ]);
    expect(text).not.toContain('account.5.');
    expect((await session.read(scope)).resources.map(({ key }) => key)).toEqual(['1']);
  });

  it('in a session for reading is refused', async () => {
    const session = await desk.open({ purpose: 'read' });
    expect(await failure(session.apply(create()))).toMatchObject({
      code: 'read-only-session',
      written: 'nothing',
    });
  });

  it('into the file of another phone is refused', async () => {
    await apply(create());
    await desk.put(file, (await desk.text(file)).replace(MAC, '805ec0000009'));
    const before = await desk.text(file);
    const session = await desk.open();
    expect(await failure(session.apply(create()))).toMatchObject({
      code: 'wrong-identity',
      written: 'nothing',
    });
    expect(await desk.text(file)).toBe(before);
  });

  it('into something that is no file of settings is refused', async () => {
    await desk.put(file, '<html></html>');
    const session = await desk.open();
    expect(await failure(session.apply(create()))).toMatchObject({
      code: 'settings-unreadable',
      written: 'nothing',
    });
  });

  it('of a password that breaks lines is refused without showing it', async () => {
    const session = await desk.open();
    const error = await failure(
      session.apply(create({ secrets: { password: new Secret('hunter22\nx = 1') } })),
    );
    expect(error).toMatchObject({ code: 'text-uncarriable', written: 'nothing' });
    expect(JSON.stringify([error.params, desk.logs])).not.toContain('hunter22');
  });

  it('never takes over what somebody else put on a line', async () => {
    const foreign = '#!version:1.0.0.1\naccount.1.enable = 1\naccount.1.label = Other\n';
    await desk.put(file, foreign);
    const session = await desk.open();
    expect(await failure(session.apply(create()))).toMatchObject({
      code: 'already-exists',
      written: 'nothing',
    });
    expect(await desk.text(file)).toBe(foreign);
  });

  it('does not give a line a new password by creating it again', async () => {
    await apply(create());
    const session = await desk.open();
    const again = create({ secrets: { password: new Secret('Another-Wrd7xQ2mZk9T') } });
    expect(await failure(session.apply(again))).toMatchObject({ code: 'already-exists' });
  });

  it('whose folder has gone wrote nothing', async () => {
    const session = await desk.open();
    await rm(desk.folder, { recursive: true });
    expect(await failure(session.apply(create()))).toMatchObject({
      code: 'store-unusable',
      written: 'nothing',
    });
  });

  it('whose boot file fails wrote nothing, and the next one makes both', async () => {
    const session = await desk.open();
    await symlink('/etc/hostname', path.join(desk.folder, boot));
    expect(await failure(session.apply(create()))).toMatchObject({
      code: 'store-file',
      written: 'nothing',
    });
    expect((await session.read(scope)).resources).toEqual([]);
    await rm(path.join(desk.folder, boot));
    await session.apply(create());
    expect(await desk.text(boot)).toContain(`include:config "${file}"`);
    expect(await desk.text(file)).toContain('account.1.enable = 1');
  });

  it('shows no password in any log line', async () => {
    await apply(create());
    expect(desk.logs.join('\n')).not.toContain(samplePassword);
  });
});

describe('before a new secret', () => {
  it('a phone whose file can be read is ready', async () => {
    const session = await desk.open();
    expect(await session.ready?.()).toBeUndefined();
  });

  it('a phone whose file cannot is not', async () => {
    await desk.put(file, '<html></html>');
    const session = await desk.open();
    expect(await failure(session.ready?.() ?? Promise.resolve())).toMatchObject({
      code: 'settings-unreadable',
    });
  });
});

describe('the boot file', () => {
  const includes = async () => (await desk.text(boot)).split('\n').slice(1, -1);

  it('is not made for firmware that knows none', async () => {
    const session = await desk.open({ target: { options: { model: 'T46G', firmware: '28.80' } } });
    await session.apply(create());
    expect(await failureOf(desk.text(boot))).toContain('ENOENT');
  });

  it('names first what the common one names, and ours last', async () => {
    await desk.put(
      'y000000000000.boot',
      '#!version:1.0.0.1\n## common\ninclude:config <common.cfg>\ninclude:config "$MAC.cfg"\noverwrite_mode = 1\n',
    );
    await apply(create());
    expect(await includes()).toEqual(['include:config <common.cfg>', `include:config "${file}"`]);
  });

  it('names the common file of the model, which the phone fetched so far', async () => {
    await desk.put('y000000000108.cfg', '');
    await desk.put('y000000000028.cfg', '');
    await apply(create());
    expect(await includes()).toEqual(['include:config "y000000000108.cfg"', `include:config "${file}"`]);
  });

  it('is left out where nobody knows which common file is the phone’s', async () => {
    await desk.put('y000000000108.cfg', '');
    const session = await desk.open({ target: { options: { firmware: '108.86' } } });
    await session.apply(create());
    expect(await failureOf(desk.text(boot))).toContain('ENOENT');
    expect(desk.logs.some((line) => line.startsWith('boot-left-out'))).toBe(true);
  });

  it.each([`include:config "${file}"`, 'include:config <$MAC.cfg>', `include:config ${file}`])(
    'of the phone that has %s stays as it is',
    async (line) => {
      const text = `#!version:1.0.0.1\n${line}\ninclude:config "last.cfg"\n`;
      await desk.put(boot, text);
      await apply(create());
      expect(await desk.text(boot)).toBe(text);
    },
  );

  it('of the phone that does not name its file gets it as the last', async () => {
    await desk.put(boot, '#!version:1.0.0.1\noverwrite_mode = 1\ninclude:config "other.cfg"');
    await apply(create());
    expect(await desk.text(boot)).toBe(
      `#!version:1.0.0.1\noverwrite_mode = 1\ninclude:config "other.cfg"\ninclude:config "${file}"\n`,
    );
  });
});

describe('a phone that does not come to its file', () => {
  const active = async (log = false) => {
    const session = await desk.open({ purpose: 'read', log });
    return (await session.read(scope)).resources.map(({ values }) => values.active);
  };

  it.each([
    ['its boot file names others', boot],
    ['it has no boot file, and the common one names others', 'y000000000000.boot'],
  ])('has no line in service, until the next write: %s', async (_, name) => {
    await apply(create());
    await rm(path.join(desk.folder, boot));
    await desk.put(name, '#!version:1.0.0.1\ninclude:config "other.cfg"\n');
    expect(await active()).toEqual([false]);
    const { address, key } = create();
    await apply({
      action: 'update',
      kind: 'account',
      key,
      address,
      values: { active: true },
      secrets: {},
      before: {},
    });
    expect(await active()).toEqual([true]);
    expect(await desk.text(boot)).toContain(`include:config "${file}"`);
  });

  it('is not supposed where it has no boot file at all: it then fetches its own by itself', async () => {
    await apply(create());
    await rm(path.join(desk.folder, boot));
    expect(await active()).toEqual([true]);
  });

  it('is not supposed where the log proves that it fetched', async () => {
    await apply(create());
    await desk.put(boot, '#!version:1.0.0.1\n');
    await desk.put('access.log', `${logLine((await desk.modifiedAt(file)) + 1_000)}\n`);
    expect(await active(true)).toEqual([true]);
  });

  it('is not supposed of a file that we never wrote', async () => {
    await desk.put(file, '#!version:1.0.0.1\naccount.1.enable = 1\n');
    await desk.put(boot, '#!version:1.0.0.1\n');
    expect(await active()).toEqual([true]);
  });
});

async function failureOf(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'done',
    (error: unknown) => String(error),
  );
}

describe('a phone', () => {
  it('whose keys nobody can know is not opened', async () => {
    const opening = desk.open({ target: { options: { model: 'T46G' } } });
    expect(await failure(opening)).toMatchObject({ code: 'firmware-required' });
  });

  it('whose store is not there is not opened', async () => {
    await rm(desk.folder, { recursive: true });
    expect(await failure(desk.open())).toMatchObject({ code: 'store-unusable' });
  });
});

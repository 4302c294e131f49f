import type { Client, ClientChannel } from 'ssh2';
import { afterEach, describe, expect, it } from 'vitest';
import { type LabBastion, type LabExec, startBastion } from '../../../lab/bastion/index.ts';
import { allOf, logIn } from './visitor.ts';

const open: { bastion: LabBastion; client: Client }[] = [];
afterEach(async () => {
  for (const { bastion, client } of open.splice(0)) {
    client.end();
    await bastion.close();
  }
});

async function visit(
  exec: LabExec | undefined,
  channelLimit = 10,
): Promise<{ bastion: LabBastion; client: Client }> {
  const bastion = await startBastion({ channelLimit, ...(exec && { exec }) });
  const visited = { bastion, client: await logIn(bastion.service) };
  open.push(visited);
  return visited;
}

function begin(client: Client, line: string): Promise<ClientChannel> {
  return new Promise((resolve, reject) => {
    client.exec(line, (error, channel) => (error ? reject(error) : resolve(channel)));
  });
}

/** Listens in the very call that says that it began: a line may be over within the same packet. */
function run(client: Client, line: string) {
  return new Promise<{ stdout: string; stderr: string; code: unknown }>((resolve, reject) => {
    client.exec(line, (error, channel) => {
      if (error) return void reject(error);
      const code = new Promise((exited) => channel.on('exit', exited));
      const all = Promise.all([allOf(channel), allOf(channel.stderr), code]);
      all.then(([stdout, stderr, exit]) => resolve({ stdout, stderr, code: exit }), reject);
    });
  });
}

describe('a line to run', () => {
  it('leaves behind what it printed, and its code', async () => {
    const { client } = await visit(async (line) => ({
      stdout: `you said ${line}\n`,
      stderr: 'oh\n',
      code: 3,
    }));
    expect(await run(client, "asterisk -rx 'sip show peers'")).toEqual({
      stdout: "you said asterisk -rx 'sip show peers'\n",
      stderr: 'oh\n',
      code: 3,
    });
  });

  it('may print nothing', async () => {
    const { client } = await visit(async () => ({ stdout: '', stderr: '', code: 0 }));
    expect(await run(client, 'true')).toEqual({ stdout: '', stderr: '', code: 0 });
  });

  it('may print more than a window holds', async () => {
    const stdout = 'Object ñ\n'.repeat(500_000);
    const { client } = await visit(async () => ({ stdout, stderr: '', code: 0 }));
    const ran = await run(client, 'many');
    expect([ran.stdout === stdout, ran.code]).toEqual([true, 0]);
  });

  it('ends badly where whoever runs it gives up', async () => {
    const { client } = await visit(() => Promise.reject(new Error('no shell')));
    expect(await run(client, 'id')).toEqual({ stdout: '', stderr: '', code: 1 });
  });

  it('runs beside others, each with its own answer', async () => {
    const { client } = await visit(async (line) => ({ stdout: line, stderr: '', code: 0 }));
    const lines = ['a', 'b', 'c', 'd'];
    const ran = await Promise.all(lines.map((line) => run(client, line)));
    expect(ran.map(({ stdout }) => stdout)).toEqual(lines);
  });

  it('gives its channel back when it is done', async () => {
    const { client, bastion } = await visit(async () => ({ stdout: 'x', stderr: '', code: 0 }), 1);
    for (const line of ['a', 'b', 'c']) await run(client, line);
    expect(bastion.control.counters().channels).toMatchObject({ peak: 1, refused: 0 });
  });

  it('takes both ways of a long line', async () => {
    const { client, bastion } = await visit(async () => ({ stdout: 'x', stderr: '', code: 0 }));
    bastion.control.latency(30);
    const began = performance.now();
    await run(client, 'id');
    expect(performance.now() - began).toBeGreaterThanOrEqual(55);
  });

  it('does not trouble the host when the client is gone', async () => {
    let finish = (): void => {};
    const over = new Promise<void>((resolve) => {
      finish = resolve;
    });
    const { client, bastion } = await visit(async () => {
      await over;
      return { stdout: 'late', stderr: 'late', code: 0 };
    });
    await begin(client, 'id');
    bastion.control.dropConnections();
    finish();
    const other = await logIn(bastion.service);
    other.end();
    expect(bastion.control.counters().logins).toBe(2);
  });
});

it('a host without it refuses lines, and a shell in any case', async () => {
  const [none, some] = [
    await visit(undefined),
    await visit(async () => ({ stdout: '', stderr: '', code: 0 })),
  ];
  await expect(begin(none.client, 'id')).rejects.toThrow('Unable to exec');
  const shell = new Promise((resolve) => some.client.shell((error) => resolve(error)));
  expect(await shell).toBeInstanceOf(Error);
});

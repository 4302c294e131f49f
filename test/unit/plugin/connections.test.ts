import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import type { Provider } from '../../../stacks/plugin/index.ts';
import { type Log, silent } from '../../../stacks/plugin/log.ts';
import { listen } from '../../../stacks/plugin/server/listen.ts';
import { routes } from '../../../stacks/plugin/server/routes.ts';
import { connectPlugin, rpc } from '../../support/plugin-client/index.ts';
import { type Toy, toyProvider } from '../../support/toy-provider.ts';
import { readStore } from '../../support/toy-store.ts';
import { apply, configure, openScene, plan, type Scene, thing } from './scene.ts';

let scene: Scene;
afterEach(() => scene.close());

/** A toy that remembers which instances were let go. */
function counted(): { readonly provider: Provider<Toy>; readonly released: string[] } {
  const released: string[] = [];
  const release = async ({ store }: Toy): Promise<void> => void released.push(store);
  return { provider: { ...toyProvider, release }, released };
}

async function until(condition: () => boolean): Promise<void> {
  for (let tries = 0; !condition(); tries += 1) {
    if (tries > 200) throw new Error('it never came to be');
    await wait(10);
  }
}

describe('connections', () => {
  it("never share an instance: what is written over one is not in the other's store", async () => {
    scene = await openScene(toyProvider);
    const [left, right] = [`${scene.store}.left`, `${scene.store}.right`];
    const [a, b] = [await scene.configured(left), await scene.configured(right)];
    await Promise.all([
      ...Array.from({ length: 5 }, (_, i) => apply(a, thing({ name: `left${i}` }))),
      ...Array.from({ length: 5 }, (_, i) => apply(b, thing({ name: `right${i}` }))),
    ]);
    expect(readStore(left).calls.filter((call) => !call.includes('create left'))).toEqual([]);
    expect(readStore(right).calls.filter((call) => !call.includes('create right'))).toEqual([]);
    expect([left, right].map((path) => readStore(path).calls.length)).toEqual([5, 5]);
  });

  it('let their instance go when they end, each only its own', async () => {
    const { provider, released } = counted();
    scene = await openScene(provider);
    const [a] = [await scene.configured('/left'), await scene.configured('/right')];
    await a?.close();
    await until(() => released.length > 0);
    expect(released).toEqual(['/left']);
    await scene.serving.close();
    expect(released).toEqual(['/left', '/right']);
  });

  it('let the former instance go when they are configured again', async () => {
    const { provider, released } = counted();
    scene = await openScene(provider);
    const client = await scene.configured('/left');
    await configure(client, '/right');
    expect(released).toEqual(['/left']);
  });

  it('may be closed twice', async () => {
    scene = await openScene(toyProvider);
    await scene.configured();
    await Promise.all([scene.serving.close(), scene.serving.close()]);
  });
});

describe('stopping', () => {
  it('aborts what runs over this connection, and nothing else', async () => {
    scene = await openScene(toyProvider);
    const [a, b] = [await scene.configured(), await scene.configured()];
    const running = apply(a, thing({ name: 'slow' }));
    await wait(100);
    expect((await a.call(rpc.stopProvider, {})).Error).toBe('');
    expect((await running).diagnostics).toMatchObject([{ summary: 'Stopped before anything was written' }]);
    expect((await apply(b, thing({ name: 'desk' }))).diagnostics).toEqual([]);
  });

  it('aborts where the connection is cut, and releases only after what runs has ended', async () => {
    const events: string[] = [];
    const release = async (): Promise<void> => void events.push('released');
    const slow = toyProvider.resources.toy_thing;
    if (slow === undefined) throw new Error('the toy has things');
    const applied: typeof slow.apply = async (toy, request, call) => {
      const answer = await slow.apply(toy, request, call);
      events.push(call.signal.aborted ? 'aborted' : 'ran to its end');
      return answer;
    };
    const resources = { toy_thing: { ...slow, apply: applied } };
    scene = await openScene({ ...toyProvider, resources, release });
    const client = await scene.configured();
    const running = apply(client, thing({ name: 'slow' })).catch(() => 'cut');
    await wait(100);
    client.session.destroy();
    await running;
    await until(() => events.length === 2);
    expect(events).toEqual(['aborted', 'released']);
  });
});

describe('what the provider throws', () => {
  it('becomes a diagnostic without message, stack or value; the next request is served', async () => {
    const lines: string[] = [];
    const log: Log = (...line) => void lines.push(JSON.stringify(line));
    scene = await openScene(toyProvider, log);
    const client = await scene.configured();
    const { state } = await apply(client, thing({ name: 'desk' }));
    const config = thing({ name: 'throws', secret: 'canary-4711' });
    const answers = [
      await plan(client, thing({ name: 'throws-plan', secret: 'canary-4711' })),
      await apply(client, config),
      await apply(client, config, state),
    ];
    for (const { diagnostics } of answers) {
      expect(diagnostics).toMatchObject([{ summary: 'Internal error of the provider' }]);
      expect(diagnostics[0]?.detail).toContain('toy_thing failed unexpectedly (TypeError)');
    }
    // Nobody knows of an object that was to be made; one that was there stays known.
    expect(answers.slice(1).map((answer) => 'state' in answer && answer.state)).toEqual([null, state]);
    expect(lines).toHaveLength(3);
    expect(lines[0]).toContain('toy-provider.ts');
    expect(JSON.stringify([lines, answers.map(({ diagnostics }) => diagnostics[0]?.detail)])).not.toContain(
      'canary',
    );
    expect((await apply(client, thing({ name: 'door' }))).diagnostics).toEqual([]);
  });

  it('names the attribute of an answer that does not fit the schema', async () => {
    const slow = toyProvider.resources.toy_thing;
    if (slow === undefined) throw new Error('the toy has things');
    const toy_thing: typeof slow = { ...slow, read: async () => ({ state: { strange: 'canary-4711' } }) };
    scene = await openScene({ ...toyProvider, resources: { toy_thing } });
    const client = await scene.configured();
    const { newState } = await apply(client, thing({ name: 'desk' }));
    const { diagnostics } = await client.call(rpc.readResource, {
      typeName: 'toy_thing',
      ...(newState === undefined ? {} : { currentState: newState }),
    });
    expect(diagnostics).toMatchObject([{ summary: 'Internal error of the provider' }]);
    expect(diagnostics[0]?.detail).toContain('strange is not in the schema');
    expect(diagnostics[0]?.detail).not.toContain('canary');
  });
});

describe('where there are no unix sockets', () => {
  it('listens on the loopback alone', async () => {
    scene = await openScene(toyProvider);
    const answer = routes({ provider: {}, controller: {} }, silent);
    const listening = await listen(() => ({ answer, ended: () => {} }), undefined, 'win32');
    expect(listening.address).toMatchObject({
      network: 'tcp',
      text: expect.stringMatching(/^127\.0\.0\.1:\d+$/),
    });
    const client = await connectPlugin(listening.address);
    await expect(client.call(rpc.getMetadata, {})).rejects.toMatchObject({ status: 12 });
    await client.close();
    await listening.close();
  });
});

describe('many at once', () => {
  it('answers 200 requests of one connection, each its own', async () => {
    scene = await openScene(toyProvider);
    const client = await scene.configured();
    const names = Array.from({ length: 200 }, (_, index) => `desk${index}`);
    const answers = await Promise.all(names.map((name) => plan(client, thing({ name }))));
    expect(answers.map(({ planned }) => planned?.name)).toEqual(names);
  });
});

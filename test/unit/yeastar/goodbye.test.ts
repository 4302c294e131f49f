import { describe, expect, it } from 'vitest';
import type { HostGate } from '../../../providers/contract.ts';
import { driver } from '../../../providers/pbx/yeastar/driver.ts';
import { farewell } from '../../../providers/transport/goodbye.ts';
import { answerOf, newBox } from './box.ts';
import { contextOf, serveBox, targetAt } from './support.ts';

describe('the context for a goodbye', () => {
  it('lives on after an abort, for a time of its own', async () => {
    const abort = new AbortController();
    abort.abort();
    const { signal } = farewell(contextOf({ signal: abort.signal }), 20);
    expect(signal.aborted).toBe(false);
    await new Promise((resolve) => signal.addEventListener('abort', resolve));
    expect(signal.aborted).toBe(true);
  });
});

it('a session that was aborted logs out although the host gives nobody a turn any more', async () => {
  const server = await serveBox(answerOf(newBox()));
  const abort = new AbortController();
  const context = contextOf({ signal: abort.signal });
  let open = true;
  const turn = <T>(request: () => Promise<T>) => (open ? request() : new Promise<T>(() => {}));
  const gate: HostGate = { read: turn, write: turn };
  try {
    const session = await driver.open(targetAt(server.url), { ...context, gate });
    open = false;
    abort.abort();
    await session.close();
    expect(server.paths().at(-1)).toMatch(/\/logout$/);
  } finally {
    await server.stop();
  }
});

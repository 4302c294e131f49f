import { expect, it } from 'vitest';
import { AltaError } from '../../../engine/model/index.ts';
import { patient } from '../../../engine/run/targets/patience.ts';
import type { PoweredSession } from '../../../providers/contract.ts';
import { realClock } from '../../../providers/transport/clock.ts';
import { contextAt } from '../../support/commands.ts';

it('a wait for a busy host that is interrupted ends with what the host said', async () => {
  const stop = new AbortController();
  const busy = new AltaError('target-busy', {}, { written: 'nothing', retryAfter: 30 });
  const refuse = async (): Promise<never> => {
    throw busy;
  };
  const session: PoweredSession = { read: refuse, apply: refuse, close: async () => {} };
  const clock = {
    ...realClock,
    sleep: (ms: number, signal?: AbortSignal) => {
      stop.abort(new DOMException('interrupted', 'AbortError'));
      return realClock.sleep(ms, signal);
    },
  };
  const waiting = patient(session, contextAt('/nowhere', { clock, stop: stop.signal }));
  const write = { kind: 'extension', key: '10', address: 'acme/pbx:sede/extension:10' } as const;
  await expect(waiting.apply({ action: 'delete', ...write })).rejects.toBe(busy);
});

import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { AltaError, Secret } from '../../../engine/model/index.ts';
import { type Login, onceRefused } from '../../../providers/transport/flight.ts';
import { settled } from './fake-clock.ts';
import { thrown } from './servers.ts';

const login = (change: Partial<Login> = {}): Login => ({
  origin: 'https://box.example:8088',
  credentials: { username: new Secret('api'), password: new Secret('one') },
  ...change,
});
const refusal = (target = 'acme/pbx:main') =>
  new AltaError('wrong-credentials', { host: 'box.example', target, evidence: '10004' });
const unreachable = () => new AltaError('unreachable', { host: 'box.example' });

describe('wrong credentials', () => {
  it('reach the host once, however many hold them', async () => {
    const refusals = onceRefused();
    let tries = 0;
    const attempt = async () => {
      tries += 1;
      await settled();
      throw refusal();
    };
    const outcomes = await Promise.all([1, 2, 3, 4].map(() => thrown(refusals.attempt(login(), attempt))));
    expect(tries).toBe(1);
    expect(outcomes).toMatchObject(Array(4).fill({ code: 'wrong-credentials' }));
  });

  it('are remembered for the run', async () => {
    const refusals = onceRefused();
    await thrown(refusals.attempt(login(), () => Promise.reject(refusal())));
    const later = await thrown(refusals.attempt(login(), () => Promise.resolve('in')));
    expect(later).toMatchObject({ code: 'wrong-credentials', written: 'nothing' });
  });

  it('are told with the parameters of whoever asks', async () => {
    const refusals = onceRefused();
    await thrown(refusals.attempt(login(), () => Promise.reject(refusal())));
    const params = { target: 'beta/pbx:main' };
    const later = await thrown(refusals.attempt(login({ params }), () => Promise.resolve('in')));
    expect(later).toMatchObject({
      params: { host: 'box.example', target: 'beta/pbx:main', evidence: '10004' },
    });
  });

  it('may be found out later', async () => {
    const refusals = onceRefused();
    await refusals.attempt(login(), () => Promise.resolve('in'));
    refusals.rememberRefusal(login(), refusal());
    expect(await thrown(refusals.attempt(login(), () => Promise.resolve('in')))).toMatchObject({
      code: 'wrong-credentials',
    });
  });

  it.each([
    [
      'another password',
      login({ credentials: { username: new Secret('api'), password: new Secret('two') } }),
    ],
    ['another origin', login({ origin: 'https://other.example' })],
    [
      'parts in other places',
      login({ credentials: { username: new Secret('one'), password: new Secret('api') } }),
    ],
  ])('say nothing about %s', async (_name, other) => {
    const refusals = onceRefused();
    refusals.rememberRefusal(login(), refusal());
    await expect(refusals.attempt(other, () => Promise.resolve('in'))).resolves.toBe('in');
  });

  it('are the same in another order of parts', async () => {
    const refusals = onceRefused();
    refusals.rememberRefusal(login(), refusal());
    const turned = login({ credentials: { password: new Secret('one'), username: new Secret('api') } });
    expect(await thrown(refusals.attempt(turned, () => Promise.resolve('in')))).toBeInstanceOf(AltaError);
  });

  it('are not remembered beyond the run', async () => {
    onceRefused().rememberRefusal(login(), refusal());
    await expect(onceRefused().attempt(login(), () => Promise.resolve('in'))).resolves.toBe('in');
  });

  it('cannot be read out of the registry', () => {
    const refusals = onceRefused();
    refusals.rememberRefusal(login({ credentials: { key: new Secret('canary') } }), refusal());
    expect(inspect(refusals, { depth: 9, showHidden: true })).not.toContain('canary');
  });
});

describe('other outcomes', () => {
  it('let the next one try, one at a time', async () => {
    const refusals = onceRefused();
    let flying = 0;
    let most = 0;
    const attempt = async () => {
      flying += 1;
      most = Math.max(most, flying);
      await settled();
      flying -= 1;
      throw unreachable();
    };
    const outcomes = await Promise.all([1, 2, 3].map(() => thrown(refusals.attempt(login(), attempt))));
    expect([outcomes.length, most]).toEqual([3, 1]);
  });

  it('of an attempt that throws at once let the next one try', async () => {
    const refusals = onceRefused();
    await thrown(
      refusals.attempt(login(), () => {
        throw unreachable();
      }),
    );
    await expect(refusals.attempt(login(), () => Promise.resolve('in'))).resolves.toBe('in');
  });

  it('that are a success let the others go together', async () => {
    const refusals = onceRefused();
    await refusals.attempt(login(), () => Promise.resolve('in'));
    const together: string[] = [];
    const attempt = (name: string) => async () => {
      together.push(`start ${name}`);
      await settled();
      together.push(`end ${name}`);
    };
    await Promise.all([refusals.attempt(login(), attempt('a')), refusals.attempt(login(), attempt('b'))]);
    expect(together).toEqual(['start a', 'start b', 'end a', 'end b']);
  });
});

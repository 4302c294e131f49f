import { describe, expect, it } from 'vitest';
import { execute } from '../../../engine/run/apply/execute.ts';
import type { Execution, Lane } from '../../../engine/run/apply/lane.ts';
import type { PreparedWrite } from '../../../engine/run/apply/write.ts';
import { type Calls, lane as laneOf, prepared, execution as running } from './kit.ts';

const on = (label: string, number = '10') => `acme/pbx:${label}/extension:${number}`;

/** A lane whose own Apply takes a while; where it fails, the box refuses it. */
function lane(label: string, writes: readonly PreparedWrite[], calls: Calls, refusing = false): Lane {
  const session: Partial<Lane['session']> = {
    apply: async ({ action }) => {
      calls.push(`${action} ${label}`);
      return {};
    },
    commit: async () => {
      await new Promise((resolve) => setTimeout(resolve, 20));
      calls.push(`commit ${label}`);
      if (refusing) throw new Error('refused');
    },
  };
  return laneOf(`acme/pbx:${label}`, writes, session, { commit: true });
}

function execution(calls: Calls, over: Partial<Execution> = {}): Execution {
  const notSeen: Execution['notSeen'] = async ({ target }) => {
    calls.push(`look ${target.label}`);
    return [];
  };
  return running({ notSeen, ...over });
}

describe('make before break', () => {
  const moving = (calls: Calls, refusing = false) => [
    lane('old', [prepared(on('old'), 'delete', { after: [on('new')] })], calls, refusing),
    lane('new', [prepared(on('new'), 'create')], calls, refusing),
  ];

  it('deletes the old one after the new box has committed and shows it', async () => {
    const calls: Calls = [];
    await execute(moving(calls), execution(calls));
    expect(calls).toEqual(['create new', 'commit new', 'look new', 'delete old', 'commit old']);
  });

  it('leaves the old one where the new box does not commit', async () => {
    const calls: Calls = [];
    const [old] = await execute(moving(calls, true), execution(calls));
    expect(calls).toEqual(['create new', 'commit new']);
    expect(old?.outcomes).toMatchObject([{ result: 'skipped', diagnostic: { code: 'depends-on-failed' } }]);
  });

  it('leaves the old one where the new box does not show what it said it made', async () => {
    const calls: Calls = [];
    await execute(moving(calls), execution(calls, { notSeen: async () => [on('new')] }));
    expect(calls).toEqual(['create new', 'commit new']);
  });

  it('goes on from delete to delete', async () => {
    const calls: Calls = [];
    const lanes = [
      lane('third', [prepared(on('third'), 'delete', { after: [on('old')] })], calls),
      ...moving(calls),
    ];
    await execute(lanes, execution(calls));
    expect(calls.filter((call) => !call.startsWith('look'))).toEqual([
      'create new',
      'commit new',
      'delete old',
      'commit old',
      'delete third',
      'commit third',
    ]);
  });

  it('looks at nothing for a delete that was interrupted', async () => {
    const calls: Calls = [];
    const stop = new AbortController();
    const stepDone = () => stop.abort();
    const [old] = await execute(moving(calls), execution(calls, { stop: stop.signal, stepDone }));
    expect(calls).toEqual(['create new', 'commit new']);
    expect(old?.outcomes).toMatchObject([{ result: 'skipped', diagnostic: { code: 'interrupted' } }]);
  });
});

it('a write waits for the commit of what it needs elsewhere, not for that of its own box', async () => {
  const calls: Calls = [];
  const second = prepared(on('phone', '11'), 'create', { after: [on('new'), on('phone')] });
  const lanes = [
    lane('phone', [prepared(on('phone'), 'create'), second], calls),
    lane('new', [prepared(on('new'), 'create')], calls),
  ];
  await execute(lanes, execution(calls));
  expect(calls.slice(2)).toEqual(['commit new', 'create phone', 'commit phone']);
});

import { describe, expect, test } from 'vitest';
import { type Desired, stateKey } from '../../../engine/model/index.ts';
import { driver as memory } from '../../../providers/memory/driver.ts';
import { handedOff } from '../../../stacks/synth/hand-off.ts';
import { account, attestedState, compiled, device, extension, pbx, stack, state } from './fixture.ts';

const main = pbx('main', 'guided');
const rev = (marker: string | null): Desired['secrets'] => {
  return { sip: { name: 'extensions/main/110/sip', source: 'declared', marker } };
};
const [first, second] = ['01JGZZW2K8Q7DRJSQ5XYB5JCP2', '01JGZZW3JGXWHWMZ7BAZ028KQC'];

/** What becomes of an extension on a guided PBX that was vouched for as `before` and is `after` now. */
function stepAfter(before: Partial<Desired> | null, after: Partial<Desired>) {
  const vouched = before === null ? state() : attestedState([main], [extension('main', '110', before)]);
  const desired = [extension('main', '110', after)];
  const [step] = handedOff(compiled([main], desired), vouched, new Map()).handOffs;
  return step;
}

describe('an extension on a guided PBX', () => {
  test('waits for a person as long as nobody vouched for it', () => {
    expect(stepAfter(null, {})).toMatchObject({ attested: null, action: 'create', part: 'whole' });
  });

  test('is a step with the digest that was attested', () => {
    const { blocks, reminders } = stack([main], [extension('main', '110')], {
      state: attestedState([main], [extension('main', '110')]),
    }).stack;
    expect(blocks).toEqual([
      {
        type: 'null_resource',
        name: 'extension_main_110',
        dependsOn: [],
        triggers: { key: 'memory:main#extension:110', digest: 'sha256:110' },
      },
    ]);
    expect(reminders).toEqual([]);
  });

  test.each<[string, Partial<Desired>, Partial<Desired>]>([
    ['a value changes', {}, { values: { number: '110', name: 'Ventas' } }],
    ['a value is new', {}, { values: { number: '110', name: 'Recepción', nat: true } }],
    ['a secret gets a new rev', { secrets: rev(first) }, { secrets: rev(second) }],
    ['a secret is new', {}, { secrets: rev(first) }],
  ])('waits again when %s', (_, before, after) => {
    expect(stepAfter(before, after)).toMatchObject({ attested: null, action: 'update' });
  });

  test.each<[string, Partial<Desired>, Partial<Desired>]>([
    ['nothing changes', { secrets: rev(first) }, { secrets: rev(first) }],
    [
      'a value is no longer declared',
      { values: { number: '110', name: 'A', nat: true } },
      { values: { number: '110', name: 'A' } },
    ],
    ['a secret’s version is not known here', { secrets: rev('hmac:00ff') }, { secrets: rev(null) }],
  ])('is settled where %s, as Alta’s own plan has it', (_, before, after) => {
    expect(stepAfter(before, after)?.attested).toBe('sha256:110');
  });

  test('needs nobody where it was there before the PBX became a person’s', () => {
    const { guided: _, ...rest } = attestedState([main], [extension('main', '110')]);
    const made = stack([main], [extension('main', '110')], { state: state(rest) });
    expect([made.stack.blocks, made.pending]).toEqual([[], []]);
  });

  test('is to be removed by hand once it is not declared', () => {
    const vouched = attestedState([main], [extension('main', '110')]);
    const { pending, stack: made } = stack([main], [], { state: vouched });
    expect(pending).toMatchObject([{ address: 'acme/pbx:main/extension:110', action: 'delete' }]);
    expect(made.reminders).toEqual([
      {
        name: 'extension_main_110_removal',
        message: expect.stringMatching(
          /must be removed by hand[\s\S]*\n {2}To see the steps: {2}alta attest\n {2}Once done: {9}alta attest acme\/pbx:main\/extension:110$/,
        ),
      },
    ]);
    expect(made.blocks).toEqual([]);
  });
});

describe('fields that only a person can set on a PBX with an API', () => {
  const api = pbx('main');
  const drivers = new Map([['memory', memory]]);
  const desired = extension('main', '110', { values: { number: '110', name: 'A', voicemail: true } });
  const id = stateKey('memory:main', 'extension', '110');
  const step = {
    address: desired.address,
    action: 'update',
    digest: 'sha256:f',
    since: '2026-11-01T10:00:00Z',
  } as const;
  const word = { by: 'ana', at: '2026-11-01T10:00:00Z' };
  const made = (guided: Parameters<typeof state>[0]) =>
    stack([api], [desired], { drivers, state: state(guided) });

  test('are known from the driver’s facts', () => {
    const { pending, stack: written } = made({});
    expect(pending).toMatchObject([{ part: 'fields', attested: null }]);
    expect(written.reminders.map(({ name }) => name)).toEqual(['extension_main_110_by_hand']);
    expect(written.blocks.map(({ type }) => type)).toEqual(['alta_extension']);
  });

  test('are a step of their own after what the provider makes, once they were vouched for', () => {
    const { blocks } = made({
      guided: { [id]: { ...step, values: { voicemail: true }, attested: word } },
    }).stack;
    expect(blocks[1]).toEqual({
      type: 'null_resource',
      name: 'extension_main_110_by_hand',
      dependsOn: ['alta_extension.main_110'],
      triggers: { key: id, digest: 'sha256:f' },
    });
  });

  test('wait again when they change, and hold nobody up', () => {
    const guided = { [id]: { ...step, values: { voicemail: false }, attested: word } };
    const recepcion = account('recepcion', desired);
    const { stack: written, pending } = stack([api, device('recepcion')], [desired, recepcion], {
      drivers,
      state: state({ guided }),
    });
    expect(pending).toHaveLength(1);
    expect(written.blocks.map(({ type }) => type)).toEqual(['alta_account', 'alta_extension']);
  });

  test('are not what was vouched for while all of it was done by hand', () => {
    const others = extension('main', '110');
    const { stack: written, pending } = stack([api], [others], {
      drivers,
      state: attestedState([main], [others]),
    });
    expect(pending).toEqual([]);
    expect(written.blocks.map(({ type }) => type)).toEqual(['alta_extension']);
  });
});

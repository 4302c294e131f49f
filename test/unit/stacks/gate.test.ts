import { describe, expect, test } from 'vitest';
import type { Desired } from '../../../engine/model/index.ts';
import { account, attestedState, device, extension, pbx, stack } from './fixture.ts';

function gateFor(over: Partial<Desired>, label = 'main') {
  const key = 'platform:meetip/301';
  const { blocks } = stack([pbx(label, 'api', key)], [extension(label, '110', over)], { verify: true }).stack;
  const gate = blocks.find(({ name }) => name === 'verified');
  if (gate?.type !== 'null_resource') throw new Error('no gate');
  return gate;
}
const digest = (over: Partial<Desired>, label?: string) => gateFor(over, label).triggers.digest;
const sip = (marker: string | null) => ({ sip: { name: 'x/sip', source: 'declared' as const, marker } });

describe('the gate', () => {
  test('is there only where alta.yaml wants it', () => {
    const { blocks } = stack([pbx('main')], [extension('main', '110')]).stack;
    expect(blocks.map(({ name }) => name)).toEqual(['main_110']);
  });

  test('comes after everything', () => {
    const [main, guided] = [pbx('main'), pbx('other', 'guided')];
    const [on, other] = [extension('main', '110'), extension('other', '9')];
    const phone = account('recepcion', on);
    const made = stack([main, guided, device('recepcion')], [on, other, phone], {
      verify: true,
      state: attestedState([guided], [other]),
    });
    expect(made.stack.blocks.find(({ name }) => name === 'verified')?.dependsOn).toEqual([
      'alta_account.recepcion_1',
      'alta_extension.main_110',
      'null_resource.extension_other_9',
    ]);
  });

  test('runs alta verify for the client, wherever program and workspace are', () => {
    expect(gateFor({}).command).toBe(
      '"$${ALTA_PROGRAM:-alta}" verify --client acme $${ALTA_WORKSPACE:+--workspace "$ALTA_WORKSPACE"}',
    );
  });

  test.each<[string, Partial<Desired>, Partial<Desired>]>([
    ['a value', {}, { values: { number: '110', name: 'Ventas' } }],
    [
      'the version of a secret',
      { secrets: sip('01JGZZW2K8Q7DRJSQ5XYB5JCP2') },
      { secrets: sip('01JGZZW3JGXWHWMZ7BAZ028KQC') },
    ],
    ['what is left alone', {}, { leave: ['callerId'] }],
  ])('is due again when %s changes', (_, before, after) => {
    expect(digest(before)).not.toBe(digest(after));
  });

  test('is not due for a new label, nor for what a secret’s value is', () => {
    expect(digest({}, 'central')).toBe(digest({}));
    expect(digest({ secrets: sip('hmac:00ff') })).toBe(digest({ secrets: sip('hmac:ff00') }));
  });

  test('is due again once somebody vouched for something', () => {
    const target = pbx('main', 'guided');
    const digests = [attestedState([target], [extension('main', '110')]), attestedState([], [])].map(
      (state) => {
        const { blocks } = stack([target], [extension('main', '110')], { verify: true, state }).stack;
        const gate = blocks.find(({ name }) => name === 'verified');
        return gate?.type === 'null_resource' ? gate.triggers.digest : null;
      },
    );
    expect(digests[0]).not.toBe(digests[1]);
  });
});

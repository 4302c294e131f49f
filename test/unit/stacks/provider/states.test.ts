import { describe, expect, it } from 'vitest';
import { unknown, type ValueObject } from '../../../../stacks/plugin/contract.ts';
import { fixedFields, plannedState, replacing, type Sides } from '../../../../stacks/provider/planned.ts';
import { type Seen, shownState, withoutUnknowns } from '../../../../stacks/provider/shown.ts';
import { actual, change, config, shapes, situation, wanted } from './fixture.ts';

const shape = shapes.extension;
const id = 'memory:main#extension:110';

/** What Terraform has of it before. */
const prior = (over: ValueObject = {}): ValueObject =>
  config({ id, registration_name: '110', applied_digest: 'sha256:1', ...over });

const sides = (given: Partial<Sides> = {}): Sides => ({
  prior: prior(),
  config: config(),
  priorNormal: { name: 'Puesto' },
  again: false,
  open: [],
  ...given,
});

const field = (name: string, over: object = {}) => ({
  field: name,
  before: null,
  after: null,
  sensitive: false,
  unknown: false,
  why: 'requested' as const,
  guided: false,
  ...over,
});

describe('a planned state', () => {
  const { desired } = wanted();

  it('is the state that there is where nothing changes', () => {
    expect(plannedState(shape, situation(desired, null), sides())).toEqual(prior());
  });

  it('keeps the spelling of what means the same', () => {
    const given = sides({ config: config({ name: 'puesto ' }) });
    expect(plannedState(shape, situation(desired, null), given).name).toBe('Puesto');
    const other = sides({ config: config({ name: 'Otro' }), priorNormal: { name: 'Puesto' } });
    const renamed = wanted({ name: 'Otro' }).desired;
    expect(plannedState(shape, situation(renamed, change()), other).name).toBe('Otro');
  });

  it('leaves open what a create alone can tell', () => {
    const given = sides({ prior: null, config: config({ sip_secret: 'secret:x' }), priorNormal: {} });
    const planned = plannedState(shape, situation(desired, change({ action: 'create' })), given);
    expect(planned).toMatchObject({ id, applied_digest: unknown, sip_secret_marker: unknown, email: null });
  });

  it('leaves open the marker of a secret that is written, and of no other', () => {
    const given = { sip_secret: 'secret:x', pin_secret: 'secret:y' };
    const before = prior({ ...given, sip_secret_marker: 'hmac:1', pin_secret_marker: 'hmac:2' });
    const found = change({ fields: [field('sip', { sensitive: true })] });
    const planned = plannedState(
      shape,
      situation(desired, found),
      sides({ prior: before, config: config(given) }),
    );
    expect(planned).toMatchObject({
      sip_secret_marker: unknown,
      pin_secret_marker: 'hmac:2',
      applied_digest: unknown,
    });
  });

  it('holds no write-only value, and says by the digest that something is written again', () => {
    const given = sides({ config: config({ sip_secret_wo: 'Kf7mQ2xRt-p9WbL4hZc6' }), again: true });
    const planned = plannedState(shape, situation(desired, null), given);
    expect(planned).toMatchObject({ sip_secret_wo: null, applied_digest: unknown });
  });

  it('a record writes nothing', () => {
    const planned = plannedState(shape, situation(desired, change({ action: 'record' })), sides());
    expect(planned.applied_digest).toBe('sha256:1');
  });

  it('is empty where a released field goes back', () => {
    const given = sides({ prior: prior({ email: 'a@acme.example' }) });
    const found = change({ fields: [field('email', { before: 'a@acme.example' })] });
    expect(plannedState(shape, situation(desired, found), given).email).toBeNull();
  });
});

describe('what replaces', () => {
  const { desired } = wanted();

  it.each<[string, ValueObject, readonly string[]]>([
    ['nothing', {}, []],
    ['another number', { number: '111' }, ['number']],
    ['another label of the same PBX', { target: 'acme/pbx:central' }, []],
    ['another value', { name: 'Otro' }, []],
  ])('%s', (_, over, replaced) => {
    expect(replacing(shape, situation(desired, null), sides({ config: config(over) }))).toEqual(replaced);
  });

  it('another PBX', () => {
    const given = sides({ prior: prior({ target: 'acme/pbx:old', id: 'memory:old#extension:110' }) });
    expect(replacing(shape, situation(desired, null), given)).toEqual(['target']);
  });

  it('a create replaces nothing, and nothing is fixed in it', () => {
    const given = sides({ prior: null });
    expect(replacing(shape, situation(desired, null), given)).toEqual([]);
    expect(fixedFields(shape, situation(desired, null), given)).toEqual([]);
  });
});

describe('a state that is refreshed', () => {
  const seen = (over: Partial<Seen> = {}): Seen => ({
    actual: actual({ name: 'Colega', email: 'x@acme.example', callerId: '91' }, { sip: 'hmac:9' }),
    can: { hiddenFields: {}, guidedFields: {} },
    normal: { name: 'Puesto' },
    everything: false,
    ...over,
  });

  it('shows what is managed, and leaves alone what is not', () => {
    const state = shownState(shape, prior({ sip_secret: 'secret:x', sip_secret_marker: 'hmac:1' }), seen());
    expect(state).toMatchObject({
      name: 'Colega',
      email: null,
      caller_id: null,
      sip_secret_marker: 'hmac:9',
    });
  });

  it('keeps the spelling of what means the same', () => {
    const same = seen({ actual: actual({ name: 'PUESTO' }), normal: { name: 'PUESTO' } });
    expect(shownState(shape, prior(), same).name).toBe('Puesto');
  });

  it('keeps what the box never shows, or a person alone sets', () => {
    const blind = seen({ can: { hiddenFields: { extension: ['name'] }, guidedFields: {} } });
    expect(shownState(shape, prior(), blind).name).toBe('Puesto');
    const byHand = seen({ can: { hiddenFields: {}, guidedFields: { extension: ['name'] } } });
    expect(shownState(shape, prior(), byHand).name).toBe('Puesto');
  });

  it('shows everything after an import', () => {
    const state = shownState(shape, prior(), seen({ everything: true }));
    expect(state).toMatchObject({ email: 'x@acme.example', caller_id: '91', sip_secret_marker: 'hmac:9' });
  });

  it('has no unknown left in the end', () => {
    const planned = config({ registration_name: unknown, id, applied_digest: unknown });
    const state = withoutUnknowns(shape, planned, config({ registration_name: '110' }));
    expect(state).toMatchObject({ registration_name: '110', applied_digest: null });
    expect(Object.values(state).filter((value) => typeof value === 'symbol')).toEqual([]);
  });
});

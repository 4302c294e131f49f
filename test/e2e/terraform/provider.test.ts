import { describe, expect, it } from 'vitest';
import { UNKNOWN } from '../../support/plugin-client/index.ts';
import { at, mesa, startOffice } from '../../support/scene/office.ts';
import { type Block, type Talk, talkTo } from '../../support/scene/talk.ts';
import { goodSecret, otherSecret } from '../../support/site.ts';

const type = 'alta_extension';

const puesto = {
  target: 'acme/pbx:sede',
  number: '2000',
  name: 'Puesto',
  sip_secret: 'secret:extensions/sede/2000/sip',
};

/** One box, and a connection that is configured for its client. */
async function startTalk() {
  const office = await startOffice({ phones: [mesa] });
  await office.declare(['2000'], {
    devices: [office.scene.device('mesa', [{ line: 1, extension: 'sede/2000' }])],
  });
  const talk = await talkTo(office.scene);
  // The lab speaks plain http, for a reason that every plan shows.
  const { codes } = await talk.configure({ client: 'acme' });
  expect([...new Set(codes)]).toEqual(['provider-insecure']);
  return { ...office, talk };
}

/** The resource as it is once created and read again. */
async function created(talk: Talk) {
  const made = await talk.apply(type, puesto);
  expect(made.codes).toEqual([]);
  return talk.read(type, made);
}

describe('the life of an extension, asked for by the protocol', () => {
  it('is planned, created, read, unchanged, changed and destroyed', async () => {
    const { box, scene, talk } = await startTalk();
    const planned = await talk.plan(type, puesto);
    expect(planned).toMatchObject({ codes: [], replace: [] });
    expect(planned.state).toMatchObject({
      ...puesto,
      registration_name: UNKNOWN,
      sip_secret_marker: UNKNOWN,
      applied_digest: UNKNOWN,
    });
    expect(box.saved()[2000]).toBeUndefined();

    const held = await created(talk);
    expect(held.state).toMatchObject({ ...puesto, registration_name: '2000', sip_secret_wo: null });
    expect(box.running()[2000]).toMatchObject({ username: 'Puesto', registerpassword: goodSecret });
    expect((await talk.plan(type, puesto, held)).state).toEqual(held.state);

    const renamed = await talk.apply(type, { ...puesto, name: 'Otro' }, held);
    expect([renamed.codes, box.running()[2000]?.username]).toEqual([[], 'Otro']);
    const later = await talkTo(scene);
    await later.configure({ client: 'acme' });
    const gone = await later.apply(type, null, await later.read(type, renamed));
    expect(gone).toMatchObject({ state: null, codes: [] });
    expect(Object.keys(box.running())).toEqual(['1000', '1001']);
  });

  it('another number replaces it', async () => {
    const { talk } = await startTalk();
    const held = await created(talk);
    expect((await talk.plan(type, { ...puesto, number: '2001' }, held)).replace).toEqual(['number']);
  });

  it('is gone where the box no longer has it; where nothing declared is left, only with consent', async () => {
    const { box, talk, scene } = await startTalk();
    const held = await created(talk);
    box.remove('2000', { apply: true });
    const second = await talkTo(scene);
    await second.configure({ client: 'acme' });
    expect(await second.read(type, held)).toMatchObject({ state: held.state, codes: ['provider-all-gone'] });
    const third = await talkTo(scene);
    await third.configure({ client: 'acme', recreate: true });
    expect(await third.read(type, held)).toMatchObject({ state: null, codes: [] });
  });

  it('is imported by its address and by its natural key', async () => {
    const { box, talk } = await startTalk();
    box.create({ number: '2000', username: 'Puesto', registerpassword: goodSecret }, { apply: true });
    const [byAddress, byKey] = [
      await talk.import(type, at('2000')),
      await talk.import(type, 'acme/pbx:sede/extension:2000'),
    ];
    expect(byAddress.state).toEqual(byKey.state);
    expect(byAddress.state).toMatchObject({ number: '2000', name: 'Puesto', target: 'acme/pbx:sede' });
    expect((await talk.plan(type, puesto, byAddress)).codes).toEqual(['provider-never-applied']);
    expect((await talk.apply(type, puesto, byAddress)).codes).toEqual([]);
    expect(await talk.import(type, 'nowhere')).toMatchObject({ state: null, codes: ['import-id-unclear'] });
    expect(await talk.import(type, at('2999'))).toMatchObject({ state: null, codes: [] });
  });

  it('keeps what still exists of an older state', async () => {
    const { talk } = await startTalk();
    const state = await talk.upgrade(type, 0, { id: 'x', number: '2000', removed_long_ago: true });
    expect(state).toMatchObject({ id: 'x', number: '2000', name: null });
    expect(state).not.toHaveProperty('removed_long_ago');
  });

  it('comes with data: what the box says, and what belongs to nobody here', async () => {
    const { talk } = await startTalk();
    const asked = { target: 'acme/pbx:sede', id: null };
    const tenant = { ...asked, driver: null, edition: null, identity: null, numbers: null };
    expect(await talk.data('alta_tenant', tenant)).toMatchObject({ state: { numbers: ['1000', '1001'] } });
    const { state } = await talk.data('alta_foreign_extensions', { ...asked, extensions: null });
    expect(state?.extensions).toMatchObject([{ number: '1000' }, { number: '1001' }]);
  });
});

describe('values that are not known yet', () => {
  it('are passed over where a configuration is judged', async () => {
    const { talk } = await startTalk();
    const unsure: Block = {
      ...puesto,
      name: UNKNOWN,
      number: UNKNOWN,
      adopt: UNKNOWN,
      sip_secret_wo: UNKNOWN,
    };
    expect(await talk.validate(type, unsure)).toEqual({ codes: [] });
    expect((await talk.plan(type, { ...puesto, number: UNKNOWN })).state).toMatchObject({ id: UNKNOWN });
  });

  it('of an account are those of its extension: known after apply', async () => {
    const { talk } = await startTalk();
    const account: Block = {
      target: 'acme/device:mesa',
      line: 1,
      extension: at('2000'),
      register_name: UNKNOWN,
      server: 'sede.example',
      password_secret: 'secret:extensions/sede/2000/sip',
    };
    const planned = await talk.plan('alta_account', account);
    expect(planned.codes).toEqual([]);
    expect(planned.state).toMatchObject({ register_name: UNKNOWN, applied_digest: UNKNOWN });
    const held = await created(talk);
    const known: Block = { ...account, register_name: held.state?.registration_name ?? null };
    expect(await talk.apply('alta_account', known)).toMatchObject({
      state: { register_name: '2000' },
      codes: [],
    });
  });
});

describe('what is refused', () => {
  it.each(['1.10.5', '1.9.0', '0.15.0', ''])('Terraform %s', async (version) => {
    const { scene } = await startOffice();
    const talk = await talkTo(scene);
    expect(await talk.configure({ client: 'acme' }, version)).toEqual({ codes: ['terraform-too-old'] });
    expect((await talk.plan(type, puesto)).failed).toBe(true);
  });

  it('a write-only value where the client would keep it', async () => {
    const { talk } = await startTalk();
    const given = { target: 'acme/pbx:sede', number: '2000', sip_secret_wo: otherSecret };
    expect((await talk.validate(type, given, false)).codes).toHaveLength(1);
    expect((await talk.validate(type, given)).codes).toEqual([]);
  });

  it.each([
    [{ sip_secret: 'extensions/sede/2000/sip' }, 'secret-source-unclear'],
    [{ sip_secret_wo: otherSecret }, 'secret-given-twice'],
    [{ sip_secret_version: '01ARZ3NDEKTSV4RRFFQ69G5FAV' }, 'secret-version-stale'],
    [{ target: 'beta/pbx:sede' }, 'target-of-other-client'],
    [{ target: 'acme/pbx:otra' }, 'provider-target-undeclared'],
  ])('%o', async (over, code) => {
    const { talk } = await startTalk();
    expect(await talk.plan(type, { ...puesto, ...over })).toMatchObject({ failed: true, codes: [code] });
  });

  it('what a colleague changed between the refresh and the apply', async () => {
    const { box, scene, talk } = await startTalk();
    const held = await created(talk);
    box.edit('2000', { username: 'Colega' }, { apply: true });
    const applying = await talkTo(scene);
    await applying.configure({ client: 'acme' });
    expect((await applying.apply(type, { ...puesto, name: 'Otro' }, held)).codes).toEqual(['provider-stale']);
    expect(box.running()[2000]).toMatchObject({ username: 'Colega' });
  });

  it('a deletion of what is protected', async () => {
    const { talk } = await startTalk();
    const held = await talk.apply(type, { ...puesto, protect: true });
    expect((await talk.plan(type, null, held)).codes).toEqual(['provider-protected']);
  });
});

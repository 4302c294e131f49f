import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ProfileDocument } from '../../../engine/model/profile.ts';
import { marksIn, probe, selftest } from '../../../providers/pbx/pekepbx/site/index.ts';
import { html, json, type Server } from '../../support/serve.ts';
import { type Call, hireAt, type Laravel, newLaravel, said, serveLaravel, shown, writes } from './laravel.ts';
import { llanoProfile, newLlano, serveLlano } from './llano.ts';
import { personAt } from './office.ts';
import { contextOf, creation, edited, errorOf, locked, proven, shipped, targetAt, using } from './support.ts';

const canary = { from: '9900', to: '9999' };
const guessed = edited(shipped, { canary });

let box: Laravel;
let server: Server<Call>;

beforeEach(async () => {
  box = newLaravel();
  server = await serveLaravel(box);
});

afterEach(() => server.stop());

const look = (profile: ProfileDocument = guessed) =>
  probe(targetAt(server.url, { profile }), contextOf({ purpose: 'read' }));
const trial = (profile: ProfileDocument = guessed, number = '9900') =>
  selftest(targetAt(server.url, { profile }), contextOf(), number);
const crowd = () => {
  for (const number of ['10', '11', '12', '13']) hireAt(box, number, { callerId: 71 });
  box.office.queues = [{ id: 31, company: '90001', name: 'Ventas', number: '600', members: ['10'] }];
};

describe('probe', () => {
  test('reads only', async () => {
    crowd();
    await look();
    expect(writes(server)).toEqual([]);
    expect(new Set(server.calls.map(({ method }) => method))).toEqual(new Set(['POST', 'GET']));
    expect(said(server).filter((one) => one === 'POST /login')).toHaveLength(1);
  });

  test('tells of each mapping how often it resolves and with what types, never a value', async () => {
    crowd();
    hireAt(box, '14', { mobile: undefined });
    const report = await look();
    const at = (place: string) => report.mappings.find((one) => one.place === place);
    expect(at('fields.name')).toEqual({
      place: 'fields.name',
      path: 'name',
      marked: true,
      resolved: 5,
      of: 5,
      types: ['string'],
      verdict: 'resolves',
    });
    expect(at('fields.mobile')).toMatchObject({ resolved: 4, of: 5, verdict: 'partly' });
    expect(at('fields.callerId')).toMatchObject({ types: ['null', 'number'], verdict: 'resolves' });
    expect(at('fields.portal')).toMatchObject({ verdict: 'not-tried' });
    expect(at('fields.callerId.shown')).toMatchObject({
      resolved: 2,
      types: ['string'],
      verdict: 'resolves',
    });
    expect(at('callFlows.queues.members')).toMatchObject({ types: ['array'], verdict: 'resolves' });
    expect(JSON.stringify(report)).not.toMatch(/Almac|34910000001|Ventas|acme\.example/);
  });

  test('proves what reading proves, and says what stays open and why', async () => {
    crowd();
    const report = await look();
    expect(report.proven).toEqual([
      'auth.refresh',
      'tenant.id',
      'tenant.scopes.0',
      'resources.extension.company',
      'resources.did.company',
      'resources.queue.company',
      'list.results',
      'list.pager',
      'identity.id',
      'callFlows.queues.id',
      'callFlows.queues.name',
      'callFlows.queues.number',
      'callFlows.queues.members',
      'callFlows.queues.member',
      'callFlows.dids.number',
      'callFlows.dids.leads',
      'callFlows.dids.to',
    ]);
    const why = Object.fromEntries(report.open.map(({ place, why }) => [place, why]));
    expect(why).toMatchObject({
      'fields.name': 'needs-selftest',
      update: 'only-by-writing',
      'fields.portal': 'only-by-writing',
      'tenant.name': 'needs-selftest',
    });
    expect([...report.proven, ...report.open.map(({ place }) => place)].sort()).toEqual(
      [...marksIn(guessed)].sort(),
    );
  });

  test('too few samples are no verdict', async () => {
    hireAt(box, '10', { mobile: undefined });
    const report = await look();
    expect([report.samples, report.enough]).toEqual([1, false]);
    expect(report.open.find(({ place }) => place === 'fields.mobile')?.why).toBe('few-samples');
    expect(report.proven).not.toContain('list.pager');
    expect(report.open.find(({ place }) => place === 'list.pager')?.why).toBe('one-page');
  });

  test('wrong guesses are found, with what is there instead', async () => {
    crowd();
    const fields = {
      ...guessed.fields,
      name: { path: 'fullName', verify: true },
      voicemail: { path: 'voicemail', verify: true },
    };
    const report = await look(edited(guessed, { fields }));
    const why = Object.fromEntries(report.open.map(({ place, why }) => [place, why]));
    expect(why).toMatchObject({ 'fields.name': 'not-found', 'fields.voicemail': 'wrong-type' });
    expect(report.difference.missing).toContainEqual({ place: 'fields.name', path: 'fullName' });
    expect(report.difference.unmapped).toContainEqual({ path: 'name', types: 'string' });
    expect(report.difference.mistyped).toEqual([
      { place: 'fields.voicemail', path: 'voicemail', expected: 'string', found: 'boolean' },
    ]);
  });

  test('a list that is elsewhere: where lists are', async () => {
    crowd();
    const profile = edited(guessed, { list: { ...guessed.list, results: { path: 'items', verify: true } } });
    const report = await look(profile);
    const call = report.calls.find(({ place }) => place === 'resources.extension.list');
    expect(call).toEqual({
      place: 'resources.extension.list',
      verdict: 'fails',
      evidence: [
        {
          says: 'error',
          of: { code: 'profile-guess-wrong', place: 'list.results', evidence: 'items: missing' },
        },
        { says: 'lists-at', of: { places: ['data'] } },
      ],
    });
    expect(report.samples).toBe(4);
    expect(report.open).toContainEqual({ place: 'list.results', why: 'not-found' });
    expect(report.open).toContainEqual({ place: 'fields.name', why: 'needs-selftest' });
    expect(report.proven).not.toContain('list.results');
  });

  test('a company that is not found as the profile says does not end the visit', async () => {
    crowd();
    const profile = edited(guessed, { tenant: { ...guessed.tenant, id: { path: 'code', verify: true } } });
    const report = await look(profile);
    expect(report.calls[0]).toMatchObject({ place: 'tenant', verdict: 'fails' });
    expect(report.samples).toBe(4);
    expect(report.open).toContainEqual({ place: 'tenant.id', why: 'not-found' });
  });

  test('a guess that reads something else than is declared is the suspect, and the rest is looked at', async () => {
    crowd();
    const identity = { tenant: '90001', tenantName: 'Otra S.L.' };
    const report = await probe(targetAt(server.url, { profile: guessed, identity }), contextOf());
    expect(report.open).toContainEqual({ place: 'tenant.name', why: 'other-value' });
    expect(report.proven).toContain('tenant.id');
    expect(report.samples).toBe(4);
  });

  test('a company that is known by its name only, and not found by it: which companies there are is still told', async () => {
    crowd();
    const target = targetAt(server.url, { profile: guessed, identity: { tenantName: 'Otra S.L.' } });
    const report = await probe(target, contextOf());
    expect([report.company, report.samples]).toEqual([null, 0]);
    expect(report.mappings.find(({ place }) => place === 'tenant.id')).toMatchObject({ resolved: 2, of: 2 });
    expect(report.open).toContainEqual({ place: 'tenant.name', why: 'other-value' });
    expect(JSON.stringify(report)).not.toMatch(/Acme|Beta|90001/);
    expect(said(server)).not.toContain('GET /extension');
  });

  test('a reading and a look agree where the server shows one company otherwise than a list of them', async () => {
    crowd();
    box.disturb = ({ route }) =>
      route === '/company/90001' ? json({ data: { id: 90001, name: 'Acme S.L.' } }) : undefined;
    const report = await look();
    expect(report.proven).toContain('tenant.id');
    const { identity } = await using(server, { profile: guessed }, (session) =>
      session.read({ kinds: ['extension'] }),
    );
    expect(identity.tenant).toBe('90001');
  });

  test('a call that is refused is told, and the rest is looked at', async () => {
    crowd();
    box.disturb = ({ route }) => (route === '/queue' ? json({}, { status: 403 }) : undefined);
    const report = await look();
    expect(report.calls.find(({ place }) => place === 'resources.queue.list')).toEqual({
      place: 'resources.queue.list',
      verdict: 'fails',
      evidence: [{ says: 'error', of: { code: 'forbidden', evidence: 'HTTP 403' } }],
    });
    expect(report.proven).toContain('list.results');
  });

  test('a refresh that answers something else is told', async () => {
    box.disturb = ({ route }) => (route === '/refresh' ? json({ jwt: 'x' }) : undefined);
    const report = await look();
    expect(report.calls.find(({ place }) => place === 'auth.refresh')).toMatchObject({ verdict: 'fails' });
    expect(report.open.find(({ place }) => place === 'auth.refresh')?.why).toBe('call-failed');
  });
});

describe('selftest', () => {
  test('proves every name that a server shows, and takes its canary away', async () => {
    crowd();
    const report = await trial();
    expect(report.left).toBeNull();
    expect(personAt(box.office, '9900')).toBeUndefined();
    expect(box.office.people).toHaveLength(4);
    expect(report.steps.filter(({ outcome }) => outcome === 'failed')).toEqual([]);
    expect(report.steps.map(({ step, field }) => field ?? step)).toEqual([
      'portal',
      'create',
      'read',
      'name',
      'email',
      'role',
      'internalOnly',
      'callerId',
      'mobile',
      'mobileExtension',
      'voicemail',
      'callRecording',
      'sip',
      'portal',
      'delete',
      'absence',
    ]);
    expect(report.open).toEqual([
      { place: 'auth.refresh', why: 'not-tried' },
      { place: 'auth.secondFactor', why: 'not-tried' },
      ...['id', 'name'].map((part) => ({ place: `tenant.${part}`, why: 'not-tried' })),
      { place: 'tenant.scopes.0', why: 'not-tried' },
      ...['did', 'queue'].map((kind) => ({ place: `resources.${kind}.company`, why: 'not-tried' })),
      { place: 'list.pager', why: 'not-tried' },
      { place: 'fields.sip', why: 'never-shown' },
      ...Array.from({ length: 6 }, (_, index) => ({ place: `errors.text.${index}`, why: 'not-tried' })),
      ...['id', 'name', 'number', 'members', 'member'].map((part) => ({
        place: `callFlows.queues.${part}`,
        why: 'not-tried',
      })),
      ...['number', 'leads', 'to'].map((part) => ({ place: `callFlows.dids.${part}`, why: 'not-tried' })),
    ]);
  });

  test('a lock on probe and selftest makes a profile that writes', async () => {
    crowd();
    const [seen, tested] = [await look(), await trial()];
    const places = [...seen.proven, ...tested.proven, 'fields.sip'];
    const profile = locked(guessed, places, tested.fingerprint);
    await using(server, { profile }, (session) => session.apply(creation({ callerId: '34910000001' }, '20')));
    expect(personAt(box.office, '20')?.fields).toMatchObject({ callerId: 71 });
    box.extra = { surprise: true };
    const error = await using(server, { profile }, (session) => errorOf(session.apply(creation({}, '21'))));
    expect(error.code).toBe('profile-changed');
  });

  test('without a proof of the SIP password a lock does not write one', async () => {
    crowd();
    const [seen, tested] = [await look(), await trial()];
    const profile = locked(guessed, [...seen.proven, ...tested.proven], tested.fingerprint);
    const error = await using(server, { profile }, (session) => errorOf(session.apply(creation())));
    expect([error.code, error.params.marks]).toEqual(['profile-unverified', ['fields.sip']]);
    const { sip: _none, ...secrets } = creation().secrets;
    await using(server, { profile }, (session) => session.apply({ ...creation({}, '22'), secrets }));
  });

  test('a readable SIP password is proven by reading it', async () => {
    const llano = newLlano();
    const other = await serveLlano(llano);
    const fields = { ...llanoProfile.fields, sip: { path: 'cuenta.clave', verify: true } };
    const profile = edited(llanoProfile, { fields });
    const report = await selftest(targetAt(other.url, { profile }), contextOf(), '995');
    expect([report.proven, report.left]).toEqual([['fields.sip'], null]);
    expect(report.steps.filter(({ outcome }) => outcome === 'failed')).toEqual([]);
    await other.stop();
  });

  test('a field that the server takes no notice of stays open', async () => {
    crowd();
    const fields = { ...guessed.fields, mobile: { path: 'cell', verify: true } };
    box.disturb = ({ method, route, sent }) => {
      if (method === 'GET' || route === '/login') return undefined;
      delete sent.cell;
      return undefined;
    };
    const report = await trial(edited(guessed, { fields }));
    expect(report.proven).not.toContain('fields.mobile');
    expect(report.open.find(({ place }) => place === 'fields.mobile')?.why).toBe('not-found');
    expect(report.left).toBeNull();
  });

  test('an update that changes something else proves neither', async () => {
    crowd();
    box.disturb = ({ method, sent }) => {
      if (method === 'PUT' && 'name' in sent) sent.plan = Math.floor(server.calls.length);
      return undefined;
    };
    const report = await trial();
    expect(report.proven).not.toContain('update');
    expect(report.open).toContainEqual({ place: 'update', why: 'side-effect' });
    expect(report.steps.find(({ field, step }) => step === 'update' && field === 'name')?.evidence).toEqual([
      { says: 'as-sent' },
      { says: 'also-changed', of: { keys: ['plan'] } },
    ]);
  });

  test('refuses numbers outside the range, numbers in use, and a session for reading', async () => {
    hireAt(box, '9901');
    const codes = [
      (await errorOf(trial(guessed, '10'))).code,
      (await errorOf(trial(guessed, '99000'))).code,
      (await errorOf(trial(guessed, '9901'))).code,
      (await errorOf(trial(shipped))).code,
      (
        await errorOf(
          selftest(targetAt(server.url, { profile: guessed }), contextOf({ purpose: 'read' }), '9900'),
        )
      ).code,
    ];
    expect(codes).toEqual([
      'canary-out-of-range',
      'canary-out-of-range',
      'canary-taken',
      'canary-undeclared',
      'read-only-session',
    ]);
    expect(writes(server)).toEqual([]);
  });

  test('a profile that lacks a call is not tried', async () => {
    const { delete: _none, ...extension } = guessed.resources.extension;
    const profile = edited(guessed, { resources: { ...guessed.resources, extension } });
    expect((await errorOf(trial(profile))).code).toBe('unsupported-operation');
    expect(writes(server)).toEqual([]);
  });

  test('a wrong company is not written to', async () => {
    const identity = { tenant: '90001', tenantName: 'Otra S.L.' };
    const trialOf = (profile: typeof guessed) => {
      const target = targetAt(server.url, { profile, identity });
      return errorOf(selftest(target, contextOf(), '9900'));
    };
    const suspect = await trialOf(guessed);
    expect([suspect.code, suspect.params.marks]).toEqual(['profile-identity-guess', ['tenant.name']]);
    const sure = edited(guessed, { tenant: { ...guessed.tenant, name: { path: 'name' } } });
    expect((await trialOf(sure)).code).toBe('wrong-identity');
    expect(writes(server)).toEqual([]);
  });

  test('a create that is refused ends it, with nothing left', async () => {
    box.disturb = ({ method, route }) =>
      method === 'POST' && route !== '/login' ? json({}, { status: 403 }) : undefined;
    const report = await trial();
    expect(report.steps.at(-1)).toMatchObject({
      step: 'create',
      outcome: 'failed',
      evidence: [{ says: 'error', of: { code: 'forbidden', evidence: 'HTTP 403' } }],
    });
    expect([report.left, report.proven]).toEqual([null, []]);
  });

  test('a server that breaks in the middle is cleaned up', async () => {
    crowd();
    box.disturb = ({ method }) => (method === 'PUT' ? html('boom', { status: 500 }) : undefined);
    const report = await trial();
    expect(report.left).toBeNull();
    expect(box.office.people).toHaveLength(4);
    expect(report.steps.some(({ step, outcome }) => step === 'update' && outcome === 'failed')).toBe(true);
  });

  test('an answer that is lost on the way is cleaned up', async () => {
    let lost = 0;
    box.disturb = ({ method, route, sent }) => {
      if (lost === 1 && method === 'GET' && route === '/extension') {
        lost += 1;
        return html('boom', { status: 500 });
      }
      if (lost > 0 || method !== 'POST' || route !== '/extension' || sent.password === undefined)
        return undefined;
      lost += 1;
      const { companyId: _company, number: _number, ...fields } = sent;
      hireAt(box, '9900', fields);
      return 'drop';
    };
    const report = await trial();
    expect(report.steps.at(-1)).toEqual({
      step: 'clean-up',
      outcome: 'done',
      evidence: [{ says: 'deleted' }],
    });
    expect([report.left, box.office.people]).toEqual([null, []]);
  });

  test('what cannot be taken away is told', async () => {
    box.disturb = ({ method }) => (method === 'DELETE' ? json({}, { status: 403 }) : undefined);
    const report = await trial();
    expect(report.left).toEqual({ host: server.url, company: '90001', number: '9900', id: '501' });
    expect(report.steps.at(-1)).toMatchObject({ step: 'clean-up', outcome: 'failed' });
    expect(report.open.find(({ place }) => place === 'fields.name')).toBeUndefined();
  });

  test('a deletion that deletes nothing is found', async () => {
    box.disturb = ({ method }) => (method === 'DELETE' ? { status: 204, text: '' } : undefined);
    const report = await trial();
    expect(report.left).toMatchObject({ number: '9900' });
    expect(report.proven).not.toContain('resources.extension.delete');
  });

  test('an abort in the middle is cleaned up by a new login', async () => {
    const stop = new AbortController();
    box.disturb = ({ method }) => {
      if (method === 'PUT') stop.abort(new Error('Ctrl-C'));
      return undefined;
    };
    const target = targetAt(server.url, { profile: guessed });
    const report = await selftest(target, contextOf({ signal: stop.signal }), '9900');
    expect([report.left, box.office.people]).toEqual([null, []]);
    expect([box.office.logins, box.office.tokens.size]).toEqual([2, 0]);
  });

  test('a create without the panel password that is accepted is taken away first', async () => {
    box.disturb = ({ method, route, sent }) => {
      if (method !== 'POST' || route !== '/extension' || sent.password !== undefined) return undefined;
      const { companyId: _company, number: _number, ...fields } = sent;
      return json(shown(hireAt(box, '9900', fields), box), { status: 201 });
    };
    const report = await trial();
    expect(report.steps[0]).toMatchObject({
      step: 'refusal',
      outcome: 'failed',
      evidence: [{ says: 'accepted-without' }],
    });
    expect(report.open).toContainEqual({ place: 'fields.portal', why: 'never-shown' });
    expect([report.left, box.office.people]).toEqual([null, []]);
  });

  test('a profile that is proven already stays so', async () => {
    const report = await trial(edited(proven, { canary }));
    expect([report.proven, report.open, report.left]).toEqual([[], [], null]);
  });
});

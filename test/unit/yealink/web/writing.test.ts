import { afterEach, describe, expect, it } from 'vitest';
import { Secret } from '../../../../engine/model/index.ts';
import type { Write } from '../../../../providers/contract.ts';
import { type Answer, html, json } from '../../../support/serve.ts';
import { errorOf } from '../../../support/session.ts';
import { takeApi } from './api-phone.ts';
import { answering, newPhone, type Phone } from './phone.ts';
import { result, takeServlet } from './servlet-phone.ts';
import {
  type Call,
  creation,
  deletion,
  notFound,
  relabel,
  type Server,
  scope,
  servePhone,
  using,
} from './support.ts';

let server: Server | undefined;
afterEach(() => server?.stop());

const v84 = () => newPhone('52.84.0.15', 'SIP-T21P_E2');

async function b1(phone: Phone): Promise<Server> {
  server = await servePhone(answering(phone, takeServlet('b1')));
  return server;
}

async function c(phone: Phone): Promise<Server> {
  server = await servePhone(answering(phone, takeApi));
  return server;
}

async function refused(at: Server, write: Write = relabel) {
  const error = await using(at, {}, (session) => errorOf(session.apply(write)));
  return [error.code, error.written, error.params.evidence ?? error.params.kind];
}

describe('an upload over the servlet', () => {
  it.each<[string, Answer, readonly unknown[]]>([
    ['noparam', result({ type: 'localcfg', result: 'noparam' }), ['config-refused', 'nothing', 'noparam']],
    ['large', result({ result: 'large' }), ['config-refused', 'nothing', 'large']],
    ['failed', result({ result: 'failed' }), ['config-refused', 'unknown', 'failed']],
    ['a word that is none', result({ result: '<b>' }), ['config-refused', 'unknown', 'odd']],
    ['413', { status: 413, text: '' }, ['config-refused', 'nothing', 'large']],
  ])('answered %s', async (_what, answer, outcome) => {
    const phone = v84();
    phone.disturb = ({ query }) => (query.get('m') === 'mod_res' ? answer : undefined);
    expect(await refused(await b1(phone))).toEqual(outcome);
  });

  it.each<[string, Answer, string]>([
    ['a page', html('ok'), 'unknown'],
    ['not found', notFound, 'nothing'],
    ['an error', { status: 500, text: '' }, 'unknown'],
  ])('answered by %s is a strange answer', async (_what, answer, written) => {
    const phone = v84();
    phone.disturb = ({ query }) => (query.get('m') === 'mod_res' ? answer : undefined);
    expect((await refused(await b1(phone))).slice(0, 2)).toEqual(['strange-answer', written]);
  });

  it('takes any number as done', async () => {
    const phone = v84();
    phone.disturb = ({ query }) => (query.get('m') === 'mod_res' ? result({ result: 12 }) : undefined);
    await expect(using(await b1(phone), {}, (session) => session.apply(relabel))).resolves.toEqual({});
  });

  it('is not tried without the token of the page', async () => {
    const phone = v84();
    phone.disturb = ({ name }) => (name === 'GET settings-config/load' ? html('no token here') : undefined);
    const at = await b1(phone);
    expect((await refused(at))[0]).toBe('strange-answer');
    expect(at.names()).not.toContain('POST upload/upload');
  });

  it('carries token and referer, and the size under the key of the page', async () => {
    const phone = v84();
    const at = await b1(phone);
    await using(at, {}, (session) => session.apply(relabel));
    const call = at.calls.find(({ query }) => query.get('m') === 'mod_res');
    expect(call?.headers.referer).toBe(`${at.url}/servlet?m=mod_data&p=settings-config&q=load`);
    expect(phone.keys.open(call?.query.get('maxlength') ?? '')).toBe('100KB');
  });
});

describe('an upload that is sent to another page', () => {
  const to = (location: string): Answer => ({ status: 302, headers: { location }, text: '' });
  const isUpload = ({ query }: Call) => query.get('m') === 'mod_res' || query.get('action') === 'import';

  it.each([
    ['b1', v84, b1],
    ['c', newPhone, c],
  ] as const)('may have succeeded, and is not repeated (%s)', async (_web, make, begin) => {
    const phone = make();
    phone.disturb = (call) => (isUpload(call) ? to('/done') : undefined);
    const at = await begin(phone);
    expect((await refused(at)).slice(0, 2)).toEqual(['strange-answer', 'unknown']);
    expect([at.calls.filter(isUpload).length, phone.logins]).toEqual([1, 1]);
  });

  it.each([
    ['b1', v84, b1],
    ['c', newPhone, c],
  ] as const)('that is the login was not heard, and is repeated (%s)', async (_web, make, begin) => {
    const phone = make();
    phone.disturb = (call) => {
      if (!isUpload(call) || phone.logins > 1) return undefined;
      phone.live = 0;
      return to('/login');
    };
    await using(await begin(phone), {}, (session) => session.apply(relabel));
    expect([phone.imports.length, phone.logins]).toEqual([1, 2]);
  });
});

describe('an upload by JSON', () => {
  it.each<[string, unknown, readonly unknown[]]>([
    ['failed', { ret: 'failed', msg: 'import_failed' }, ['config-refused', 'unknown', 'import_failed']],
    ['noparam', { ret: 'failed', data: 'noparam' }, ['config-refused', 'nothing', 'noparam']],
    ['no verdict', { answer: 42 }, ['strange-answer', 'unknown', 'no verdict']],
    [
      'a page',
      null,
      ['strange-answer', 'unknown', 'no answer in JSON: status 200, text/html, 30 bytes, HTML'],
    ],
  ])('answered %s', async (_what, answer, outcome) => {
    const phone = newPhone();
    phone.disturb = ({ query }) => {
      if (query.get('action') !== 'import') return undefined;
      return answer === null ? html('ok') : json(answer);
    };
    expect(await refused(await c(phone))).toEqual(outcome);
  });
});

describe('a call under way', () => {
  it.each([true, 1, '1', 'true', { talking: true }])('said as %j stops a write', async (talking) => {
    const phone = newPhone();
    phone.talking = talking;
    expect(await refused(await c(phone))).toEqual(['device-in-call', 'nothing', undefined]);
    expect(phone.imports).toEqual([]);
  });

  it.each([false, 0, '0', 'false', { talking: false }])('denied as %j stops nothing', async (talking) => {
    const phone = newPhone();
    phone.talking = talking;
    await using(await c(phone), {}, (session) => session.apply(relabel));
    expect(phone.imports).toHaveLength(1);
  });

  it('neither said nor denied stops a write', async () => {
    const phone = newPhone();
    phone.talking = 'perhaps';
    expect((await refused(await c(phone))).slice(0, 2)).toEqual(['strange-answer', 'nothing']);
  });

  it('cannot be asked of a build without the page', async () => {
    const phone = newPhone();
    phone.disturb = ({ name }) => (name.endsWith('talking') ? notFound : undefined);
    await using(await c(phone), {}, (session) => session.apply(relabel));
    expect(phone.imports).toHaveLength(1);
  });
});

describe('being asked whether a write would go through', () => {
  it('writes nothing', async () => {
    const phone = newPhone();
    await using(await c(phone), { purpose: 'read' }, (session) => session.ready());
    expect(phone.imports).toEqual([]);
  });

  it('tells of a call', async () => {
    const phone = newPhone();
    phone.talking = true;
    const error = await using(await c(phone), {}, (session) => errorOf(session.ready()));
    expect([error.code, error.written]).toEqual(['device-in-call', 'nothing']);
  });

  it('tells of another phone', async () => {
    const error = await using(await c(newPhone()), { mac: '805ec0000002' }, (s) => errorOf(s.ready()));
    expect(error.code).toBe('wrong-identity');
  });
});

describe('what is sent', () => {
  it('is nothing where nothing changes', async () => {
    const phone = newPhone();
    await using(await c(phone), {}, (session) => session.apply({ ...relabel, values: {} } as Write));
    expect(phone.imports).toEqual([]);
  });

  it('is nothing where a value would begin a setting of its own', async () => {
    const phone = newPhone();
    const values = { label: 'x\naccount.1.enable = 0' };
    const [code, written] = await refused(await c(phone), { ...relabel, values } as Write);
    expect([code, written, phone.imports]).toEqual(['text-uncarriable', 'nothing', []]);
  });

  it('is nothing where a secret would', async () => {
    const phone = newPhone();
    const secrets = { password: new Secret('a\nb = c') };
    const [code, written] = await refused(await c(phone), { ...creation, secrets } as Write);
    expect([code, written, phone.imports]).toEqual(['text-uncarriable', 'nothing', []]);
  });

  it('is the same twice, and comes to the same', async () => {
    const phone = newPhone();
    const readings = await using(await c(phone), {}, async (session) => {
      await session.apply(creation);
      const first = await session.read(scope);
      await session.apply(creation);
      return [first, await session.read(scope)];
    });
    expect(readings[0]).toEqual(readings[1]);
  });

  it('may be the deletion of a line that is gone', async () => {
    const phone = newPhone();
    await using(await c(phone), {}, async (session) => {
      await session.apply(deletion);
      await session.apply(deletion);
    });
    expect(phone.settings.get('account.1.enable')).toBe('0');
  });
});

it('asks one thing after the other, whatever is asked at once', async () => {
  const phone = newPhone();
  const at = await c(phone);
  await using(at, {}, async (session) => {
    await Promise.all([session.registrations(['1']), session.apply(relabel), session.ready()]);
  });
  expect(at.names().slice(4, -1)).toEqual([
    'POST common/info',
    'POST common/info',
    'GET common/info/status/talking',
    'GET autop/status',
    'POST diagnosis/cfg/file',
    'POST common/info',
    'POST common/info',
    'GET common/info/status/talking',
  ]);
});

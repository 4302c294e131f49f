import { afterEach, describe, expect, it } from 'vitest';
import type { Reading } from '../../../providers/contract.ts';
import { errorOf } from '../../support/session.ts';
import { answerOf, type Box, extension, newBox } from './box.ts';
import { failed, type Opening, ok, type Server, serveBox, using } from './support.ts';

let server: Server | undefined;
afterEach(() => server?.stop());

async function start(box: Box): Promise<Server> {
  server = await serveBox(answerOf(box));
  return server;
}

function boxWith(generation: 1 | 2, ...numbers: string[]): Box {
  const box = newBox(generation);
  for (const number of numbers) box.extensions.set(number, extension(number));
  return box;
}

async function read(box: Box, opening: Opening = {}): Promise<Reading> {
  return using(await start(box), opening, (session) => session.read({ kinds: ['extension'] }));
}

async function failedRead(box: Box) {
  return using(await start(box), {}, (session) => errorOf(session.read({ kinds: ['extension'] })));
}

describe('reading', () => {
  it('costs three requests, whatever the number of extensions', async () => {
    const numbers = Array.from({ length: 300 }, (_, index) => String(1000 + index));
    const { resources } = await read(boxWith(2, ...numbers));
    expect(resources.map(({ key }) => key)).toEqual(numbers);
    expect(server?.paths()).toEqual([
      'v2.0.0/login',
      'v2.0.0/deviceinfo/query',
      'v2.0.0/extension/list',
      'v2.0.0/extension/query',
      'v2.0.0/logout',
    ]);
  });

  it('asks v1.x in its own words', async () => {
    const { resources } = await read(boxWith(1, '10'));
    expect(resources.map(({ key }) => key)).toEqual(['10']);
    expect(server?.paths().slice(2, 5)).toEqual([
      'v1.1.0/deviceinfo/query',
      'v1.1.0/extensionlist/query',
      'v1.1.0/extension/query',
    ]);
  });

  it('says what the box is', async () => {
    const { edition, identity } = await read(boxWith(2));
    expect([edition, identity]).toEqual(['S50, firmware 30.13.0.30, API v2.0.0', { serial: '369253450008' }]);
  });

  it('shows analogue extensions as what they are', async () => {
    const box = boxWith(2, '10');
    box.analogue.push('20');
    const { resources } = await read(box);
    expect(resources[1]).toEqual({
      kind: 'extension',
      key: '20',
      values: { number: '20', type: 'fxs', name: 'Fax' },
      secrets: {},
      observed: { status: 'Idle' },
    });
  });

  it('reads an empty box that answers with an error as empty', async () => {
    const box = newBox();
    box.disturb = ({ path }) => (path.endsWith('extension/query') ? failed('10006') : undefined);
    expect((await read(box)).resources).toEqual([]);
  });

  it('prints no secret', async () => {
    const reading = await read(boxWith(2, '10'));
    expect(JSON.stringify(reading)).not.toContain('Zt5kPm');
  });
});

describe('what this box can do', () => {
  it('writes everything on v2.0.0, without a commit', async () => {
    const box = newBox();
    box.extensions.set('10', extension('10', { nat: 'no' }));
    expect((await read(box)).can).toEqual({
      guidedActions: {},
      guidedFields: {},
      hiddenFields: {},
      commit: false,
    });
  });

  it('leaves creating and deleting on v1.x to a person', async () => {
    const { can } = await read(boxWith(1, '10'));
    expect([can.guidedActions, can.commit]).toEqual([{ extension: ['create', 'delete'] }, true]);
  });

  it('leaves nat to a person where no extension shows it, and never calls it converged', async () => {
    const { can } = await read(boxWith(2, '10'));
    expect([can.guidedFields, can.hiddenFields]).toEqual([{ extension: ['nat'] }, { extension: ['nat'] }]);
  });

  it('cannot tell without any SIP extension', async () => {
    const box = newBox();
    box.analogue.push('20');
    const { can } = await read(box);
    expect([can.guidedFields, can.hiddenFields]).toEqual([{}, {}]);
  });

  it('names what this box hides', async () => {
    const box = newBox();
    const { email: _e, registerpassword: _p, ...rest } = extension('10', { nat: 'no' });
    box.extensions.set('10', rest);
    expect((await read(box)).can.hiddenFields).toEqual({ extension: ['email', 'sip'] });
  });
});

describe('an answer that is not whole', () => {
  it.each(['10', '11'])('throws where the query leaves out %s', async (missing) => {
    const box = boxWith(2, '10', '11');
    const rest = ['10', '11'].filter((number) => number !== missing).map((number) => extension(number));
    box.disturb = ({ path }) => (path.endsWith('extension/query') ? { ...ok, extinfos: rest } : undefined);
    const error = await failedRead(box);
    expect([error.code, error.params.evidence]).toEqual([
      'strange-answer',
      'list and query disagree on 1 extensions',
    ]);
  });

  it('throws where the list leaves one out', async () => {
    const box = boxWith(2, '10');
    box.disturb = ({ path }) => (path.endsWith('extension/list') ? { ...ok, extlist: [] } : undefined);
    expect((await failedRead(box)).code).toBe('strange-answer');
  });

  it('looks again once, since somebody may have added one in between', async () => {
    const box = boxWith(2, '10');
    let late = true;
    box.disturb = ({ path }) => {
      if (late && path.endsWith('extension/query')) {
        late = false;
        box.extensions.set('11', extension('11'));
      }
      return undefined;
    };
    const { resources } = await read(box);
    expect(resources.map(({ key }) => key)).toEqual(['10', '11']);
  });

  it.each([
    ['no list', { ...ok }],
    ['no objects', { ...ok, extlist: ['10'] }],
    ['no number', { ...ok, extlist: [{ type: 'SIP' }] }],
    ['one twice', { ...ok, extlist: [{ number: '10' }, { number: '10' }] }],
    ['an array', { status: 200, text: '[]' }],
    ['no status', { extlist: [] }],
    ['half an answer', { status: 200, text: '{"status":"Success","extlist":[' }],
  ])('throws on %s', async (_what, reply) => {
    const box = boxWith(2, '10');
    box.disturb = ({ path }) => (path.endsWith('extension/list') ? reply : undefined);
    expect((await failedRead(box)).code).toBe('strange-answer');
  });

  it('tells forbidden and unreachable apart from empty', async () => {
    const box = boxWith(2, '10');
    box.disturb = ({ path }) =>
      path.endsWith('extension/list') ? { status: 403, text: 'Forbidden' } : undefined;
    expect((await failedRead(box)).code).toBe('forbidden');
  });
});

describe('registrations', () => {
  it.each([
    ['Registered', 'registered'],
    ['idle', 'registered'],
    ['Ringing', 'registered'],
    ['Busy', 'registered'],
    ['Hold', 'registered'],
    ['unavailable', 'unregistered'],
    ['Malfunction', 'unregistered'],
    ['Fxsnoport', 'unknown'],
    ['', 'unknown'],
    ['constructor', 'unknown'],
  ])('takes %s as %s, and says that this is inferred', async (word, status) => {
    const box = newBox();
    const extlist = [{ number: '10', type: 'SIP', status: word, username: 'A' }];
    box.disturb = ({ path }) => (path.endsWith('extension/list') ? { ...ok, extlist } : undefined);
    const found = await using(await start(box), {}, async (session) => session.registrations?.(['10', '11']));
    expect(found).toEqual([
      { key: '10', status, evidence: `list says ${word || 'nothing'} (inferred)` },
      { key: '11', status: 'unknown', evidence: 'not in the list' },
    ]);
  });
});

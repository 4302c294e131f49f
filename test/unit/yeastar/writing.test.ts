import { describe, expect, it } from 'vitest';
import { Secret } from '../../../engine/model/index.ts';
import type { Write } from '../../../providers/contract.ts';
import { errorOf } from '../../support/session.ts';
import { newBox } from './box.ts';
import { creation, deletion, failed, ok, SIP_SECRET, update, using } from './support.ts';
import { applied, boxWith, refused, start, writes } from './writing-scene.ts';

describe('creating', () => {
  it('sends everything in one request, the number as registration name where none is declared', async () => {
    await applied(newBox(), creation({ name: 'Almacen', internalOnly: true, type: 'sip', number: '10' }));
    expect(writes()).toEqual([
      [
        'add',
        {
          username: 'Almacen',
          registername: '10',
          registerpassword: SIP_SECRET,
          callrestriction: 'on',
          number: '10',
        },
      ],
    ]);
  });

  it('keeps a declared registration name', async () => {
    const box = newBox();
    await applied(box, creation({ name: 'Almacen', registrationName: 'acme10' }));
    expect(box.extensions.get('10')?.registername).toBe('acme10');
  });

  it('wants a name and a SIP secret before anything is sent', async () => {
    expect(await refused(newBox(), creation({}))).toEqual(['field-required', 'nothing']);
    expect(await refused(newBox(), { ...creation(), secrets: {} } as Write)).toEqual([
      'secret-required',
      'nothing',
    ]);
  });

  it('is done where the same extension stands there already', async () => {
    const box = newBox();
    await using(await start(box), {}, async (session) => {
      await session.apply(creation());
      await session.apply(creation());
    });
    expect(box.extensions.size).toBe(1);
  });

  it('never overwrites another extension', async () => {
    expect(await refused(boxWith('10'), creation())).toEqual(['already-exists', 'nothing']);
  });

  it('does not know what became of it where the answer is lost', async () => {
    const box = newBox();
    box.disturb = ({ path }) => (path.endsWith('/add') ? 'drop' : undefined);
    expect(await refused(box, creation())).toEqual(['connection-reset', 'unknown']);
  });

  it('ends in time where the box never answers, and closes in time too', async () => {
    const box = newBox();
    box.disturb = ({ path }) => (/add|logout/.test(path) ? 'hang' : undefined);
    const opening = { options: { timeLimitMs: 150 } };
    expect(await refused(box, creation(), opening)).toEqual(['timeout', 'unknown']);
  }, 1_500);

  it.each([
    ['10087', 'limit-reached', 'nothing'],
    ['10017', 'value-refused', 'nothing'],
    ['10006', 'not-found', 'nothing'],
    ['20010', 'strange-answer', 'unknown'],
    ['10099', 'strange-answer', 'unknown'],
  ])('maps errno %s', async (errno, code, written) => {
    const box = newBox();
    box.disturb = ({ path }) => (path.endsWith('/add') ? failed(errno) : undefined);
    expect(await refused(box, creation())).toEqual([code, written]);
  });

  it('says that a refused password is weak', async () => {
    const box = newBox();
    box.disturb = ({ path }) => (path.endsWith('/add') ? failed('10017') : undefined);
    const weak = { ...creation(), secrets: { sip: new Secret('abcdefgh') } } as Write;
    expect(await refused(box, weak)).toEqual(['secret-weak', 'nothing']);
  });
});

describe('updating', () => {
  it('sends only what changes', async () => {
    await applied(boxWith('10'), update({ email: 'almacen@acme.example' }, { pin: new Secret('4071') }));
    expect(writes()).toEqual([['update', { email: 'almacen@acme.example', vmsecret: '4071', number: '10' }]]);
  });

  it('sends nothing where nothing changes', async () => {
    await applied(boxWith('10'), update({}));
    expect(writes()).toEqual([]);
  });

  it('fails on an extension that is gone', async () => {
    expect(await refused(newBox(), update({ email: 'a@acme.example' }))).toEqual(['not-found', 'nothing']);
  });

  it('touches no analogue extension', async () => {
    const box = newBox();
    box.analogue.push('10');
    expect(await refused(box, update({ name: 'A' }))).toEqual(['unsupported-operation', 'nothing']);
    expect(await refused(box, deletion)).toEqual(['unsupported-operation', 'nothing']);
    expect(writes()).toEqual([]);
  });

  it.each<[Record<string, string>, string]>([
    [{ sip: 'short' }, 'secret-too-short'],
    [{ pin: '12a4' }, 'secret-characters'],
  ])('refuses the secret %j before it is sent', async (clear, code) => {
    const secrets = Object.fromEntries(
      Object.entries(clear).map(([field, value]) => [field, new Secret(value)]),
    );
    expect(await refused(boxWith('10'), update({}, secrets))).toEqual([code, 'nothing']);
    expect(writes()).toEqual([]);
  });

  it('takes four registrations as the most on a Cloud PBX', async () => {
    const box = boxWith('10');
    const deviceinfo = { devicename: 'Cloud', sn: '1', firmwarever: '81.13.0.30' };
    box.disturb = ({ path }) => (path.endsWith('deviceinfo/query') ? { ...ok, deviceinfo } : undefined);
    expect(await refused(box, update({ concurrentRegistrations: 5 }))).toEqual([
      'value-out-of-range',
      'nothing',
    ]);
  });

  it.each([
    [429, 'target-busy', 'nothing'],
    [503, 'target-busy', 'unknown'],
    [500, 'strange-answer', 'unknown'],
    [502, 'unreachable', 'unknown'],
    [404, 'strange-answer', 'nothing'],
    [200, 'strange-answer', 'unknown'],
  ])('status %i without JSON is %s, %s written', async (status, code, written) => {
    const box = boxWith('10');
    box.disturb = ({ path }) => (path.endsWith('/update') ? { status, text: '<html>' } : undefined);
    expect(await refused(box, update({ name: 'B' }))).toEqual([code, written]);
  });

  it('repeats a write that met a dead token, after one login', async () => {
    const box = boxWith('10');
    let dead = true;
    box.disturb = ({ path }) => {
      if (!dead || !path.endsWith('/update')) return undefined;
      dead = false;
      return failed('20004');
    };
    await applied(box, update({ name: 'B' }));
    expect([box.extensions.get('10')?.username, box.tokens]).toEqual(['B', 2]);
  });
});

describe('deleting', () => {
  it('succeeds, also on what is gone', async () => {
    const box = boxWith('10');
    await using(await start(box), {}, async (session) => {
      await session.apply(deletion);
      await session.apply(deletion);
    });
    expect(box.extensions.size).toBe(0);
  });

  it('takes a failed delete of what is gone as done', async () => {
    const box = newBox();
    box.disturb = ({ path }) => (path.endsWith('/delete') ? failed('10086') : undefined);
    await expect(applied(box, deletion)).resolves.toBeUndefined();
  });

  it('fails where the extension stays', async () => {
    const box = boxWith('10');
    box.disturb = ({ path }) => (path.endsWith('/delete') ? failed('10086') : undefined);
    expect(await refused(box, deletion)).toEqual(['value-refused', 'nothing']);
  });

  it.each(['all', '10,11', ''])('never sends %j', async (key) => {
    const box = boxWith('10');
    expect(await refused(box, { ...deletion, key })).toEqual(['value-characters', 'nothing']);
    expect(writes()).toEqual([]);
  });
});

describe('nat', () => {
  it('goes apart, in the words of the box, and is read back', async () => {
    const box = boxWith('10', { nat: 'no' });
    await applied(box, update({ nat: true, email: 'a@acme.example' }));
    expect(writes()).toEqual([
      ['update', { email: 'a@acme.example', number: '10' }],
      ['update', { nat: 'yes', number: '10' }],
    ]);
  });

  it('is set after a create', async () => {
    const box = boxWith('20', { nat: 'off' });
    box.defaults = { nat: 'off' };
    await applied(box, creation({ name: 'Almacen', nat: true }));
    expect(box.extensions.get('10')?.nat).toBe('on');
  });

  it('needs no write where the box has it so already', async () => {
    await applied(boxWith('10', { nat: 'yes' }), update({ nat: true }));
    expect(writes()).toEqual([]);
  });

  it('is reported where the box takes no notice', async () => {
    const box = boxWith('10', { nat: 'no' });
    box.deaf = ['nat'];
    expect(await refused(box, update({ nat: true }))).toEqual(['field-ignored', 'something']);
  });

  it('is refused before anything is sent where the box does not show it', async () => {
    expect(await refused(boxWith('10'), update({ nat: true, name: 'B' }))).toEqual([
      'unsupported-operation',
      'nothing',
    ]);
    expect(writes()).toEqual([]);
  });

  it('is tried on an empty box, and reported where the new extension does not show it', async () => {
    expect(await refused(newBox(), creation({ name: 'A', nat: true }))).toEqual([
      'unsupported-operation',
      'something',
    ]);
  });

  it('is set on an empty box that shows it', async () => {
    const box = newBox();
    box.defaults = { nat: '0' };
    await applied(box, creation({ name: 'A', nat: true }));
    expect(box.extensions.get('10')?.nat).toBe('1');
  });

  it('says that something was written where only nat is refused', async () => {
    const box = boxWith('10', { nat: 'no' });
    box.disturb = ({ path, body }) => (path.endsWith('/update') && body.nat ? failed('10017') : undefined);
    expect(await refused(box, update({ nat: true, name: 'B' }))).toEqual(['value-refused', 'something']);
  });
});

describe('who may write', () => {
  it('is no session for reading', async () => {
    const opening = { purpose: 'read' } as const;
    expect(await refused(boxWith('10'), update({ name: 'B' }), opening)).toEqual([
      'read-only-session',
      'nothing',
    ]);
    const box = boxWith('10', {}, 1);
    const error = await using(await start(box), opening, (session) =>
      errorOf(Promise.resolve(session.commit?.())),
    );
    expect([error.code, writes()]).toEqual(['read-only-session', []]);
  });

  it('is nobody on another box than the declared one', async () => {
    const opening = { identity: { serial: '000000000000' } };
    expect(await refused(boxWith('10'), update({ name: 'B' }), opening)).toEqual([
      'wrong-identity',
      'nothing',
    ]);
    expect(writes()).toEqual([]);
  });

  it('is anybody on the declared one', async () => {
    const box = boxWith('10');
    await applied(box, update({ name: 'B' }), { identity: { serial: '369253450008' } });
    expect(box.extensions.get('10')?.username).toBe('B');
  });
});

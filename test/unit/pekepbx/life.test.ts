import { describe, expect, test } from 'vitest';
import { Secret } from '../../../engine/model/index.ts';
import type { ProfileDocument } from '../../../engine/model/profile.ts';
import { driver } from '../../../providers/pbx/pekepbx/driver.ts';
import type { Server } from '../../support/serve.ts';
import { galletasProfile, newGalletas, serveGalletas } from './galletas.ts';
import { newLaravel, serveLaravel } from './laravel.ts';
import { llanoProfile, newLlano, serveLlano } from './llano.ts';
import type { Office } from './office.ts';
import { creation, deletion, desired, errorOf, proven, targetAt, update, using } from './support.ts';

interface Face {
  readonly profile: ProfileDocument;
  readonly start: () => Promise<{ readonly office: Office; readonly server: Pick<Server, 'url' | 'stop'> }>;
  /** A number of the company as the server's profile writes it here. */
  readonly callerId: string;
  readonly mobiles: readonly [string, string];
}

const faces: Readonly<Record<string, Face>> = {
  laravel: {
    profile: proven,
    start: async () => {
      const box = newLaravel();
      return { office: box.office, server: await serveLaravel(box) };
    },
    callerId: '34910000002',
    mobiles: ['34600000001', '34600000002'],
  },
  llano: {
    profile: llanoProfile,
    start: async () => {
      const box = newLlano();
      return { office: box.office, server: await serveLlano(box) };
    },
    callerId: '+34910000002',
    mobiles: ['34600000001', '34600000002'],
  },
  galletas: {
    profile: galletasProfile,
    start: async () => {
      const box = newGalletas();
      return { office: box.office, server: await serveGalletas(box) };
    },
    callerId: '+34910000002',
    mobiles: ['+34600000001', '+34600000002'],
  },
};

/** Values for every field that a profile maps, plain ones only. */
function everything({ profile, callerId, mobiles }: Face): Record<string, string | boolean> {
  const all = {
    name: 'Recepción Ñandú',
    email: 'recepcion@acme.example',
    role: 'admin',
    internalOnly: true,
    callerId,
    mobile: mobiles[0],
    mobileExtension: '610',
    voicemail: false,
    callRecording: true,
  };
  return Object.fromEntries(Object.entries(all).filter(([name]) => name in profile.fields));
}

function others({ profile, mobiles }: Face): Record<string, string | boolean> {
  const all = {
    name: 'Recepción 2',
    email: 'otra@acme.example',
    role: 'user',
    internalOnly: false,
    callerId: 'anonymous',
    mobile: mobiles[1],
    mobileExtension: '611',
    voicemail: true,
    callRecording: false,
  };
  return Object.fromEntries(Object.entries(all).filter(([name]) => name in profile.fields));
}

const scope = { kinds: ['extension'] } as const;

describe.each(Object.entries(faces))('the life of an extension on %s', (_name, face) => {
  const { profile } = face;
  const hidden = (name: string) => {
    const field = profile.fields[name as keyof ProfileDocument['fields']];
    return field?.writeOnly === true || field?.detail === true;
  };
  const shown = (values: Record<string, string | boolean>) =>
    Object.fromEntries(Object.entries(values).filter(([name]) => !hidden(name)));

  async function on<T>(use: (office: Office, server: Pick<Server, 'url'>) => Promise<T>): Promise<T> {
    const { office, server } = await face.start();
    try {
      return await use(office, server);
    } finally {
      await server.stop();
    }
  }

  const read = (server: Pick<Server, 'url'>) =>
    using(server, { profile, purpose: 'read' }, (session) => session.read(scope));

  test('what was created reads back as the normalised desired', () =>
    on(async (_office, server) => {
      const want = everything(face);
      const { values } = driver.normalise(desired(want), targetAt(server.url, { profile }));
      await using(server, { profile }, (session) => session.apply(creation(values)));
      const [made] = (await read(server)).resources;
      expect(made?.values).toEqual({
        number: '10',
        registrationName: 'ext9000110',
        ...shown(values as Record<string, string>),
      });
    }));

  test('each field changes alone, and all others stay', () =>
    on(async (office, server) => {
      const first = everything(face);
      await using(server, { profile }, async (session) => {
        await session.apply(creation(first));
        for (const [field, value] of Object.entries(others(face))) {
          const before = { ...(await session.read(scope)).resources[0]?.values };
          await session.apply(update({ [field]: value }));
          const after = (await session.read(scope)).resources[0]?.values;
          expect(after).toEqual(hidden(field) ? before : { ...before, [field]: value });
        }
      });
      expect(JSON.stringify(office.people[0]?.fields)).toContain('Kw4mTz-Qp7rXb9sNd3hV');
    }));

  test('a write twice is a write once', () =>
    on(async (office, server) => {
      const write = creation(everything(face));
      await using(server, { profile }, async (session) => {
        const first = await session.apply(write);
        expect(await session.apply(write)).toEqual(first);
        const one = update({ name: 'Otra' });
        await session.apply(one);
        const once = JSON.stringify(office.people[0]?.fields.email);
        await session.apply(one);
        expect(JSON.stringify(office.people[0]?.fields.email)).toBe(once);
      });
      await using(server, { profile }, (session) =>
        session.apply({ ...write, values: { ...write.values, name: 'Otra' } }),
      );
      expect(office.people).toHaveLength(1);
    }));

  test('a create over something else is refused, and nothing is written', () =>
    on(async (office, server) => {
      await using(server, { profile }, (session) => session.apply(creation(everything(face))));
      const before = JSON.stringify(office.people);
      const other = creation({ name: 'Quien sea' });
      const error = await using(server, { profile }, (session) => errorOf(session.apply(other)));
      expect([error.code, error.written]).toEqual(['already-exists', 'nothing']);
      expect(JSON.stringify(office.people)).toBe(before);
    }));

  test('one that a colleague makes meanwhile is not overwritten', () =>
    on(async (office, server) => {
      const error = await using(server, { profile }, async (session) => {
        await session.read(scope);
        await using(server, { profile }, (colleague) => colleague.apply(creation({ name: 'Ajena' })));
        return errorOf(session.apply(creation({ name: 'Nuestra' })));
      });
      expect([error.code, error.written]).toEqual(['already-exists', 'nothing']);
      expect(office.people).toHaveLength(1);
    }));

  test('deleting takes it away, and deleting what is gone succeeds', () =>
    on(async (office, server) => {
      await using(server, { profile }, async (session) => {
        await session.apply(deletion());
        await session.apply(creation(everything(face)));
        await session.apply(deletion());
        await session.apply(deletion());
      });
      expect(office.people).toEqual([]);
      expect((await read(server)).resources).toEqual([]);
    }));

  test('deleting one that somebody deleted meanwhile succeeds', () =>
    on(async (office, server) => {
      await using(server, { profile }, async (session) => {
        await session.apply(creation(everything(face)));
        office.people = [];
        await session.apply(deletion());
      });
    }));

  test('changing one that is not there is not-found', () =>
    on(async (_office, server) => {
      const error = await using(server, { profile }, (session) =>
        errorOf(session.apply(update({ name: 'x' }))),
      );
      expect([error.code, error.written]).toEqual(['not-found', 'nothing']);
    }));

  test('a panel password changes without being shown', () =>
    on(async (office, server) => {
      await using(server, { profile }, async (session) => {
        await session.apply(creation(everything(face)));
        await session.apply(update({}, { portal: new Secret('Hd7cRw-Kx4pVb9nTm6sQ') }));
      });
      const stored = JSON.stringify(office.people[0]?.fields);
      expect(stored).toContain('Hd7cRw-Kx4pVb9nTm6sQ');
      expect(stored).not.toContain('Zt5kPm-Wq8sLc2vXn6bH');
      expect(stored).toContain('Kw4mTz-Qp7rXb9sNd3hV');
    }));

  test('the other company is never touched', () =>
    on(async (office, server) => {
      const beta = { profile, identity: { tenant: '90002' } };
      const foreign = creation({ name: 'Ajena' });
      await using(server, beta, (session) => session.apply(foreign));
      const before = JSON.stringify(office.people);
      await using(server, { profile }, async (session) => {
        expect((await session.read(scope)).resources).toEqual([]);
        await session.apply(creation(everything(face)));
        await session.apply(update({ name: 'x' }));
        await session.apply(deletion());
      });
      expect(JSON.stringify(office.people)).toBe(before);
    }));

  test('every session logs in once and out once', () =>
    on(async (office, server) => {
      await using(server, { profile }, async (session) => {
        await session.read(scope);
        await session.apply(creation(everything(face)));
        await session.close();
      });
      expect([office.logins, office.logouts]).toEqual([1, 1]);
    }));
});

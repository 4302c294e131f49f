import { describe, expect, it } from 'vitest';
import { reveal, Secret } from '../../../../engine/model/index.ts';
import { ensureBoot, leadsToFile } from '../../../../providers/device/yealink/publish/boot.ts';
import type { StoredFile, StoreFiles } from '../../../../providers/transport/store.ts';
import { phone } from '../pure/declared.ts';
import { MAC } from './desk.ts';

const boot = `${MAC}.boot`;
const common = 'y000000000000.boot';
const ours = `#!version:1.0.0.1\ninclude:config "${MAC}.cfg"\n`;
const others = '#!version:1.0.0.1\ninclude:config "other.cfg"\n';

type Aside = Pick<StoredFile, 'aside'>;

/** A store in memory. A file may lie aside, as on a server that was cut off while it replaced it. */
function storeOf(files: Readonly<Record<string, string>>, aside: readonly string[] = []) {
  const lying = new Map(Object.entries(files));
  const hidden = new Set(aside);
  const store: StoreFiles = {
    read: async (name) => {
      const text = lying.get(name);
      const facts: Aside = hidden.has(name) ? { aside: true } : {};
      return text === undefined ? null : { text: new Secret(text), modifiedAt: 0, ...facts };
    },
    list: async () => [...lying.keys()],
    write: async (name, content) => {
      lying.set(name, reveal(content));
      hidden.delete(name);
    },
    readLog: async () => null,
    close: async () => {},
  };
  return { store, lying, hidden };
}

describe('a phone comes to its file', () => {
  it.each([
    ['without any boot file', {}, true],
    ['by its own boot file', { [boot]: ours, [common]: others }, true],
    ['by the common one', { [common]: ours }, true],
    ['not by an own one that names others', { [boot]: others, [common]: ours }, false],
    ['not by a common one that names others', { [common]: others }, false],
  ])('%s', async (_, files, leads) => {
    expect(await leadsToFile(storeOf(files).store, MAC, 'v83')).toBe(leads);
  });

  it('whatever its boot file says where its firmware knows none', async () => {
    expect(await leadsToFile(storeOf({ [boot]: others }).store, MAC, 'v80')).toBe(true);
  });

  it('not by a boot file that lies aside', async () => {
    const { store } = storeOf({ [boot]: ours, [common]: others }, [boot]);
    expect(await leadsToFile(store, MAC, 'v83')).toBe(false);
  });
});

it('a boot file that lies aside is put back as it was', async () => {
  const { store, lying, hidden } = storeOf({ [boot]: ours }, [boot]);
  await ensureBoot(store, MAC, 'v83', phone(), () => {});
  expect([lying.get(boot), hidden.size]).toEqual([ours, 0]);
});

import { AltaError } from '../../engine/model/index.ts';
import type { LabBox } from '../../lab/settings.ts';
import type { Flags } from '../flags.ts';

/** What stands on each box before anybody declares anything. */
const seededExtensions = 3;

/** What can be simulated, by the edition that the command line names. */
const editions = {
  'v2.0.0': (name, extensions) => ({ name, edition: 'v2.0.0', extensions }),
  'v1.1.0': (name, extensions) => ({ name, edition: 'v1.1.0', extensions }),
  'p-series': (name, extensions) => ({ driver: 'yeastar-p', name, extensions }),
  meetip: (name, extensions) => platform(name, 'v1', extensions),
  'meetip-v2': (name, extensions) => platform(name, 'v2', extensions),
  'pekepbx-a': (name, extensions) => ({ driver: 'pekepbx', name, edition: 'a', extensions }),
  'pekepbx-b': (name, extensions) => ({ driver: 'pekepbx', name, edition: 'b', extensions }),
} as const satisfies Record<string, (name: string, extensions: number) => LabBox>;

/** Its DID leads to the third phone of the lab's client. */
function platform(name: string, edition: 'v1' | 'v2', extensions: number): LabBox {
  const dids = [{ number: '34910000010', ext: '503', name: 'Atención' }];
  return { driver: 'meetip', name, edition, tenants: [{ code: '301', name: 'Acme S.L.', extensions, dids }] };
}

/** Where nothing is said: one box that can do everything, and one that leaves creating to a person. */
const few = ['sede:v2.0.0', 'almacen:v1.1.0'];

/** One of each kind. */
const all = [...few, 'nube:p-series', 'sip17:meetip', 'sip2:meetip-v2', 'pbx2:pekepbx-a', 'pbx3:pekepbx-b'];

/**
 * The boxes of `--boxes`: few without it, one of each kind where it stands alone.
 *
 * @throws AltaError `option-value`.
 */
export function boxesOf({
  boxes,
  extensions = seededExtensions,
}: Pick<Flags, 'boxes' | 'extensions'>): LabBox[] {
  const wanted = boxes === undefined ? few : boxes === true ? all : boxes;
  return wanted.map((text) => {
    const [, name, edition = 'v2.0.0'] = /^([a-z0-9][a-z0-9-]*)(?::([a-z0-9.-]+))?$/.exec(text) ?? [];
    if (name === undefined || !isEdition(edition)) {
      throw new AltaError('option-value', { option: '--boxes', value: text, expected: all });
    }
    return editions[edition](name, extensions);
  });
}

function isEdition(text: string): text is keyof typeof editions {
  return Object.hasOwn(editions, text);
}

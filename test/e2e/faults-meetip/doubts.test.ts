import { describe, it } from 'vitest';
import type { LabMeetip, LabMeetipDoubts } from '../../../lab/index.ts';
import { on } from '../../support/bench.ts';
import { expectRecovery } from '../../support/matrix.ts';
import { startWork } from './scenario.ts';

type LabSettings = Partial<LabMeetip>;

type Readings<Doubts> = { readonly [Doubt in keyof Doubts]-?: readonly NonNullable<Doubts[Doubt]>[] };

/** What nobody could confirm, and must not matter: each other reading of it. The usual ones are what all other tests run on. */
const readings: Readings<LabMeetipDoubts> = {
  postQuery: ['ignored'],
  mediaType: ['text/html; charset=UTF-8'],
  unknownExtension: ['empty'],
  configurationWords: ['words'],
  allowStyle: ['text'],
  departmentPlace: ['top', 'options'],
  listBlanks: ['empty'],
  tenantNumbers: ['strings'],
  tenantByServer: [true],
  uadAlias: [true],
  editByNumber: [true],
  editNumber: ['renumbers'],
  blankOptional: ['clears'],
  callerIdEdit: ['replaces'],
  overLimit: ['clamp'],
  unknownDepartment: ['drop'],
  suspendedRegisters: [true],
  flowLists: ['unknown'],
  // Such a server refuses our names: people.test.ts.
  asciiNames: [],
  // What they are about is in verify.test.ts.
  registeredStatus: ['Online'],
  unregisteredStatus: ['Offline'],
  unregisteredIp: ['-'],
  v2List: ['wrapped'],
  v2Secrets: ['hidden'],
  v2Batch: ['flat'],
  v2Call: ['extension'],
};

/** Servers that are built or kept otherwise. */
const servers: readonly LabSettings[] = [
  {},
  { edition: 'v2' },
  { tls: true },
  { keepAlive: false },
  { post: false },
  { post: false, doubts: { mediaType: 'text/html; charset=UTF-8' } },
  { later: true },
  { lateVisibilityMs: 30 },
  { edition: 'v2', lateVisibilityMs: 30 },
  { writeWarning: 'before' },
  { writeWarning: 'instead' },
  { edition: 'v2', later: false },
  { edition: 'v2', busyDeleteMs: 100 },
  { edition: 'v2', writeWarning: 'before' },
];

/** One reading of everything, the next reading of everything: none of them in the way of another. */
function together(names: readonly string[], edition: 'v1' | 'v2', servers: number): readonly LabSettings[] {
  const all = Object.entries(readings).filter(([doubt]) => names.includes(doubt));
  const flat = all.flatMap(([doubt, others]) => others.map((other) => ({ [doubt]: other })));
  return Array.from({ length: servers }, (_, turn) => {
    const doubts = flat.filter((_, index) => index % servers === turn);
    return { edition, doubts: Object.assign({}, ...doubts) };
  });
}

const isSecond = (doubt: string) => doubt.startsWith('v2');
const all = Object.keys(readings);
const doubted = [
  ...together(
    all.filter((doubt) => !isSecond(doubt)),
    'v1',
    7,
  ),
  ...together(all.filter(isSecond), 'v2', 2),
];

const trials = [...servers, ...doubted].map((settings) => [JSON.stringify(settings), settings] as const);

describe.concurrent('a server of which is true', () => {
  it.each(trials)('%s is written to like any other', (_, settings) =>
    on(startWork({ settings }), async (scenario) => {
      await expectRecovery(scenario, scenario.oracle.foreign());
    }),
  );
});

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import {
  type LabBox,
  type LabBoxControl,
  type LabBoxService,
  type LabFault,
  startLab,
} from '../../../lab/index.ts';
import { layOut, type Papers, trustIn } from '../../support/papers.ts';
import { filesOf, leaksIn } from './canaries.ts';
import { everything, printedBy } from './children.ts';

/** A PBX of a kind, and what its client says of an extension there. */
interface Kind {
  readonly box: LabBox;
  readonly platform?: object;
  readonly extension: object;
  /** The secrets it takes beside the SIP password. */
  readonly takes: readonly ('portal' | 'pin')[];
  /** What its mishaps strike: where a new extension is asked for; on MeetIP every request has the same path. */
  readonly create: string;
}

const tenants = [{ code: '301', name: 'Acme S.L.', extensions: 1 }];

const kinds: Readonly<Record<string, Kind>> = {
  'a P-Series': {
    box: { driver: 'yeastar-p', name: 'sede', extensions: 1 },
    extension: { pbx: 'sede', number: '200', name: 'Uno Dos' },
    takes: ['portal', 'pin'],
    create: '/extension/create',
  },
  'MeetIP, API v1': {
    box: { driver: 'meetip', name: 'sede', tenants },
    extension: { pbx: 'sede', number: '200', name: 'Uno', email: 'uno@acme.example' },
    takes: ['portal', 'pin'],
    create: '/index.php',
  },
  'MeetIP, API v2': {
    box: { driver: 'meetip', name: 'sede', edition: 'v2', tenants },
    extension: { pbx: 'sede', number: '200', name: 'Uno', email: 'uno@acme.example' },
    takes: ['portal', 'pin'],
    create: '/index.php',
  },
  'PekePBX, dialect a': {
    box: { driver: 'pekepbx', name: 'sede', edition: 'a', extensions: 1 },
    platform: { profile: 'pekepbx-lab-a' },
    extension: { pbx: 'sede', number: '200', name: 'Uno', email: 'uno@acme.example', role: 'user' },
    takes: ['portal'],
    create: '/extension',
  },
  'PekePBX, dialect b': {
    box: { driver: 'pekepbx', name: 'sede', edition: 'b', extensions: 1 },
    platform: { profile: 'pekepbx-lab-b' },
    extension: { pbx: 'sede', number: '200', name: 'Uno', email: 'uno@acme.example', role: 'user' },
    takes: ['portal'],
    create: '/extension',
  },
};

const values = { sip: 'Qz7kTrinarSol-x4WmVb', portal: 'Hv3pTrinarLuz_k9RdNc', pin: '7391' };

interface Place {
  readonly papers: Papers;
  readonly control: LabBoxControl;
  /** Every secret of the place, by what it is. */
  readonly canaries: Readonly<Record<string, string>>;
}

async function place({ box, platform, extension, takes }: Kind): Promise<Place> {
  const lab = await startLab({ boxes: [box] });
  const root = await mkdtemp(join(tmpdir(), 'alta-canary-'));
  onTestFinished(async () => {
    await lab.close();
    await rm(root, { recursive: true });
  });
  const [service] = lab.boxes as LabBoxService[];
  if (service === undefined) throw new Error('no box');
  const papers = await layOut(root);
  const login = await sealLogin(papers, service);
  for (const field of ['sip', ...takes] as const) {
    await papers.secret('acme', 'values', `extensions/sede/200/${field}`, values[field]);
  }
  await papers.write('clients/acme/client.yaml', {
    apiVersion: 'alta/v1',
    kind: 'Client',
    client: { id: 'acme', name: 'Acme S.L.' },
    pbx: { sede: { ...blockOf(service, login.credentials), ...platform } },
    extensions: [extension],
  });
  const { pin: _short, ...long } = values;
  return { papers, control: lab.box('sede'), canaries: { ...long, ...login.secrets } };
}

/** A box of the client's own says all about itself; a tenant says which it is. */
function blockOf(service: LabBoxService, credentials: object): object {
  const { driver, url, sip } = service;
  const whose = 'tenants' in service ? { tenant: service.tenants[0]?.code } : { serial: service.serial };
  return { driver, url, ...trustIn(service as never), sip: { ...sip }, credentials, ...whose };
}

async function sealLogin(papers: Papers, { credentials }: LabBoxService) {
  const parts = Object.entries(credentials);
  for (const [part, value] of parts) await papers.secret('acme', 'connect', `pbx/sede/${part}`, value);
  const hidden = parts.filter(([part]) => !['username', 'clientId'].includes(part));
  return {
    credentials: Object.fromEntries(parts.map(([part]) => [part, { secret: `pbx/sede/${part}` }])),
    secrets: Object.fromEntries(hidden),
  };
}

/** What a person, a log, another user of the machine and whoever reads the workspace could see. */
async function seen({ papers, canaries }: Place, commands = everything) {
  const { stdout, stderr, commandLine } = await printedBy({ env: {}, site: papers }, commands, { speed: 20 });
  const files = [...(await filesOf(papers))];
  const all = [['stdout', stdout], ['stderr', stderr], ['command line', commandLine], ...files] as const;
  return { said: stdout.toString(), leaks: all.flatMap(([name, text]) => leaksIn(name, text, canaries)) };
}

/** Each strikes one request for a new extension, in turn. */
const mishaps: readonly LabFault[] = [
  { kind: 'errno', errno: '422 refused' },
  { kind: 'redirect' },
  { kind: 'status', status: 500 },
  { kind: 'nonJson' },
  { kind: 'phpNotice' },
  { kind: 'lostAnswer' },
];

describe.each(Object.entries(kinds))('on %s no secret shows', (_, kind) => {
  it('where everything goes well', async () => {
    const at = await place(kind);
    const { said, leaks } = await seen(at);
    expect(leaks).toEqual([]);
    expect(said.includes('"converged":true')).toBe(true);
    expect(Object.keys(at.control.saved())).toContain('200');
  });

  it('where the login is wrong', async () => {
    const at = await place(kind);
    const wrong = 'Rt4cTrinarPie-n7YkLs';
    for (const part of ['password', 'apiKey', 'clientSecret']) {
      await at.papers.secret('acme', 'connect', `pbx/sede/${part}`, wrong);
    }
    const { said, leaks } = await seen({ ...at, canaries: { ...at.canaries, wrong } }, [
      'plan',
      'apply',
      'verify',
    ]);
    expect(leaks).toEqual([]);
    expect(said.includes('wrong-credentials')).toBe(true);
  });

  it('where answers are refused, spoilt and lost', async () => {
    const at = await place(kind);
    for (const fault of mishaps) at.control.addFault({ ...fault, match: { path: kind.create }, times: 1 });
    const { leaks } = await seen(at, ['apply', 'apply', 'apply', 'apply', 'plan']);
    expect(leaks).toEqual([]);
    expect(at.control.faults().reduce((sum, { struck }) => sum + struck, 0)).toBeGreaterThan(2);
  });
});

import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Host } from '../../../cli/host.ts';
import { run } from '../../../cli/run.ts';
import type { LabBoxControl, LabPekepbxService } from '../../../lab/contract.ts';
import { type LabPekepbx, startLab } from '../../../lab/index.ts';
import { type HarOptions, harOf } from '../../../lab/pekepbx/har.ts';
import { layOut, type Papers, trustIn } from '../../support/papers.ts';

/** How a command line ended. */
export interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** An engineer's place on site: a workspace, one simulated platform, and the command line in this process. */
export interface OnSite extends Papers {
  readonly box: LabBoxControl;
  readonly service: LabPekepbxService;
  /** A line is split at its spaces. */
  alta(line: string, over?: Partial<Host>): Promise<Ended>;
  /** Writes recording.har as a browser would. */
  record(options?: HarOptions): Promise<void>;
  read(filename: string): Promise<string>;
  edit(filename: string, change: (text: string) => string): Promise<void>;
  /** Writes acme's file: its PBX `nube` with `profile: lab`, and these extensions. */
  declare(extensions: readonly object[], pbx?: object): Promise<void>;
  close(): Promise<void>;
}

export async function onSite(wanted: Omit<LabPekepbx, 'driver' | 'name'> = {}): Promise<OnSite> {
  const root = await mkdtemp(join(tmpdir(), 'alta-site-'));
  const lab = await startLab({ boxes: [{ driver: 'pekepbx', name: 'nube', extensions: 12, ...wanted }] });
  const [service] = lab.boxes;
  if (service === undefined) throw new Error('the lab has no platform');
  const papers = await layOut(root);
  const { username, password } = service.credentials;
  await papers.secret('acme', 'connect', 'pbx/nube/username', username);
  await papers.secret('acme', 'connect', 'pbx/nube/password', password);
  const place = (filename: string): string => join(root, filename);
  return {
    ...papers,
    box: lab.box('nube'),
    service,
    alta: (line, over = {}) => alta(line.split(' '), root, over),
    record: async (options) =>
      writeFile(place('recording.har'), JSON.stringify(await harOf(service, options))),
    read: (filename) => readFile(place(filename), 'utf8'),
    edit: async (filename, change) =>
      writeFile(place(filename), change(await readFile(place(filename), 'utf8'))),
    declare: (extensions, pbx = {}) =>
      papers.write('clients/acme/client.yaml', {
        apiVersion: 'alta/v1',
        kind: 'Client',
        client: { id: 'acme', name: 'Acme S.L.' },
        pbx: {
          nube: {
            driver: 'pekepbx',
            profile: 'lab',
            url: service.url,
            ...trustIn(service),
            tenant: service.tenants[0]?.code,
            tenantName: service.tenants[0]?.name,
            sip: { server: 'nube.example' },
            ...pbx,
          },
        },
        extensions,
      }),
    close: async () => {
      await lab.close();
      await rm(root, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}

async function alta(argv: readonly string[], cwd: string, over: Partial<Host>): Promise<Ended> {
  const said = { out: '', err: '' };
  const code = await run(argv, {
    cwd,
    env: { LANG: 'C', HOME: join(cwd, 'home') },
    stdout: {
      write: (text) => {
        said.out += text;
      },
      isTTY: false,
    },
    stderr: {
      write: (text) => {
        said.err += text;
      },
      isTTY: false,
    },
    stdin: { isTTY: false, text: async () => '' },
    onInterrupt: () => () => undefined,
    exit: () => undefined,
    user: () => 'ana',
    engine: () => import('../../../engine/run/index.ts'),
    ...over,
  });
  return { code, ...said };
}

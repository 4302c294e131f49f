import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { State } from '../../engine/model/index.ts';
import { type Lab, type LabPhone, type LabService, type LabYeastar, startLab } from '../../lab/index.ts';
import { layOut, type Papers, trustIn } from './papers.ts';

/** A workspace in a temporary folder that points at a running lab; both go with the test. */
export interface Site extends Papers {
  readonly lab: Lab;
  /** Writes `clients/<id>/client.yaml`; a PBX named like a box of the lab gets its login. */
  client(id: string, data: ClientData): Promise<void>;
  /** The pbx block of a box of the lab. */
  pbx(box: string, over?: object): object;
  service(box: string): LabService;
  /** The state file of a client, parsed: throws where it is no JSON. */
  state(id?: string): Promise<State>;
}

export interface ClientData {
  readonly client?: object;
  readonly pbx: Readonly<Record<string, object>>;
  readonly extensions?: readonly object[];
  readonly devices?: readonly object[];
  readonly access?: object;
  readonly provisioning?: object;
  readonly released?: readonly string[];
  readonly checks?: object;
}

/** A SIP secret that every box of the lab takes. */
export const goodSecret = 'Kf7mQ2xRt-p9WbL4hZc6';
/** Another one. */
export const otherSecret = 'Vn3jX8sGq_w5TkD2yBe7';

/** Starts a lab and lays out an empty workspace with one age identity, `ana`, in both groups. */
export async function startSite(
  boxes: readonly LabYeastar[],
  workspace: object = {},
  phones: readonly LabPhone[] = [],
): Promise<Site> {
  const root = await mkdtemp(join(tmpdir(), 'alta-site-'));
  onTestFinished(() => rm(root, { recursive: true, force: true, maxRetries: 3 }));
  const lab = await startLab({ boxes: [...boxes], phones: [...phones] });
  onTestFinished(() => lab.close());
  return siteWith(await layOut(root, workspace), lab);
}

function siteWith(papers: Papers, lab: Lab): Site {
  const logins = new Set<string>();

  const service: Site['service'] = (box) => {
    const found = lab.services.find(({ name }) => name === box);
    if (found === undefined) throw new Error(`the lab has no box ${box}`);
    return found;
  };

  /** Only where the client's YAML names no login of its own. */
  const login = async (id: string, label: string, pbx: object): Promise<void> => {
    const found = lab.services.find(({ name, url }) => name === label || ('url' in pbx && pbx.url === url));
    const known = logins.has(`${id}/${label}`) || 'credentials' in pbx || 'platform' in pbx;
    if (found === undefined || known) return;
    logins.add(`${id}/${label}`);
    await papers.secret(id, 'connect', `pbx/${label}/username`, found.credentials.username);
    await papers.secret(id, 'connect', `pbx/${label}/password`, found.credentials.password);
  };

  return {
    ...papers,
    lab,
    service,
    client: async (id, data) => {
      const client = { id, name: `${id} S.L.`, ...data.client };
      await papers.write(`clients/${id}/client.yaml`, {
        apiVersion: 'alta/v1',
        kind: 'Client',
        ...data,
        client,
      });
      for (const [label, pbx] of Object.entries(data.pbx)) await login(id, label, pbx);
    },
    pbx: (box, over) => ({
      driver: 'yeastar',
      url: service(box).url,
      ...trustIn(service(box)),
      sip: { server: `${box}.example` },
      options: { writeIntervalMs: 0 },
      ...over,
    }),
    state: async (id = 'acme') =>
      JSON.parse(await readFile(join(papers.root, `state/${id}.json`), 'utf8')) as State,
  };
}

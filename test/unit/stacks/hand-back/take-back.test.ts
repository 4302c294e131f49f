import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type StateEntry, targetOf } from '../../../../engine/model/index.ts';
import { takeBack } from '../../../../stacks/hand-back/index.ts';
import { encodeMemory } from '../../../../stacks/provider/memory.ts';
import { contextAt, plan, planOf } from '../../../support/commands.ts';

let root: string;

const paper = (id: string) => `apiVersion: alta/v1
kind: Client
client: { id: ${id}, name: ${id} }
pbx: { sede: { mode: guided, driver: yeastar } }
`;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'alta-hand-back-'));
  write('alta.yaml', 'apiVersion: alta/v1\nkind: Workspace\n');
  for (const id of ['acme', 'beta']) write(`clients/${id}/client.yaml`, paper(id));
});
afterEach(() => rmSync(root, { recursive: true }));

function write(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

/** Of the client and PBX that `address` names. */
function entry(address: string, targetKey = `memory:${address}`): StateEntry {
  return {
    address,
    kind: 'extension',
    key: address.split(':').at(-1) ?? '',
    targetKey,
    values: { name: 'Puesto' },
    secrets: {},
    dependsOn: [],
    appliedAt: '2026-11-01T10:00:00.000Z',
  };
}

/** A Terraform state that holds `entries`, and in `imported` the addresses of what nobody applied yet. */
function terraformState(entries: readonly StateEntry[], imported: readonly string[] = []): string {
  const held = [
    ...entries.map((one) => ({ address: one.address, memory: { entry: one } })),
    ...imported.map((address) => ({ address, memory: { entry: null } })),
  ];
  const instances = held.map(({ address, memory }) => ({
    attributes: { id: `id of ${address}`, target: targetOf(address) },
    private: Buffer.from(encodeMemory(memory) ?? []).toString('base64'),
  }));
  const resource = { mode: 'managed', type: 'alta_extension', name: 'one', instances };
  return JSON.stringify({ version: 4, resources: [resource] });
}

const given = (text: string) => ({
  client: 'acme',
  state: { text, filename: 'pulled.json' },
  lockTimeoutMs: 0,
});
const state = () => JSON.parse(readFileSync(join(root, 'state', 'acme.json'), 'utf8'));
const addresses = () =>
  Object.values<StateEntry>(state().resources)
    .map(({ address }) => address)
    .sort();

describe('a state of another client', () => {
  const ours = [entry('acme/pbx:sede/extension:10')];

  it.each([
    ['what was applied', terraformState([entry('beta/pbx:sede/extension:10')])],
    ['what was only imported', terraformState(ours, ['beta/pbx:sede/extension:10'])],
    ['one resource among many', terraformState([...ours, entry('beta/pbx:sede/extension:11')])],
  ])('is refused for %s, and nothing of ours is lost', async (_what, text) => {
    await takeBack(contextAt(root), given(terraformState(ours)));
    const before = state();
    await expect(takeBack(contextAt(root), given(text))).rejects.toMatchObject({
      code: 'hand-back-other-client',
      params: { client: 'acme', filename: 'pulled.json', others: ['beta'] },
    });
    expect(state()).toEqual(before);
  });

  it('is refused before anybody waits for the lease', async () => {
    const text = terraformState([entry('beta/pbx:sede/extension:10')]);
    const phases: string[] = [];
    const context = contextAt(root, { progress: ({ phase }) => void phases.push(phase) });
    await expect(takeBack(context, given(text))).rejects.toMatchObject({ code: 'hand-back-other-client' });
    expect(phases).not.toContain('lease');
  });
});

it('what stands on a target that left the YAML enters the state, and the next plan blocks on it', async () => {
  const lost = entry('acme/pbx:vieja/extension:10', 'memory:vieja');
  const text = terraformState([entry('acme/pbx:sede/extension:10'), lost]);
  expect(await takeBack(contextAt(root), given(text))).toMatchObject({ taken: 2, dropped: 0 });
  expect(addresses()).toEqual(['acme/pbx:sede/extension:10', 'acme/pbx:vieja/extension:10']);
  const { diagnostics } = planOf(await plan({ root }, { noRead: true }));
  expect(diagnostics).toContainEqual(
    expect.objectContaining({
      code: 'target-undeclared',
      severity: 'error',
      params: expect.objectContaining({ target: 'memory:vieja', count: 1 }),
    }),
  );
});

describe('without --state', () => {
  const plain = { client: 'acme', state: null, lockTimeoutMs: 0 };
  const from = (env: Record<string, string>) => takeBack(contextAt(root, { env }), plain);

  it('the file of the workspace `default` is read', async () => {
    write('state/terraform/acme.tfstate', terraformState([entry('acme/pbx:sede/extension:10')]));
    expect(await from({ TF_WORKSPACE: 'default' })).toMatchObject({ taken: 1 });
    expect(await from({ TF_WORKSPACE: '' })).toMatchObject({ taken: 1 });
  });

  it('it is refused where another workspace is chosen, whose state stands elsewhere', async () => {
    write('state/terraform/acme.tfstate', terraformState([]));
    await expect(from({ TF_WORKSPACE: 'prod' })).rejects.toMatchObject({
      code: 'terraform-workspace-other',
      params: { workspace: 'prod', filename: 'state/terraform/acme.tfstate' },
    });
  });

  it('a state that is given is taken, whatever workspace it is of', async () => {
    const text = terraformState([entry('acme/pbx:sede/extension:10')]);
    const context = contextAt(root, { env: { TF_WORKSPACE: 'prod' } });
    expect(await takeBack(context, given(text))).toMatchObject({ taken: 1 });
  });
});

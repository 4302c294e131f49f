import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { attest, listGuided } from '../../../engine/run/attest.ts';
import { synthesise } from '../../../stacks/index.ts';
import { apply, contextAt } from '../../support/commands.ts';
import { goodSecret, otherSecret, type Site, startSite } from '../../support/site.ts';

const version = '0.0.0-test';
const address = 'acme/pbx:sede/extension:10';

/** The stack of acme as JSON, what waits, and what was said. */
async function synth(site: Site) {
  const result = await synthesise(site.root, join(site.root, 'cdktf.out'), { clients: ['acme'], version });
  const path = join(site.root, 'cdktf.out', 'stacks', 'acme', 'cdk.tf.json');
  const stack = JSON.parse(await readFile(path, 'utf8').catch(() => '{}'));
  const waiting = result.pending.map((step) => `${step.action} ${step.address}`);
  return { stack, waiting, codes: result.diagnostics.map(({ code }) => code) };
}

/** acme, of Terraform, has a PBX that only people write to, with one extension. */
async function guidedSite(): Promise<Site> {
  const site = await startSite([]);
  await declare(site, { name: 'Recepción' });
  await site.secret('acme', 'values', 'extensions/sede/10/sip', goodSecret);
  return site;
}

async function declare(site: Site, over: object): Promise<void> {
  const data = {
    engine: 'terraform',
    pbx: { sede: { driver: 'yeastar', mode: 'guided' } },
    extensions: [{ pbx: 'sede', number: '10', ...over }],
  };
  await site.client('acme', data);
}

const vouch = (site: Site) => attest(contextAt(site.root), { address, note: null, lockTimeoutMs: 0 });

describe('a hand-off', () => {
  it('is in the stack with the digest that a person vouched for, and with no other', async () => {
    const site = await guidedSite();
    const before = await synth(site);
    expect(before.waiting).toEqual([`create ${address}`]);
    expect(before.stack.resource).toBeUndefined();

    const [form] = await listGuided(contextAt(site.root));
    await vouch(site);
    const { stack, waiting } = await synth(site);
    expect(waiting).toEqual([]);
    expect(stack.check).toBeUndefined();
    const { triggers } = stack.resource.null_resource.extension_sede_10;
    expect(triggers.digest).toBe(form?.digest);
  });

  it.each<[string, (site: Site) => Promise<void>]>([
    ['a value changed', (site) => declare(site, { name: 'Ventas' })],
    [
      'the secret has another version',
      (site) => site.secret('acme', 'values', 'extensions/sede/10/sip', otherSecret),
    ],
  ])('waits again when %s, exactly where attest asks again', async (_, change) => {
    const site = await guidedSite();
    await vouch(site);
    await change(site);
    const asked = await listGuided(contextAt(site.root));
    const { stack, waiting } = await synth(site);
    expect(asked.map((form) => `${form.action} ${form.address}`)).toEqual([`update ${address}`]);
    expect(waiting).toEqual([`update ${address}`]);
    expect(stack.resource).toBeUndefined();
    await vouch(site);
    expect((await synth(site)).waiting).toEqual([]);
  });
});

describe('a client that moves over from Alta', () => {
  it('keeps what Alta managed: all of it is imported', async () => {
    const site = await startSite([{ name: 'sede', edition: 'v2.0.0', extensions: 1 }]);
    const data = (engine: object, numbers: readonly string[]) => ({
      ...engine,
      pbx: { sede: site.pbx('sede') },
      extensions: numbers.map((number) => ({ pbx: 'sede', number, name: `Puesto ${number}` })),
    });
    for (const number of ['2000', '2001', '2002']) {
      await site.secret('acme', 'values', `extensions/sede/${number}/sip`, goodSecret);
    }
    await site.client('acme', data({}, ['2000', '2001']));
    await apply(site);
    await site.client('acme', data({ engine: 'terraform' }, ['2000', '2001', '2002']));
    const { stack, codes } = await synth(site);
    expect(codes).toEqual([]);
    const ids = Object.keys((await site.state()).resources);
    expect(stack.import.map((block: { id: string }) => block.id).sort()).toEqual(ids.sort());
    expect(Object.keys(stack.resource.alta_extension)).toEqual(['sede_2000', 'sede_2001', 'sede_2002']);
  });
});

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { synthesise } from '../../../stacks/index.ts';
import type { Schema } from '../../../stacks/plugin/contract.ts';
import { allFacts } from '../../../stacks/provider/index.ts';
import { resourceShapes } from '../../../stacks/schema/resource.ts';
import { terraformWorkspace } from './workspace.ts';

const clients = ['academia-lua', 'acme', 'grupo-delta', 'hotel-costa', 'talleres-norte'];
const root = mkdtempSync(join(tmpdir(), 'alta-agreement-'));
/** What Terraform itself reads in every block. */
const meta = new Set(['//', 'depends_on', 'lifecycle', 'provider']);
let schemas: Readonly<Record<string, Schema>>;

beforeAll(async () => {
  schemas = Object.fromEntries(
    Object.values(resourceShapes(await allFacts())).map(({ type, schema }) => [type, schema]),
  );
  terraformWorkspace(root, clients);
  await synthesise(root, join(root, 'out'), { clients: [], version: '0.0.0-test' });
});
afterAll(() => rmSync(root, { recursive: true }));

test.each(clients)('the provider has every argument that the stack of %s writes, and takes it', (client) => {
  const { resource = {} } = JSON.parse(
    readFileSync(join(root, 'out', 'stacks', client, 'cdk.tf.json'), 'utf8'),
  );
  const blocks = Object.entries(schemas).flatMap(([type, schema]) =>
    Object.values<object>(resource[type] ?? {}).flatMap((block) =>
      Object.entries(block).map(([name, value]) => ({
        type,
        name,
        value,
        attribute: schema.attributes[name],
      })),
    ),
  );
  const wrong = blocks.filter(({ name, value, attribute }) => {
    if (meta.has(name)) return false;
    if (attribute === undefined || (attribute.required !== true && attribute.optional !== true)) return true;
    const type = Array.isArray(value) ? 'list' : typeof value === 'boolean' ? 'bool' : typeof value;
    return type !== (typeof attribute.type === 'string' ? attribute.type : 'list');
  });
  expect(wrong).toEqual([]);
});

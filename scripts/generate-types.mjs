/**
 * Turns the JSON Schemas into TypeScript: `node scripts/generate-types.mjs` writes engine/model/input.ts,
 * engine/model/output.ts and engine/model/profile.ts, and scripts/generate-messages.mjs beside it the messages of Terraform's protocol. The test test/unit/load/generated.test.ts fails when a written file is stale.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { compile } from 'json-schema-to-typescript';
import { generateMessages } from './generate-messages.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

/** File to write → schemas it is made of. */
export const outputs = {
  'engine/model/input.ts': ['workspace', 'client', 'secrets'],
  'engine/model/output.ts': ['plan', 'report', 'state'],
  'engine/model/profile.ts': ['profile'],
};

/**
 * Types that JSON Schema can say and the generator cannot. A reference holds exactly one of its keys
 * (`maxProperties: 1`), which TypeScript writes as a union.
 */
const precise = {
  secretReference: '{ secret: string } | { env: string } | { file: string }',
  credentialName: 'string | { secret: string } | { env: string } | { file: string }',
  secretSource:
    '{ source: "declared" | "pbx" | "unmanaged" } | { secret: string } | { env: string } | { file: string }',
};

const banner = (names) => `/**
 * Generated from ${names.map((name) => `schemas/${name}.schema.json`).join(', ')}.
 * Do not edit: change the schema and run \`npm run generate\`.
 */`;

/** The text of one generated file, formatted. */
export async function generate(file) {
  const names = outputs[file];
  const source = await compile(bundle(names), 'Documents', {
    bannerComment: banner(names),
    additionalProperties: false,
    ignoreMinAndMaxItems: true,
    format: false,
    strictIndexSignatures: false,
  });
  const wrapper =
    /\/\*\*[^/]*?\*\/\s*export interface Documents \{[\s\S]*?\n\}\n|export interface Documents \{[\s\S]*?\n\}\n/;
  return format(file, readonly(source.replace(wrapper, '')));
}

/** Data are not changed once they are read: every field and list is read-only. */
function readonly(source) {
  return source
    .replace(/^(\s*)((?:[a-zA-Z_$][\w$]*|"[^"]+")\??: |\[k: string\]: )/gm, '$1readonly $2')
    .replace(/((?:[\w$]+|\([^()]*\))\[\])/g, 'readonly $1');
}

/** One schema with every definition local, so that each becomes one named type. */
function bundle(names) {
  const $defs = {};
  const roots = {};
  for (const name of ['common', ...names]) {
    if (!existsSync(schemaPath(name))) continue;
    const { $defs: own = {}, $id: _id, $schema: _dialect, ...document } = readSchema(name);
    const prefix = name === 'common' || outputs['engine/model/input.ts'].includes(name) ? '' : `${name}-`;
    for (const [key, part] of Object.entries(own)) $defs[prefix + key] = localise(part, prefix);
    if (name === 'common') continue;
    $defs[name] = localise(document, prefix);
    roots[name] = { $ref: `#/$defs/${name}` };
  }
  for (const [name, tsType] of Object.entries(precise)) {
    if ($defs[name] === undefined) continue;
    const { title, description } = $defs[name];
    $defs[name] = { title, description, tsType };
  }
  return {
    type: 'object',
    properties: roots,
    required: Object.keys(roots),
    additionalProperties: false,
    $defs,
  };
}

const schemaPath = (name) => `${root}schemas/${name}.schema.json`;
const readSchema = (name) => JSON.parse(readFileSync(schemaPath(name), 'utf8'));

/**
 * References made local; conditions left out, which types cannot say. A description beside a `$ref` goes too:
 * with it, the generator would make a second type of the same name.
 */
function localise(value, prefix = '') {
  if (Array.isArray(value)) return value.map((part) => localise(part, prefix));
  if (value === null || typeof value !== 'object') return value;
  if (typeof value.$ref === 'string') return { $ref: localReference(value.$ref, prefix) };
  const kept = Object.entries(value).filter(([key]) => !['if', 'then', 'else', 'examples'].includes(key));
  return Object.fromEntries(kept.map(([key, part]) => [key, localise(part, prefix)]));
}

/** `#/$defs/change` of the plan → `#/$defs/plan-change`; a definition of another file stays as it is. */
function localReference(reference, prefix) {
  if (reference.startsWith('#/$defs/')) return reference.replace('#/$defs/', `#/$defs/${prefix}`);
  return reference.replace(/^[a-z]+\.schema\.json#/, '#');
}

function format(file, source) {
  return execFileSync(
    process.execPath,
    [`${root}node_modules/@biomejs/biome/bin/biome`, 'format', `--stdin-file-path=${file}`],
    {
      cwd: root,
      input: source,
      encoding: 'utf8',
    },
  );
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  for (const file of Object.keys(outputs)) writeFileSync(`${root}${file}`, await generate(file));
  for (const [file, text] of Object.entries(generateMessages())) writeFileSync(`${root}${file}`, text);
}

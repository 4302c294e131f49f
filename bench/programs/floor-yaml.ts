/** The same bytes through a bare YAML parser: no positions, no schema, no checks. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

const files = [
  'alta.yaml',
  'secrets.yaml',
  ...readdirSync('clients', { recursive: true }).map((name) => join('clients', String(name))),
];
for (const file of files) if (file.endsWith('.yaml')) parse(readFileSync(file, 'utf8'));

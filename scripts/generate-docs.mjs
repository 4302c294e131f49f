// Writes docs/drivers.md from the drivers' own facts and models. With --check it writes nothing and fails where the page is old.
import { readFile, writeFile } from 'node:fs/promises';
import { listedDrivers } from '../dist/cli/commands/drivers.js';
import { driversMarkdown } from '../dist/cli/docs.js';
import { modelsMarkdown } from '../dist/cli/docs-models.js';
import { models } from '../dist/providers/device/yealink/models.js';

const page = new URL('../docs/drivers.md', import.meta.url);
const text = `${driversMarkdown(await listedDrivers())}\n${modelsMarkdown('yealink', models)}`;
if (process.argv.includes('--check')) {
  const found = await readFile(page, 'utf8').catch(() => '');
  if (found !== text) {
    console.error('docs/drivers.md is old: run `npm run docs`');
    process.exitCode = 1;
  }
} else {
  await writeFile(page, text);
}

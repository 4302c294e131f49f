// Bundles the Terraform provider into one file that needs Node.js and nothing else, with the licences of the libraries in it:
//
//   node scripts/bundle-provider.mjs            dist/terraform/provider.cjs and LICENSES.txt
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Parts of ssh2 that are compiled, where anybody has them; it does without. */
const compiled = ['cpu-features', '*.node'];

/**
 * Writes `provider.cjs` and `LICENSES.txt` into a folder. CommonJS, because a file of that ending is read so wherever it lies.
 *
 * @param {string} folder
 * @param {string} entry the module to start from
 */
export async function bundleProvider(folder, entry = join(root, 'stacks/mirror/entry.ts')) {
  await mkdir(folder, { recursive: true });
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: [entry],
    outfile: join(folder, 'provider.cjs'),
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20.18',
    external: compiled,
    // Names stay: they stand in messages and are asked for at run time.
    minifySyntax: true,
    minifyWhitespace: true,
    legalComments: 'none',
    define: { 'import.meta.url': 'moduleUrl' },
    banner: { js: "const moduleUrl = require('node:url').pathToFileURL(__filename).href;" },
    metafile: true,
    logLevel: 'warning',
  });
  await writeFile(join(folder, 'LICENSES.txt'), await licences(Object.keys(metafile.inputs)));
}

/** @param {readonly string[]} inputs paths of the bundled modules */
async function licences(inputs) {
  const folders = inputs.map((input) => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input)?.[0]);
  const packages = [...new Set(folders.filter((folder) => folder !== undefined))].sort();
  return (await Promise.all(packages.map(licence))).join('\n');
}

/** @param {string} folder of a package */
async function licence(folder) {
  const path = join(root, folder);
  const { name, version, license } = JSON.parse(await readFile(join(path, 'package.json'), 'utf8'));
  const file = (await readdir(path)).find((one) => /^licen[cs]e/i.test(one));
  const text = file === undefined ? '' : await readFile(join(path, file), 'utf8');
  return `${name} ${version} (${license})\n\n${text.trim()}\n`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await bundleProvider(join(root, 'dist', 'terraform'));

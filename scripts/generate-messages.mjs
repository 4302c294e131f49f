/**
 * Turns the messages of Terraform's plugin protocol into TypeScript: stacks/plugin/proto/*.proto → stacks/plugin/generated/*_pb.ts.
 * `npm run generate` writes them; the test test/unit/load/generated.test.ts fails when a written file is stale.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const sources = 'stacks/plugin/proto';
const target = 'stacks/plugin/generated';

/** Enumerations as plain objects (`erasable_syntax`), since nothing here may need more than its types removed. */
const options = ['target=ts', 'import_extension=ts', 'erasable_syntax=true'];

/** Every generated file, by its path in the repository, with its text. */
export function generateMessages() {
  const out = mkdtempSync(join(tmpdir(), 'alta-messages-'));
  try {
    const generator = ['node', 'node_modules/@bufbuild/protoc-gen-es/bin/protoc-gen-es'];
    const template = JSON.stringify({ version: 'v2', plugins: [{ local: generator, out, opt: options }] });
    execFileSync(
      process.execPath,
      [`${root}node_modules/@bufbuild/buf/bin/buf`, 'generate', sources, `--template=${template}`],
      { cwd: root },
    );
    const names = readdirSync(out).sort();
    return Object.fromEntries(
      names.map((name) => [`${target}/${name}`, readFileSync(join(out, name), 'utf8')]),
    );
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
}

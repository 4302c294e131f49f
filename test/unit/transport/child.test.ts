import { execFile } from 'node:child_process';
import { cp, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Started, selfSigned, serveHttps } from './servers.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const cleanup: (() => Promise<void>)[] = [];
let folder: string;
let box: Started;

/** The transport as JavaScript: a child process of Node 20 reads no TypeScript. */
async function compile(): Promise<string> {
  const out = await mkdtemp(path.join(tmpdir(), 'alta-transport-'));
  cleanup.push(() => rm(out, { recursive: true }));
  for (const part of ['providers/transport', 'engine/model']) {
    await cp(path.join(root, part), path.join(out, part), { recursive: true });
  }
  for (const file of await readdir(out, { recursive: true })) {
    if (file.endsWith('.ts')) await transpile(path.join(out, file));
  }
  await symlink(path.join(root, 'node_modules'), path.join(out, 'node_modules'));
  await writeFile(path.join(out, 'package.json'), '{"type":"module"}');
  await writeFile(path.join(out, 'ask.js'), ASK);
  return out;
}

async function transpile(file: string): Promise<void> {
  const compilerOptions: ts.CompilerOptions = {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    rewriteRelativeImportExtensions: true,
    verbatimModuleSyntax: true,
  };
  const { outputText } = ts.transpileModule(await readFile(file, 'utf8'), { compilerOptions });
  await writeFile(file.replace(/\.ts$/, '.js'), outputText);
}

/** Prints what one write to a box with a certificate of its own comes to, with the transport and without. */
const ASK = `
import https from 'node:https';
import { realClock } from './providers/transport/clock.js';
import { createGate } from './providers/transport/gate.js';
import { openHttp } from './providers/transport/http.js';
const url = process.argv[2];
const naive = await new Promise((resolve) => {
  https.get(url, (answer) => resolve(answer.statusCode)).on('error', (error) => resolve(error.code));
});
const limits = { concurrency: 1, writers: 1, readIntervalMs: 0, writeIntervalMs: 0, sessions: null };
const context = { signal: new AbortController().signal, gate: createGate(limits, realClock), clock: realClock, log() {} };
const client = await openHttp({ url, tls: {} }, context);
const ours = await client
  .request({ method: 'POST', path: '/', operation: 'test', write: true })
  .then(({ status }) => status, ({ code, written }) => [code, written]);
console.log(JSON.stringify({ naive, ours }));
process.exit();
`;

beforeAll(async () => {
  folder = await compile();
  box = await serveHttps(await selfSigned(), (_request, response) => response.end('ok'));
  cleanup.push(box.close);
}, 30_000);
afterAll(async () => {
  for (const end of cleanup.reverse()) await end();
});

async function ask(environment: Record<string, string>): Promise<unknown> {
  const url = `https://127.0.0.1:${box.port}`;
  const { stdout } = await promisify(execFile)(process.execPath, ['ask.js', url], {
    cwd: folder,
    env: { PATH: process.env.PATH, ...environment },
  });
  return JSON.parse(stdout);
}

describe('a process', () => {
  it('that was told to trust everybody does not', async () => {
    expect(await ask({ NODE_TLS_REJECT_UNAUTHORIZED: '0' })).toEqual({
      naive: 200,
      ours: ['tls-untrusted', 'nothing'],
    });
  }, 15_000);

  it('that was told nothing does not either', async () => {
    expect(await ask({})).toEqual({
      naive: 'DEPTH_ZERO_SELF_SIGNED_CERT',
      ours: ['tls-untrusted', 'nothing'],
    });
  }, 15_000);
});

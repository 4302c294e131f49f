import { randomBytes } from 'node:crypto';
import { link, mkdir, open, readFile, stat, unlink } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { AltaError, type Diagnostic, errorDiagnostic, Secret, warningDiagnostic } from '../model/index.ts';
import { isIdentity, newIdentity } from './age.ts';
import { errorCode, syncFolder } from './disk.ts';

/** An environment as the process has it. Reading a secret from it deletes the variable. */
export type Environment = Record<string, string | undefined>;

/** The private keys at hand. */
export interface Identities {
  /** The file, or `ALTA_AGE_KEY`. */
  readonly source: string;
  /** One `AGE-SECRET-KEY-1…` each, checked. */
  readonly keys: readonly Secret[];
}

/** What {@link findIdentities} found. `identities` is null where there is none, or where it has errors. */
export interface IdentitySearch {
  readonly identities: Identities | null;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Looks for age identities and takes the first place that has any: the variable ALTA_AGE_KEY (text), the file
 * named by ALTA_IDENTITY, `<workspace>/.alta/identity.txt`, `<XDG_CONFIG_HOME or ~/.config>/alta/identity.txt`.
 * Only that place is used, so a CI job given one key never reaches another that lies on its disk. ALTA_AGE_KEY is
 * deleted from `env`, used or not.
 *
 * Diagnostics: `identity-malformed`, `identity-file-unreadable` (errors), `identity-exposed` (a file that others
 * may read; warning).
 */
export async function findIdentities(workspace: string, env: Environment): Promise<IdentitySearch> {
  const text = env.ALTA_AGE_KEY;
  delete env.ALTA_AGE_KEY;
  if (text) return parseIdentities('ALTA_AGE_KEY', text);
  if (env.ALTA_IDENTITY) return readIdentityFile(resolve(env.ALTA_IDENTITY), true);
  const inWorkspace = await readIdentityFile(join(workspace, '.alta', 'identity.txt'), false);
  if (inWorkspace.identities !== null || inWorkspace.diagnostics.length > 0) return inWorkspace;
  return readIdentityFile(personalIdentityPath(env), false);
}

/** `<XDG_CONFIG_HOME or ~/.config>/alta/identity.txt`. A relative XDG_CONFIG_HOME is ignored, as its standard says. */
export function personalIdentityPath(env: Environment): string {
  const xdg = env.XDG_CONFIG_HOME;
  const config = xdg && isAbsolute(xdg) ? xdg : join(env.HOME || homedir(), '.config');
  return join(config, 'alta', 'identity.txt');
}

/**
 * Makes an identity and writes it as age-keygen does (comments `# created:` and `# public key:`), mode 0600. The
 * file appears complete or not at all, and an existing one is never replaced.
 *
 * @returns the public key.
 * @throws AltaError `identity-exists`.
 */
export async function createIdentity(path: string, now: Date): Promise<string> {
  const { identity, recipient } = await newIdentity();
  const created = now.toISOString().replace(/\.\d+Z$/, 'Z');
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await writeOnce(path, `# created: ${created}\n# public key: ${recipient}\n${identity}\n`);
  return recipient;
}

/** Reads one identity file; a missing one is an error only where it was `named`. */
export async function readIdentityFile(path: string, named: boolean): Promise<IdentitySearch> {
  try {
    const [text, { mode }] = await Promise.all([readFile(path, 'utf8'), stat(path)]);
    const parsed = await parseIdentities(path, text);
    return { ...parsed, diagnostics: [...parsed.diagnostics, ...exposed(path, mode)] };
  } catch (error) {
    const reason = errorCode(error);
    if (reason === 'ENOENT' && !named) return { identities: null, diagnostics: [] };
    return { identities: null, diagnostics: [errorDiagnostic('identity-file-unreadable', { path, reason })] };
  }
}

/** The keys of a text with one key a line, blank lines and `#` comments between them. */
async function parseIdentities(source: string, text: string): Promise<IdentitySearch> {
  const lines = text.split(/\r?\n/).map((line, index) => ({ text: line.trim(), line: index + 1 }));
  const candidates = lines.filter((line) => line.text !== '' && !line.text.startsWith('#'));
  const valid = await Promise.all(candidates.map((line) => isIdentity(line.text)));
  const bad = candidates.filter((_, index) => !valid[index]).map(({ line }) => line);
  if (candidates.length === 0) bad.push(1);
  const diagnostics = bad.map((line) => errorDiagnostic('identity-malformed', { source, line }));
  if (bad.length > 0) return { identities: null, diagnostics };
  return { identities: { source, keys: candidates.map((line) => new Secret(line.text)) }, diagnostics };
}

/** Windows keeps access lists, not modes: nothing to tell there. */
function exposed(path: string, mode: number): Diagnostic[] {
  if (process.platform === 'win32' || (mode & 0o077) === 0) return [];
  return [warningDiagnostic('identity-exposed', { path, mode: (mode & 0o777).toString(8).padStart(4, '0') })];
}

/** Temporary file, flushed, then linked to its name: `link` fails where `rename` would replace. */
async function writeOnce(path: string, text: string): Promise<void> {
  const temporary = `${path}.${randomBytes(6).toString('hex')}.tmp`;
  try {
    const file = await open(temporary, 'wx', 0o600);
    await file
      .writeFile(text)
      .then(() => file.sync())
      .finally(() => file.close());
    await link(temporary, path);
    await syncFolder(dirname(path));
  } catch (error) {
    if (errorCode(error) === 'EEXIST') throw new AltaError('identity-exists', { path });
    throw error;
  } finally {
    await unlink(temporary).catch(() => undefined);
  }
}

import { chmod, mkdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { MAX_FILE_BYTES, type SourceFile } from '../../load/index.ts';
import { decode } from '../../load/text.ts';
import { AltaError } from '../../model/index.ts';
import { writeAtomically } from '../../state/file.ts';
import { systemIo } from '../../state/index.ts';
import type { FileEdit, RunContext } from '../contract.ts';
import { readSource } from '../workspace/files.ts';

/** Edits of workspace files, collected first and written at the end: all of a command's files, or none of them shown as done. */
export interface Draft {
  /** The text as edited so far; null where there is no such file. */
  read(filename: string): Promise<string | null>;
  /** Replaces the text of a file; `summary` says in one line what that adds or changes. */
  put(filename: string, text: string, ...summary: string[]): Promise<void>;
  /** What differs from the disk. */
  edits(): readonly FileEdit[];
  /** The edited files as bytes, for checking them before they are written. */
  bytes(): ReadonlyMap<string, Uint8Array>;
  save(): Promise<void>;
}

interface Edited {
  readonly before: string | null;
  readonly text: string;
  readonly summary: readonly string[];
}

export function createDraft(context: RunContext): Draft {
  const files = new Map<string, Edited>();

  const onDisk = async (filename: string): Promise<string | null> => {
    const file = await readSource(context.root, filename);
    return file === null ? null : textOf(file);
  };
  const changed = (): [string, Edited][] => [...files].filter(([, file]) => file.text !== file.before);

  return {
    read: async (filename) => files.get(filename)?.text ?? onDisk(filename),
    put: async (filename, text, ...summary) => {
      const known = files.get(filename);
      const before = known === undefined ? await onDisk(filename) : known.before;
      files.set(filename, { before, text, summary: [...(known?.summary ?? []), ...summary] });
    },
    edits: () =>
      changed().map(([filename, { before, summary }]) => ({ filename, created: before === null, summary })),
    bytes: () => new Map(changed().map(([filename, { text }]) => [filename, new TextEncoder().encode(text)])),
    save: async () => {
      for (const [filename, { text }] of changed()) await write(context, filename, text);
    },
  };
}

/**
 * A file's text as it stands, its byte order mark included: writing it back must lose nothing.
 * @throws AltaError `file-too-large` for one that was handed over unread, `file-not-utf8`
 */
export function textOf({ filename, bytes, size }: SourceFile): string {
  const facts = { address: filename };
  if (size !== undefined) throw new AltaError('file-too-large', { size, limit: MAX_FILE_BYTES }, facts);
  const { text, bom, invalid } = decode(bytes);
  if (invalid !== null) throw new AltaError('file-not-utf8', { offset: invalid }, facts);
  return bom ? `\uFEFF${text}` : text;
}

/** Keeps the mode of a file that is there; a new one is for everybody to read, as the rest of a repository. */
async function write(context: RunContext, filename: string, text: string): Promise<void> {
  const path = join(context.root, filename);
  await mkdir(dirname(path), { recursive: true });
  const mode = await stat(path).then(
    (info) => info.mode & 0o777,
    () => 0o644,
  );
  await writeAtomically(systemIo(context.clock), path, text);
  await chmod(path, mode);
}

/** Where the files of a store lie: the part that differs between a folder here and one behind SFTP. */
export interface Place {
  /**
   * The content of a file; null only where the folder is there and the file is not. Throws {@link PlaceError}: `symlink`, `not-a-file`,
   * `too-large`, or what the system says.
   */
  read(name: string, signal: AbortSignal): Promise<Content | null>;
  /** Regular files only. */
  list(signal: AbortSignal): Promise<readonly string[]>;
  /** All or nothing, but for what `stage` is told. */
  write(name: string, bytes: Buffer, stage: Stage, signal: AbortSignal): Promise<void>;
  /** The end of any file, also outside the folder; null where there is none. */
  tail(path: string, bytes: number, signal: AbortSignal): Promise<Tail | null>;
  /** What lies in the folder of a path; null where that may not be looked at. */
  beside(path: string, signal: AbortSignal): Promise<readonly string[] | null>;
  close(): void;
}

export interface Content {
  readonly bytes: Buffer;
  /** Wall clock of the machine where the file lies, ms since the epoch; whole seconds over SFTP. */
  readonly modifiedAt: number;
  /** It lies under its {@link asideName}: a write was cut off, and nobody can fetch it until the next one. */
  readonly aside?: true;
}

export interface Tail {
  readonly bytes: Buffer;
  /** Whether the file begins there. */
  readonly whole: boolean;
}

/** How far a write has come. */
export interface Stage {
  written: 'nothing' | 'something' | 'unknown';
}

/** What went wrong with one file or the folder itself, in a word. Becomes an AltaError where the store's name is known. */
export class PlaceError extends Error {
  readonly kind: string;
  /** The folder itself is not usable, not just one file. */
  readonly folder: boolean;

  constructor(kind: string, folder = false) {
    super(kind);
    this.name = 'PlaceError';
    this.kind = kind;
    this.folder = folder;
  }
}

/** Longest file that is read, bytes. */
export const MAX_BYTES = 4 * 1024 * 1024;

/** Readable by the group: the web server that serves the folder. Nobody else, since passwords are in it. */
export const FILE_MODE = 0o640;

/** What a write that was cut off left behind is taken away by a later one, after this time, ms: whoever wrote it is gone by then. */
const LEFTOVER_MS = 10 * 60 * 1000;

/** A file of a folder. */
export interface Dated {
  readonly name: string;
  /** As {@link Content.modifiedAt}. */
  readonly modifiedAt: number;
}

/**
 * What writes of a file that were cut off left in its folder, so old that whoever wrote it is gone. Ages are told by the temporary file
 * just filled, so that no clock of ours counts; none are known where it is not among the files.
 */
export function leftovers(files: readonly Dated[], name: string, temporary: string): readonly string[] {
  const now = files.find((file) => file.name === temporary)?.modifiedAt;
  if (now === undefined) return [];
  return files
    .filter((file) => isTemporary(file.name, name) && now - file.modifiedAt > LEFTOVER_MS)
    .map((file) => file.name);
}

/** Whether a file is a {@link temporaryName} of this one. */
function isTemporary(file: string, name: string): boolean {
  return file.startsWith(`.${name}.`) && /^[0-9a-f]{24}\.tmp$/.test(file.slice(name.length + 2));
}

/** A name beside the file that nobody can guess while it is being written. */
export function temporaryName(name: string, random: Buffer): string {
  return `.${name}.${random.toString('hex')}.tmp`;
}

/** Where the old file lies while the new one takes its place, on servers that cannot do that in one step. */
export function asideName(name: string): string {
  return `.${name}.aside`;
}

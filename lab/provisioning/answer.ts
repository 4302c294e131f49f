import { readFile, stat } from 'node:fs/promises';
import { join, posix } from 'node:path';
import type { LabProvisioningFaultKind } from './contract.ts';

/** What a request is answered with. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  /** The connection ends after half of the body. */
  readonly isTruncated?: true;
}

/** An answer of the server itself, as an HTML page. */
export function page(status: number, title: string, headers: Readonly<Record<string, string>> = {}): Answer {
  const text = `<html><head><title>${title}</title></head><body>${title}</body></html>\n`;
  return { status, headers: { 'Content-Type': 'text/html', ...headers }, body: Buffer.from(text) };
}

/** The file at a path as plain text; 404 where there is none, 403 for a folder. */
export async function fileAnswer(folder: string, pathname: string): Promise<Answer> {
  const path = decoded(pathname);
  if (path === null) return page(400, '400 Bad Request');
  // Resolving from the root takes every `..` away before the folder is put in front.
  const place = join(folder, posix.resolve('/', path));
  const stats = await stat(place).catch(() => undefined);
  if (stats?.isDirectory() === true) return page(403, '403 Forbidden');
  const body = stats?.isFile() === true ? await readFile(place).catch(() => undefined) : undefined;
  if (stats === undefined || body === undefined) return page(404, '404 Not Found');
  return {
    status: 200,
    headers: { 'Content-Type': 'text/plain', 'Last-Modified': stats.mtime.toUTCString() },
    body,
  };
}

/** What a fault makes of an answer. */
export function spoilt(kind: LabProvisioningFaultKind, answer: Answer): Answer {
  switch (kind) {
    case 'missing':
      return page(404, '404 Not Found');
    case 'error':
      return page(500, '500 Internal Server Error');
    case 'html':
      return page(200, 'Welcome');
    case 'truncated':
      return { ...answer, isTruncated: true };
  }
}

function decoded(pathname: string): string | null {
  try {
    const path = decodeURIComponent(pathname);
    return path.includes('\0') ? null : path;
  } catch {
    return null;
  }
}

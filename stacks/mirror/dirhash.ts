import { createHash } from 'node:crypto';
import type { PackageFiles } from './layout.ts';

/**
 * The hash that a lock file holds for an unpacked package, `h1:…`: SHA-256, in base64, over one line for each file in the order of their
 * names, `<SHA-256 of the content in hex>  <name>\n`. Names only, no modes: the scheme `Hash1` of Go's `dirhash`, which Terraform uses.
 * A test compares it with what Terraform computes.
 */
export function packageHash(files: PackageFiles): string {
  const lines = [...files.keys()]
    .sort()
    .map((name) => `${sha256(files.get(name) ?? '').digest('hex')}  ${name}\n`);
  return `h1:${sha256(lines.join('')).digest('base64')}`;
}

function sha256(content: string | Uint8Array) {
  return createHash('sha256').update(content);
}

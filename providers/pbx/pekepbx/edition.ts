import type { ProfileDocument } from '../../../engine/model/profile.ts';

/** `PekePBX REST API, profile pekepbx-v36`: the server tells no edition that is documented. */
export function editionOf({ name }: ProfileDocument, version: string | null): string {
  const told = version === null ? '' : ` ${version.replace(/[^\w.-]/g, '').slice(0, 40)}`;
  return `PekePBX REST API${told}, profile ${name}`;
}

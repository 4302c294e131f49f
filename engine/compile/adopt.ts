import type { Desired } from '../model/index.ts';

/** `adopt: true` takes over values; `adopt: { secrets: true }` replaces the secrets too. */
export function adoptOf(adopt: boolean | { readonly secrets?: boolean } | undefined): Desired['adopt'] {
  if (adopt === undefined || adopt === false) return 'no';
  return typeof adopt === 'object' && adopt.secrets === true ? 'secrets' : 'values';
}

import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { AltaError } from '../../model/index.ts';

/**
 * A folder of this package that holds data for people, seen from a bundle beside it, the sources, or the compiled code below dist/.
 * @throws AltaError `internal` for a package without it
 */
export function packageFolder(name: 'schemas' | 'profiles'): string {
  const places = ['./', '../../../../', '../../../'].map((up) =>
    fileURLToPath(new URL(`${up}${name}`, import.meta.url)),
  );
  const found = places.find((folder) => existsSync(folder));
  if (found === undefined) throw new AltaError('internal', { message: `the package holds no ${name}` });
  return found;
}

import { isWindows, type Platform } from './layout.ts';

/** The oldest Node.js that runs the bundle: `engines` of package.json; a test holds the two together. */
export const oldestNode = '20.18.1';

/** Name of the bundle beside the launcher. */
export const bundleName = 'provider.cjs';

/** What Terraform prints where the provider cannot start is the first line of its standard output, and nothing else. */
const complaint = `Alta needs Node.js ${oldestNode} or newer on PATH`;

/**
 * Runs in whatever Node.js is there, however old: it may use nothing that came later than the first. Loads the bundle, whose path follows.
 */
const start = [
  `var w=[${oldestNode.split('.').join(',')}],v=process.versions.node.split('.'),i=0`,
  'while(i<2&&+v[i]===w[i])i++',
  `if(+v[i]<w[i]){console.log('${complaint}; this is '+process.version);process.exit(1)}`,
  "require(require('path').resolve(process.argv[1]))",
].join(';');

/**
 * The text of the launcher. It starts the bundle beside it, so that whoever pins the package, as Terraform's lock file does, pins what runs.
 * The script of Windows was never run there.
 */
export function launcherOf(platform: Platform): string {
  return isWindows(platform) ? batch : shell;
}

const shell = `#!/bin/sh
command -v node >/dev/null 2>&1 || { echo '${complaint}; there is none'; exit 1; }
exec node -e "${start}" "\${0%/*}/${bundleName}"
`;

const batch = [
  '@echo off',
  `where node >nul 2>nul || (echo ${complaint}; there is none & exit /b 1)`,
  `node -e "${start}" "%~dp0${bundleName}"`,
  '',
].join('\r\n');

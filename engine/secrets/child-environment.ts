import type { Environment } from './identity.ts';

/** Where programs live, how they speak and where they may write; nothing that is ever a secret. */
const allowed = new Set([
  'PATH',
  'HOME',
  'USER',
  'LOGNAME',
  'LANG',
  'LANGUAGE',
  'TZ',
  'TERM',
  'TMPDIR',
  'NO_COLOR',
  'XDG_CONFIG_HOME',
]);

/** Without these no program starts on Windows, where case does not count in names. */
const allowedOnWindows = new Set([
  'PATH',
  'PATHEXT',
  'SYSTEMROOT',
  'SYSTEMDRIVE',
  'WINDIR',
  'COMSPEC',
  'TEMP',
  'TMP',
  'USERNAME',
  'USERPROFILE',
  'HOMEDRIVE',
  'HOMEPATH',
  'APPDATA',
  'LOCALAPPDATA',
  'PROGRAMDATA',
  'PROGRAMFILES',
  'PROGRAMFILES(X86)',
]);

/**
 * The environment that a child process gets: an allow-list, with `LC_*`.
 *
 * @param asked further names that this one child needs, such as `SSH_AUTH_SOCK` for git over ssh.
 * @param platform default: the running one.
 */
export function childEnvironment(
  env: Environment,
  asked: readonly string[] = [],
  platform: NodeJS.Platform = process.platform,
): Record<string, string> {
  const passes = (name: string) =>
    allowed.has(name) ||
    /^LC_[A-Z]+$/.test(name) ||
    asked.includes(name) ||
    (platform === 'win32' && allowedOnWindows.has(name.toUpperCase()));
  const entries = Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return Object.fromEntries(entries.filter(([name]) => passes(name)));
}

import { type Actual, reveal, Secret } from '../../../../engine/model/index.ts';
import type { Write } from '../../../contract.ts';
import { linesOf, settingOf } from '../cfg/parse.ts';
import { type Cfg, HEADER, renderLine } from '../cfg.ts';

/** The line by which a file says who wrote it last. It differs each time, so that the phone applies the file again. */
export interface Mark {
  /** How many times the file was written. */
  readonly version: number;
  /** ms since the epoch. */
  readonly at: number;
  /** 12 lower-case hex digits. */
  readonly mac: string;
}

const markPattern = /^# alta: (\d{1,9}) (\S{20,30}) ([0-9a-f]{12})$/;

/** The mark of a file; null in one that we never wrote. */
export function markOf(text: Secret): Mark | null {
  const found = linesOf(reveal(text)).flatMap((line) => markPattern.exec(line) ?? []);
  const [, version = '', at = '', mac = ''] = found;
  return mac === '' ? null : { version: Number(version), at: Date.parse(at), mac };
}

/**
 * A settings file with some keys set. Every other line stays as it is and where it is, comments and settings limited to models included;
 * a key that stood there several times is left once. A new file is made of `null`.
 * @throws `settings-unwritable`
 */
export function editFile(text: Secret | null, settings: Cfg, mark: Mark): Secret {
  const pending = new Map(settings.map((line) => [line.key, reveal(renderLine(line))]));
  const set = new Set<string>();
  const kept = bodyOf(text).flatMap((line) => {
    const key = settingOf(line)?.key ?? '';
    const rendered = pending.get(key);
    if (rendered === undefined) return [line];
    if (set.has(key)) return [];
    set.add(key);
    return [rendered];
  });
  const added = [...pending].flatMap(([key, line]) => (set.has(key) ? [] : [line]));
  const stamp = `# alta: ${mark.version} ${new Date(mark.at).toISOString()} ${mark.mac}`;
  return new Secret([HEADER, stamp, ...kept, ...added, ''].join('\n'));
}

/** The lines of a file without version line, mark, and empty lines at the end. */
function bodyOf(text: Secret | null): readonly string[] {
  if (text === null) return [];
  const lines = linesOf(reveal(text)).filter(
    (line) => !line.startsWith('#!version:') && !markPattern.test(line),
  );
  const last = lines.findLastIndex((line) => line.trim() !== '');
  return lines.slice(0, last + 1);
}

/** Whether an account is already what a create would make of it. A password that is not there to be read says no. */
export function isMade(account: Actual, write: Extract<Write, { readonly action: 'create' }>): boolean {
  const { values, secrets } = account;
  const sameSecret = ([field, secret]: readonly [string, Secret]) => {
    const held = secrets[field];
    return held !== undefined && reveal(held) === reveal(secret);
  };
  return (
    Object.entries(write.values).every(([field, value]) => values[field] === value) &&
    Object.entries(write.secrets).every(sameSecret)
  );
}

/** The lines of a boot file that name files to fetch, in order. [vendor-docs] */
export function includesOf(text: Secret): readonly Secret[] {
  return linesOf(reveal(text))
    .filter((line) => /^[ \t]*include:config\b/.test(line))
    .map((line) => new Secret(line.trim()));
}

/** Whether a boot file names a phone's own file, by its name or by the variable for its MAC. [vendor-docs] */
export function includesFile(text: Secret, mac: string): boolean {
  const own = new RegExp(`(^|[/\\s"<])(${mac}|\\$mac|\\$\\{mac\\})\\.cfg([">\\s]|$)`, 'i');
  return includesOf(text).some((line) => own.test(reveal(line)));
}

/** A boot file: the version line, what others name, and the phone's own file last, so that it wins. */
export function bootFile(includes: readonly Secret[], mac: string): Secret {
  return new Secret([HEADER, ...includes.map(reveal), includeOf(`${mac}.cfg`), ''].join('\n'));
}

/** A boot file that names the phone's own file as well, last. Everything else in it stays. */
export function extendedBoot(text: Secret, mac: string): Secret {
  const clear = reveal(text);
  const end = clear === '' || clear.endsWith('\n') ? '' : '\n';
  return new Secret(`${clear}${end}${includeOf(`${mac}.cfg`)}\n`);
}

/** The quoted form is the one that every reading of the guide has. */
export function includeOf(file: string): string {
  return `include:config "${file}"`;
}

/** HTTP Basic. */
export function basicAuth(username: Secret, password: Secret): Secret {
  const login = `${reveal(username)}:${reveal(password)}`;
  return new Secret(`Basic ${Buffer.from(login, 'utf8').toString('base64')}`);
}

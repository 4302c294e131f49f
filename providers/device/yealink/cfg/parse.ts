import { AltaError, Secret } from '../../../../engine/model/index.ts';
import { type Cfg, type CfgLine, isSecret, keyPattern } from './line.ts';

/** Why a text is not taken as settings. */
export type Unreadable = 'html' | 'encrypted' | 'binary' | 'not-a-setting';

/**
 * The settings of a file or an export: `key = value` lines, blanks round the `=` or none, comments and empty lines left out, CRLF or
 * LF, a byte order mark skipped. The version line is not asked for, since exports may lack it.
 * @param name what the text is, for the error: never its content
 * @throws `settings-unreadable`, with the line's number, for what is no list of settings
 */
export function parseCfg(text: string, name = 'cfg'): Cfg {
  const whole = wholeFlaw(text);
  if (whole !== null) throw unreadable(name, whole, 1);
  return linesOf(text).flatMap((line, index) => {
    if (isComment(line)) return [];
    const setting = settingOf(line);
    if (setting === null) throw unreadable(name, 'not-a-setting', index + 1);
    return [setting];
  });
}

/** The lines of a file without their ends and without a byte order mark. */
export function linesOf(text: string): readonly string[] {
  return text.replace(/^\ufeff/, '').split(/\r\n|\n|\r/);
}

/** Empty lines count as comments. */
export function isComment(line: string): boolean {
  return /^[ \t]*(#|$)/.test(line);
}

/** Null for what is no setting. Only blanks and tabs are trimmed, which is what the format knows. */
export function settingOf(line: string): CfgLine | null {
  const at = line.indexOf('=');
  const key = trimmed(line.slice(0, Math.max(at, 0)));
  if (at < 0 || !keyPattern.test(key)) return null;
  const value = trimmed(line.slice(at + 1));
  return { key, value: isSecret(key, value) ? new Secret(value) : value };
}

function trimmed(text: string): string {
  return text.replace(/^[ \t]+|[ \t]+$/g, '');
}

function wholeFlaw(text: string): Unreadable | null {
  const start = text.replace(/^\ufeff/, '').trimStart();
  if (start.startsWith('<')) return 'html';
  if (/^#!(encrypt|key_|conf_)/.test(start)) return 'encrypted';
  return text.includes('\0') ? 'binary' : null;
}

function unreadable(name: string, kind: Unreadable, line: number): AltaError {
  return new AltaError('settings-unreadable', { file: name, kind, line });
}

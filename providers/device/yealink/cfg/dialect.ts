import { AltaError, reveal, Secret } from '../../../../engine/model/index.ts';
import { flawOf } from './flaw.ts';
import { type Cfg, type CfgLine, EMPTY, FACTORY, HEADER, keyPattern } from './line.ts';
import { parseCfg } from './parse.ts';

/**
 * A whole settings file: the version line, then one line for each setting, in order.
 * @throws `settings-unwritable`, written nothing, for a key or a value that the format cannot hold; names the key and the reason only
 */
export function renderCfg(lines: Cfg): Secret {
  return new Secret([HEADER, ...lines.map((line) => reveal(renderLine(line))), ''].join('\n'));
}

/**
 * `account.1.label = Recepción`, without a line break in it. An empty value and the format's own words pass: they say what they mean.
 * @throws `settings-unwritable`
 */
export function renderLine({ key, value }: CfgLine): Secret {
  const text = clearOf(value);
  const flaw = text === '' || text === FACTORY || text === EMPTY ? null : flawOf(text);
  const kind = keyPattern.test(key) ? flaw : 'key';
  if (kind !== null) {
    const params = { key: kind === 'key' ? '?' : key, kind };
    throw new AltaError('settings-unwritable', params, { written: 'nothing' });
  }
  return new Secret(text === '' ? `${key} =` : `${key} = ${text}`);
}

/** {@link parseCfg} of a file that was read as a secret. */
export function readCfg(text: Secret, name: string): Cfg {
  return parseCfg(reveal(text), name);
}

/** The value of a line in clear. */
export function clearOf(value: string | Secret): string {
  return typeof value === 'string' ? value : reveal(value);
}

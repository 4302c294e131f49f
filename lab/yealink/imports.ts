import { parseCfg } from './cfg.ts';
import { change, type Phone, unknownTo } from './phone.ts';
import { reboot } from './power.ts';

/** How many entries an import took, or the word that refuses it (C: noparam, large, failed). */
export type ImportVerdict = number | 'noparam' | 'large' | 'failed';

/**
 * Imports a configuration file through the web. Partial files are fine: only the keys listed change (C). Without the
 * version line, or without a known key, nothing happens (D: ignored; the word C).
 */
export function importCfg(phone: Phone, text: string, limit = Number.POSITIVE_INFINITY): ImportVerdict {
  const { doubts } = phone.settings;
  if (Buffer.byteLength(text) > limit) return 'large';
  const entries = parseCfg(text, doubts.lineEnds);
  if (entries === undefined) return doubts.importWord;
  const unknown = unknownTo(phone, entries);
  if (unknown.length > 0 && doubts.unknownKeys === 'refuse') return doubts.importWord;
  if (entries.length === 0 || unknown.length === entries.length) return doubts.importWord;
  const { known, changed } = change(phone, entries, 'hand');
  if (doubts.importReboots && changed.some((key) => key.startsWith('static.'))) void reboot(phone);
  return known;
}

import { type About, strange } from '../../transport/refusal.ts';
import { isJson, type Json, only, textOf } from './answers.ts';

/** The enhanced service of the outgoing number. */
export interface CallerId {
  readonly number: string;
  readonly emergency: string;
  /** What the tenant sends where there is none. */
  readonly fallback: string;
  /**
   * What others have set beside them, by the names of the arguments: numbers for single trunks, and numbers that the user may choose from.
   * Lists with colons between their entries.
   */
  readonly beside: Readonly<Record<string, string>>;
}

export function readCallerId(body: unknown, about: About): CallerId {
  const entry = only(body, 'callerid');
  if (entry === null) throw strange('no callerid', about);
  return {
    number: textOf(entry.callerid),
    emergency: textOf(entry.emergency_callerid),
    fallback: textOf(entry.default_callerid),
    beside: { ...perTrunk(entry), ...choices(entry.allowed_callerids) },
  };
}

const trunkKey = /^callerid:(.+?)(?<!:privacy)$/;

/** `callerid:<trunk>` and `callerid:<trunk>:privacy` for each trunk; those without either are not said. [field] */
function perTrunk(entry: Json): Readonly<Record<string, string>> {
  const rows = Object.keys(entry).flatMap((key) => {
    const trunk = trunkKey.exec(key)?.[1];
    if (trunk === undefined) return [];
    const [number, privacy] = [textOf(entry[key]), textOf(entry[`${key}:privacy`])];
    const isSet = number !== '' || !['', '0'].includes(privacy);
    return isSet ? [{ trunks: trunk, tcallerids: number, tprivacies: privacy || '0' }] : [];
  });
  return joined(rows);
}

/** A map of numbers, or `[]`. [field] */
function choices(allowed: unknown): Readonly<Record<string, string>> {
  const entries = isJson(allowed) ? Object.values(allowed).filter(isJson) : [];
  return joined(
    entries.map(({ callerid, label, short_code: code }) => ({
      anums: textOf(callerid),
      alabels: textOf(label),
      acodes: textOf(code),
    })),
  );
}

/** A column for each name. None at all where an entry has a colon of its own: the API could not say it. */
function joined(rows: readonly Readonly<Record<string, string>>[]): Readonly<Record<string, string>> {
  if (rows.some((row) => Object.values(row).some((value) => value.includes(':')))) return {};
  const names = Object.keys(rows[0] ?? {});
  return Object.fromEntries(names.map((name) => [name, rows.map((row) => row[name] ?? '').join(':')]));
}

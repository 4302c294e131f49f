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
  /** Entries with a colon of their own, so that the API cannot say them, and may delete what they set: `trunks Salida: Norte`. */
  readonly unsayable: readonly string[];
}

export function readCallerId(body: unknown, about: About): CallerId {
  const entry = only(body, 'callerid');
  if (entry === null) throw strange('no callerid', about);
  const columns = { ...columnsOf(perTrunk(entry)), ...columnsOf(choices(entry.allowed_callerids)) };
  return {
    number: textOf(entry.callerid),
    emergency: textOf(entry.emergency_callerid),
    fallback: textOf(entry.default_callerid),
    beside: Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, column.join(':')])),
    unsayable: Object.entries(columns).flatMap(([name, column]) =>
      column.filter((one) => one.includes(':')).map((one) => `${name} ${one}`),
    ),
  };
}

/** One entry, by the names of the arguments. */
type Arguments = Readonly<Record<string, string>>;

const trunkKey = /^callerid:(.+?)(?<!:privacy)$/;

/** `callerid:<trunk>` and `callerid:<trunk>:privacy` for each trunk; those without either are not said. [field] */
function perTrunk(entry: Json): readonly Arguments[] {
  return Object.keys(entry).flatMap((key) => {
    const trunk = trunkKey.exec(key)?.[1];
    if (trunk === undefined) return [];
    const [number, privacy] = [textOf(entry[key]), textOf(entry[`${key}:privacy`])];
    const isSet = number !== '' || !['', '0'].includes(privacy);
    return isSet ? [{ trunks: trunk, tcallerids: number, tprivacies: privacy || '0' }] : [];
  });
}

/** A map of numbers, or `[]`. [field] */
function choices(allowed: unknown): readonly Arguments[] {
  const entries = isJson(allowed) ? Object.values(allowed).filter(isJson) : [];
  return entries.map(({ callerid, label, short_code: code }) => ({
    anums: textOf(callerid),
    alabels: textOf(label),
    acodes: textOf(code),
  }));
}

function columnsOf(rows: readonly Arguments[]): Readonly<Record<string, readonly string[]>> {
  const names = Object.keys(rows[0] ?? {});
  return Object.fromEntries(names.map((name) => [name, rows.map((row) => row[name] ?? '')]));
}

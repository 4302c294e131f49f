import { stateKey } from '../model/index.ts';

/** What JSON calls an object. */
export type Raw = Readonly<Record<string, unknown>>;

type Check = (value: unknown) => boolean;

export function isObject(value: unknown): value is Raw {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const isText: Check = (value) => typeof value === 'string';
const isFlag: Check = (value) => typeof value === 'boolean';
const isCount: Check = (value) => Number.isSafeInteger(value) && Number(value) >= 0;
/** Late writes are waited for from this time on. */
const isTime: Check = (value) => typeof value === 'string' && !Number.isNaN(Date.parse(value));
const isScalar: Check = (value) => isText(value) || isFlag(value) || Number.isFinite(value);
const isNullOr =
  (check: Check): Check =>
  (value) =>
    value === null || check(value);
const isOptional =
  (check: Check): Check =>
  (value) =>
    value === undefined || check(value);
const isOneOf =
  (...texts: readonly string[]): Check =>
  (value) =>
    texts.includes(String(value)) && isText(value);
const isListOf =
  (check: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every(check);
const isTableOf =
  (check: Check): Check =>
  (value) =>
    isObject(value) && Object.values(value).every(check);
/** Fields beyond these are a later minor version's. */
const isShaped =
  (shape: Readonly<Record<string, Check>>): Check =>
  (value) =>
    isObject(value) && Object.entries(shape).every(([field, check]) => check(value[field]));

const isAction = isOneOf('create', 'update', 'delete');
const isSecret = isShaped({ marker: isNullOr(isText), readback: isOptional(isText) });

const ofResource = {
  address: isText,
  kind: isOneOf('extension', 'account'),
  key: isText,
  targetKey: isText,
  values: isTableOf(isScalar),
  secrets: isTableOf(isSecret),
  dependsOn: isListOf(isText),
  protect: isOptional((value) => value === true),
} as const;
const isPlannedEntry = isShaped(ofResource);
const isEntry = isShaped({ ...ofResource, appliedAt: isText });

const isTarget = isShaped({ address: isText, commitPending: isFlag, identity: isTableOf(isText) });
const isGuided = isShaped({
  address: isText,
  action: isAction,
  values: isTableOf(isScalar),
  digest: isText,
  since: isText,
  attested: isOptional(isShaped({ by: isText, at: isText, note: isOptional(isText) })),
});
const isOutstanding = isShaped({
  address: isText,
  digest: isText,
  reason: isText,
  since: isText,
  attempts: isCount,
});
const isWrite = isShaped({
  key: isText,
  address: isText,
  action: isAction,
  before: isText,
  revs: isTableOf(isNullOr(isText)),
  fingerprints: isTableOf(isText),
  after: isNullOr(isPlannedEntry),
});

/** What every state must hold. */
const FIELDS: Readonly<Record<string, Check>> = {
  format_version: isText,
  client: isText,
  lineage: isText,
  serial: isCount,
  alta_version: isText,
  commit: isNullOr(isText),
  updatedAt: isText,
  resources: isObject,
  targets: isObject,
  guided: isObject,
  outstanding: isObject,
  pending: isNullOr(isShaped({ digest: isText, epoch: isCount, startedAt: isTime, writes: Array.isArray })),
};

/** What each item of a state's tables must hold, and that it stands under its own key: a merge by hand mixes them up. */
const TABLES: Readonly<Record<string, (key: string, item: unknown) => boolean>> = {
  resources: (key, item) => isEntry(item) && isUnder(key, item),
  targets: (_, item) => isTarget(item),
  guided: (_, item) => isGuided(item),
  outstanding: (_, item) => isOutstanding(item),
};

/** The places of a state that do not hold what they must: `serial`, `resources lab/301#extension:10`. None = it is one. */
export function misfits(raw: Raw): readonly string[] {
  const fields = Object.entries(FIELDS).filter(([field, fits]) => !fits(raw[field]));
  if (fields.length > 0) return fields.map(([field]) => field);
  const items = Object.entries(TABLES).flatMap(([table, fits]) =>
    Object.entries(Object(raw[table])).flatMap(([key, item]) => (fits(key, item) ? [] : [`${table} ${key}`])),
  );
  return [...items, ...pendingMisfits(raw.pending)];
}

function pendingMisfits(pending: unknown): readonly string[] {
  const writes: readonly unknown[] = Object(pending).writes ?? [];
  return writes.flatMap((write, index) =>
    isWrite(write) && isKept(write) ? [] : [`pending.writes ${index}`],
  );
}

function isKept(write: unknown): boolean {
  const { key, after } = Object(write);
  return after === null || isUnder(key, after);
}

function isUnder(id: string, entry: unknown): boolean {
  const { targetKey, kind, key } = Object(entry);
  return stateKey(targetKey, kind, key) === id;
}

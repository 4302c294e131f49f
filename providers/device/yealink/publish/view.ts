import type { Actual, Delivery } from '../../../../engine/model/index.ts';
import type { Cfg } from '../cfg.ts';
import { accountsOf } from '../dialect.ts';
import type { CfgGeneration } from '../generation.ts';
import { lineOf } from '../keys.ts';
import type { Fetched } from './delivery.ts';

/** What is known of one phone. */
export interface Sight {
  /** The settings of its file; empty without one. */
  readonly cfg: Cfg;
  readonly generation: CfgGeneration;
  readonly fetched: Fetched;
  /** What the phone itself shows; null where it could not be asked. */
  readonly phone: readonly Actual[] | null;
  /** This session has written the file, so a phone that shows something else has not had the time. */
  readonly justWritten: boolean;
  /** Something keeps the phone from ever coming to its file. */
  readonly stranded: boolean;
}

/**
 * The accounts of a phone. What the phone shows is the truth, so that a change by hand shows as drift; but where the file is known not to
 * have arrived, what is on its way counts, marked as such. Without the phone's word the file's counts, marked unless the log proves that
 * it was fetched. Passwords are there only where all there is to see is the file. The accounts of a file that no phone can come to are
 * not in service: a plan must show that, and the next write puts it right.
 */
export function accountsSeen(sight: Sight): readonly Actual[] {
  const { phone, fetched, stranded } = sight;
  const filed = filedIn(sight);
  if (phone === null)
    return filed.map((account) => withDelivery(stranded ? outOfService(account) : account, fetched));
  if (!isOnItsWay(sight)) return phone;
  const onItsWay = filed.map((account) => {
    const shown = phone.find(({ key }) => key === account.key);
    if (shown !== undefined && agrees(shown, account)) return shown;
    return withDelivery({ ...account, secrets: {} }, fetched);
  });
  const settled = new Set([...filed.map(({ key }) => key), ...switchedOff(sight)]);
  return [...onItsWay, ...phone.filter(({ key }) => !settled.has(key))].sort(byLine);
}

/**
 * What became of lines that were taken out of the file. A phone that shows one of them has not fetched it; one that shows none has none,
 * whatever the log says. Undefined where they are gone.
 */
export function deliveryOf(sight: Sight): Delivery | undefined {
  const { phone, fetched } = sight;
  if (phone === null) return fetched === 'fetched' ? undefined : fetched;
  return isOnItsWay(sight) && isLeaving(sight, phone) ? 'waiting' : undefined;
}

/** Whether a phone is known to lack something that lies in its file: by the log, or by its own word where no log says otherwise. */
export function isBehind(sight: Sight): boolean {
  const { phone, fetched } = sight;
  if (phone === null || fetched === 'fetched') return fetched === 'waiting';
  const isThere = (account: Actual) =>
    phone.some((shown) => shown.key === account.key && agrees(shown, account));
  return isLeaving(sight, phone) || !filedIn(sight).every(isThere);
}

function isOnItsWay({ fetched, justWritten, stranded }: Sight): boolean {
  return !stranded && (fetched === 'waiting' || (fetched === 'unknown' && justWritten));
}

function isLeaving(sight: Sight, phone: readonly Actual[]): boolean {
  const off = switchedOff(sight);
  return phone.some(({ key }) => off.has(key));
}

function filedIn({ cfg, generation }: Sight): readonly Actual[] {
  return accountsOf(cfg, generation);
}

/** The lines that the file switches off, and of which it holds nothing else. */
function switchedOff(sight: Sight): ReadonlySet<string> {
  const held = new Set(filedIn(sight).map(({ key }) => key));
  return new Set([...switched(sight.cfg)].filter((line) => !held.has(line)));
}

function outOfService(account: Actual): Actual {
  return { ...account, values: { ...account.values, active: false } };
}

function withDelivery(account: Actual, fetched: Fetched): Actual {
  return fetched === 'fetched' ? account : { ...account, delivery: fetched };
}

/** Whether the phone shows everything that the file says. */
function agrees(shown: Actual, filed: Actual): boolean {
  return Object.entries(filed.values).every(([field, value]) => shown.values[field] === value);
}

function byLine(a: Actual, b: Actual): number {
  return Number(a.key) - Number(b.key);
}

/** The lines of which a file says nothing yet, up to the last line of the phone. */
export function untoldLines(cfg: Cfg, accounts: number): readonly string[] {
  const told = switched(cfg);
  const all = Array.from({ length: accounts }, (_, index) => String(index + 1));
  return all.filter((line) => !told.has(line));
}

/** The lines that a file switches on or off. */
function switched(cfg: Cfg): ReadonlySet<string> {
  return new Set(cfg.flatMap(({ key }) => (/^account\.\d+\.enable$/.test(key) ? (lineOf(key) ?? []) : [])));
}

import type { Actual } from '../../../../engine/model/index.ts';
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
}

/**
 * The accounts of a phone. What the phone shows is the truth, so that a change by hand shows as drift; but where the file is known not to
 * have arrived, what is on its way counts, marked as such. Without the phone's word the file's counts, marked unless the log proves that
 * it was fetched. Passwords are there only where all there is to see is the file.
 */
export function accountsSeen(sight: Sight): readonly Actual[] {
  const { phone, fetched, justWritten } = sight;
  const filed = accountsOf(sight.cfg, sight.generation);
  if (phone === null) return filed.map((account) => withDelivery(account, fetched));
  if (fetched === 'fetched' || !(fetched === 'waiting' || justWritten)) return phone;
  const onItsWay = filed.map((account) => {
    const shown = phone.find(({ key }) => key === account.key);
    if (shown !== undefined && agrees(shown, account)) return shown;
    return withDelivery({ ...account, secrets: {} }, fetched);
  });
  const spoken = new Set(sight.cfg.flatMap(({ key }) => lineOf(key) ?? []));
  return [...onItsWay, ...phone.filter(({ key }) => !spoken.has(key))].sort(byLine);
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
  const told = new Set(
    cfg.flatMap(({ key }) => (/^account\.\d+\.enable$/.test(key) ? (lineOf(key) ?? []) : [])),
  );
  const all = Array.from({ length: accounts }, (_, index) => String(index + 1));
  return all.filter((line) => !told.has(line));
}

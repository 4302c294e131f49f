import { AltaError, type Target } from '../../../../engine/model/index.ts';
import type { SessionContext } from '../../../contract.ts';
import { refuseReadOnly } from '../../../identity.ts';
import { farewell } from '../../../transport/goodbye.ts';
import { refuseOtherCompany } from '../declared.ts';
import { fetchInventory } from '../inventory.ts';
import type { Link } from '../link.ts';
import { marksIn } from '../profile/marks.ts';
import type { Row } from '../rows.ts';
import { type Box, companyVariables } from '../tenant.ts';
import { refuseOutside, trialsFor } from './canary.ts';
import { cleanUp, leftOf } from './clean.ts';
import type { LeftBehind, OpenMark, Said, SelftestReport } from './contract.ts';
import { proveCreate, proveDelete, proveRefusal } from './life.ts';
import { note, type Run } from './run.ts';
import { saidOf } from './trial.ts';
import { proveUpdates } from './updates.ts';
import { companyFor, visiting } from './visit.ts';

/** How long cleaning up after an abort may take in all, ms. */
const CLEAN_UP_MS = 60_000;

/**
 * Tries every write of the profile on one number that nobody uses: create, read, change each field once, read, delete, and look that it is
 * gone. Marks do not stop it, since proving them is what it is for. Whatever happens, it takes away what it made, and says what it could
 * not take away. No value of the server is part of the report.
 * @param canaryNumber within the profile's `canary`, and free
 * @throws `canary-undeclared`, `canary-out-of-range`, `canary-taken`, `read-only-session`, `wrong-identity`, and what is wrong with the way
 *   there or the login: all before anything was written
 */
export async function selftest(
  target: Target,
  context: SessionContext,
  canaryNumber: string,
): Promise<SelftestReport> {
  refuseReadOnly('selftest', target.address, target, context);
  const { run, left } = await visiting(target, context, async (box) => {
    const begun = await begin(box, canaryNumber);
    await live(begun);
    const stopped = context.signal.aborted;
    return { run: begun, left: stopped ? null : await cleanUp(begun, box) };
  });
  const kept = context.signal.aborted && run.sent ? await cleanUpAnew(run, target, context) : left;
  return reportOf(run, kept);
}

/** Everything that must be true before the first write. */
async function begin(box: Box, number: string): Promise<Run> {
  const { link } = box;
  refuseOutside(number, link);
  const company = await companyFor(box);
  refuseOtherCompany(company, link);
  const inventory = await fetchInventory(box, company);
  refuseTaken(number, inventory.rows, link);
  const address = `${link.target.address}/extension:${number}`;
  return {
    box,
    company,
    number,
    address,
    steps: [],
    proven: new Set(),
    doubts: new Map(),
    inventory,
    sent: false,
    made: null,
    row: null,
  };
}

function refuseTaken(number: string, rows: readonly Row[], { target }: Link): void {
  if (!rows.some(({ key }) => key === number)) return;
  throw new AltaError('canary-taken', { number, host: target.host }, { written: 'nothing' });
}

/** The canary's life. What goes wrong ends it and stands in the steps; what was proven before stays proven. */
async function live(run: Run): Promise<void> {
  const { profile } = run.box.link;
  const variables = companyVariables(run.company);
  const trials = trialsFor(profile, run.number, run.inventory, variables);
  try {
    if (!(await proveRefusal(run, trials))) return;
    if (!(await proveCreate(run, trials))) return;
    await proveUpdates(run, trials);
    await proveDelete(run);
  } catch (error) {
    const evidence: readonly Said[] = [error instanceof AltaError ? saidOf(error) : { says: 'own-error' }];
    note(run, { step: 'read', outcome: 'failed', evidence });
  }
}

/** After an abort the session is dead: a new one, with a time of its own, sees to what is left. */
async function cleanUpAnew(run: Run, target: Target, context: SessionContext): Promise<LeftBehind | null> {
  try {
    return await visiting(target, farewell(context, CLEAN_UP_MS), async (box) => {
      await companyFor(box);
      return cleanUp(run, box);
    });
  } catch (error) {
    if (!(error instanceof AltaError)) throw error;
    note(run, { step: 'clean-up', outcome: 'failed', evidence: [saidOf(error)] });
    return leftOf(run);
  }
}

function reportOf(run: Run, left: LeftBehind | null): SelftestReport {
  const { profile, target } = run.box.link;
  const marks = marksIn(profile);
  const open = marks
    .filter((place) => !run.proven.has(place))
    .map((place): OpenMark => ({ place, why: run.doubts.get(place) ?? 'not-tried' }));
  return {
    profile: profile.name,
    host: target.host,
    company: run.company.id,
    number: run.number,
    steps: run.steps,
    proven: marks.filter((place) => run.proven.has(place)),
    open,
    fingerprint: run.inventory.shape,
    left,
  };
}

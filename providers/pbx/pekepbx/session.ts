import type { Target } from '../../../engine/model/index.ts';
import type { PoweredSession, SessionContext, Write, Written } from '../../contract.ts';
import { refuseReadOnly } from '../../identity.ts';
import { closerBy } from '../../transport/goodbye.ts';
import { inWrite } from '../../transport/refusal.ts';
import { refuseOtherCompany } from './declared.ts';
import { callFlowsOf } from './flows.ts';
import { guardShape, guardWrite } from './guard.ts';
import { fetchInventory, type Inventory } from './inventory.ts';
import type { Known } from './known.ts';
import { connect } from './link.ts';
import { LOGOUT_MS, logIn } from './login.ts';
import { readingOf, registrationsOf } from './reading.ts';
import { type Box, type Company, companyVariables, fetchCompany } from './tenant.ts';
import { perform } from './writer.ts';

/**
 * Logs in and gives the session. Registrations and call flows are there where the profile maps them.
 * @throws `profile-required`, `wrong-credentials`, `locked-out`, `second-factor-wanted`, `credential-missing`, and the transport's codes
 */
export async function openSession(target: Target, context: SessionContext): Promise<PoweredSession> {
  const box = await enter(target, context);
  const { profile } = box.link;
  const { registered } = profile.fields;
  const memory: Memory = {};
  const read = async (): Promise<Known> => {
    const company = await companyOf(box, memory);
    // A name that the server does not show keeps nobody from reading; another one does.
    if (company.name !== undefined) refuseOtherCompany(company, box.link);
    memory.inventory = await fetchInventory(box, company);
    return { company, inventory: memory.inventory };
  };
  return {
    read: async () => {
      const { company, inventory } = await read();
      return readingOf(company, inventory, profile, target, versionOf(box, inventory));
    },
    apply: (write) => apply(write, box, memory),
    close: closer(box),
    ...(registered === undefined
      ? {}
      : { registrations: async (keys) => registrationsOf(keys, (await read()).inventory.rows, registered) }),
    ...(profile.callFlows === undefined
      ? {}
      : { callFlows: async (asked) => callFlowsOf(asked, box, await read()) }),
  };
}

/** What was last read in this session. */
export interface Memory {
  company?: Company;
  inventory?: Inventory;
}

/** A logged-in way to the server. @throws as {@link openSession} */
export async function enter(target: Target, context: SessionContext): Promise<Box> {
  const link = await connect(target, context);
  try {
    return { link, login: await logIn(link) };
  } catch (error) {
    await link.http.close();
    throw error;
  }
}

/**
 * The declared company, found once in a session; calls are about it from then on.
 * @throws `wrong-identity`, `profile-identity-guess` where the server does not have it
 */
export async function companyOf(box: Box, memory: Memory): Promise<Company> {
  if (memory.company !== undefined) return memory.company;
  const company = await fetchCompany(box);
  if (company === null) {
    refuseOtherCompany(null, box.link);
    throw new TypeError('a target without tenant passed its check');
  }
  await box.login.enter(companyVariables(company));
  memory.company = company;
  return company;
}

async function apply(write: Write, box: Box, memory: Memory): Promise<Written> {
  const { link } = box;
  refuseReadOnly(write.action, write.address, link.target, link.context);
  guardWrite(write, link);
  const known = await recall(write, box, memory);
  guardShape(write, known.inventory, link, versionOf(box, known.inventory));
  try {
    const { written, rows } = await perform(write, box, known);
    remember(memory, rows);
    return written;
  } catch (error) {
    remember(memory, null);
    throw error;
  }
}

/** What writing needs to know, read now unless this session has read it before; and the company is the declared one. */
async function recall(write: Write, box: Box, memory: Memory): Promise<Known> {
  try {
    const company = await companyOf(box, memory);
    refuseOtherCompany(company, box.link);
    memory.inventory ??= await fetchInventory(box, company);
    return { company, inventory: memory.inventory };
  } catch (error) {
    throw inWrite(error, 'nothing', write.address);
  }
}

/** After a write that failed, nothing that was read before is believed. */
function remember(memory: Memory, rows: Inventory['rows'] | null): void {
  if (rows === null || memory.inventory === undefined) delete memory.inventory;
  else memory.inventory = { ...memory.inventory, rows };
}

function versionOf({ login }: Box, inventory: Inventory): string | null {
  return login.version() ?? inventory.version;
}

/** Logs out once, in every path. */
export function closer({ link, login }: Box): () => Promise<void> {
  return closerBy(link, {
    connect: async (context) => ({ ...(await connect(link.target, context)), jar: link.jar }),
    say: (way) => login.leave(way),
    ms: LOGOUT_MS,
  });
}

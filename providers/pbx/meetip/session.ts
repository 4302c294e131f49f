import { AltaError, type Secret, type Target } from '../../../engine/model/index.ts';
import type { PoweredSession, Reading, Scope, SessionContext, Write, Written } from '../../contract.ts';
import { refuseReadOnly } from '../../identity.ts';
import { openHttp } from '../../transport/http.ts';
import { actions } from './actions.ts';
import { aboutOf, type Link } from './call.ts';
import { refusedFor } from './errors.ts';
import { fetchFlows } from './flows/flow.ts';
import { fetchInventory } from './inventory.ts';
import { type Known, knownOf } from './known.ts';
import { askFirst } from './manner.ts';
import { readingOf } from './reading.ts';
import { fetchRegistrations } from './registrations.ts';
import { fetchLicense } from './tenant.ts';
import { hasSecond, type SecondApi, secondOf } from './v2/api.ts';
import { placeCall } from './v2/place-call.ts';
import { perform } from './writer.ts';

/**
 * Shows the key once and gives the session: there is no login, every call carries the key. `placeCall` is there where the version has API
 * v2.
 * @throws `wrong-credentials`, `credential-missing`, and the codes of the transport
 */
export async function openSession(target: Target, context: SessionContext): Promise<PoweredSession> {
  const link = await connect(target, context, keyOf(target, context));
  try {
    const known = await enter(link);
    return sessionOf(known);
  } catch (error) {
    await link.http.close();
    throw error;
  }
}

/** A key that may not list tenants is a valid key; anything else that is no list ends here. */
async function enter(link: Link): Promise<Known> {
  const question = { action: actions.tenants };
  const tenants = await askFirst(link, question);
  const allowed = tenants.ok || tenants.complaint.code === 'forbidden';
  if (!allowed) throw refusedFor(tenants.complaint, aboutOf(link, question));
  return knownOf(link, await fetchLicense(link), tenants);
}

function sessionOf(known: Known): PoweredSession {
  const { link, license } = known;
  let second: SecondApi | null | undefined;
  const secondApi = async () => {
    if (second === undefined) second = secondOf(link, license, (await known.tenant()).identity.tenant);
    return second;
  };
  return {
    read: (scope) => read(scope, known),
    apply: (write) => apply(write, known, secondApi),
    registrations: async (keys) => fetchRegistrations(link, await known.server(), keys),
    callFlows: async (asked) => fetchFlows(link, await known.server(), asked),
    close: () => link.http.close(),
    ...(hasSecond(license)
      ? {
          placeCall: async (from: string, to: string) => {
            const api = await secondApi();
            if (api !== null) return placeCall(api, from, to);
            return { answered: 'unknown' as const, evidence: 'nothing told the code of the tenant' };
          },
        }
      : {}),
  };
}

/** @param key null = from outside */
export async function connect(target: Target, context: SessionContext, key: Secret | null): Promise<Link> {
  if (target.endpoint === null) throw new AltaError('url-invalid', { host: target.host, kind: 'none' });
  const http = await openHttp(target.endpoint, context, context.ssh);
  return { http, target, context, key, manner: { method: 'POST', refusal: null, tired: false } };
}

/** @throws `credential-missing` */
function keyOf(target: Target, { credentials }: SessionContext): Secret {
  const { apiKey } = credentials;
  if (apiKey !== undefined) return apiKey;
  throw new AltaError('credential-missing', { host: target.host, target: target.address, part: 'apiKey' });
}

async function read({ keys }: Scope, known: Known): Promise<Reading> {
  // A look at single extensions lives with the names of before.
  if (keys === undefined) known.forgetLists();
  const { link, license } = known;
  const [agents, departments] = await Promise.all([known.agents(), known.departments()]);
  const inventory = await fetchInventory(link, await known.server(), keys);
  const tenant = await known.learn(inventory, keys === undefined);
  return readingOf({ license, tenant, agents, departments, inventory }, link.target);
}

async function apply(
  write: Write,
  known: Known,
  secondApi: () => Promise<SecondApi | null>,
): Promise<Written> {
  const { target, context } = known.link;
  refuseReadOnly(write.action, write.address, target, context);
  return perform(write, known, secondApi);
}

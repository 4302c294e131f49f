import { AltaError, type Target } from '../../../engine/model/index.ts';
import type { PoweredSession, SessionContext, Write } from '../../contract.ts';
import { refuseOther, refuseReadOnly } from '../../identity.ts';
import { closerBy } from '../../transport/goodbye.ts';
import { openHttp } from '../../transport/http.ts';
import { inWrite } from '../../transport/refusal.ts';
import type { Device } from './answers.ts';
import type { Link } from './call.ts';
import { commit } from './commit.ts';
import type { Known } from './guard.ts';
import { type Box, fetchDevice, fetchInventory, fetchLines, type Inventory } from './inventory.ts';
import { LOGOUT_MS, logIn } from './login.ts';
import { readingOf, registrationsOf } from './reading.ts';
import { perform } from './writer.ts';

/**
 * Logs in and gives the session. `commit` is there on v1.x only: v2.0.0 applies every write by itself.
 * @throws `wrong-credentials`, `locked-out`, `credential-missing`, and the codes of the transport
 */
export async function openSession(target: Target, context: SessionContext): Promise<PoweredSession> {
  const box = await enter(target, context);
  const first = box.login.api.generation === 1;
  const memory: Memory = {};
  return {
    read: async () => {
      const device = await fetchDevice(box);
      const inventory = await fetchInventory(box);
      Object.assign(memory, { device, inventory });
      return readingOf(device, inventory, box.login.api);
    },
    apply: (write) => apply(write, box, memory),
    registrations: async (keys) => registrationsOf(keys, await fetchLines(box)),
    close: closer(box),
    ...(first ? { commit: () => commitOnce(box, memory) } : {}),
  };
}

/** What was last read in this session. */
interface Memory {
  device?: Device;
  inventory?: Inventory;
}

async function enter(target: Target, context: SessionContext): Promise<Box> {
  const link = await connect(target, context);
  try {
    return { link, login: await logIn(link) };
  } catch (error) {
    await link.http.close();
    throw error;
  }
}

async function connect(target: Target, context: SessionContext): Promise<Link> {
  if (target.endpoint === null) throw new AltaError('url-invalid', { host: target.host, kind: 'none' });
  return { http: await openHttp(target.endpoint, context, context.ssh), target, context };
}

async function apply(write: Write, box: Box, memory: Memory): Promise<Record<string, never>> {
  refuseReadOnly(write.action, write.address, box.link.target, box.link.context);
  const known = await recall(write.address, box, memory);
  await perform(write, box, known);
  return {};
}

async function commitOnce(box: Box, memory: Memory): Promise<void> {
  const { target, context } = box.link;
  refuseReadOnly('commit', target.address, target, context);
  await recall(target.address, box, memory);
  await commit(box);
}

/** What writing needs to know, read now unless this session has read it before; and the box is the declared one. */
async function recall(address: string, box: Box, memory: Memory): Promise<Known> {
  try {
    memory.device ??= await fetchDevice(box);
    refuseOther({ serial: memory.device.serial }, box.link.target);
    memory.inventory ??= await fetchInventory(box);
    return { device: memory.device, inventory: memory.inventory };
  } catch (error) {
    throw inWrite(error, 'nothing', address);
  }
}

/** Logs out once, in every path. */
function closer({ link, login }: Box): () => Promise<void> {
  return closerBy(link, {
    connect: (context) => connect(link.target, context),
    say: (way) => login.leave(way),
    ms: LOGOUT_MS,
  });
}

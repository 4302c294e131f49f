import { AltaError, type Target } from '../../../engine/model/index.ts';
import type { PoweredSession, SessionContext, Write, Written } from '../../contract.ts';
import { refuseOther, refuseReadOnly } from '../../identity.ts';
import { closerBy } from '../../transport/goodbye.ts';
import { openHttp } from '../../transport/http.ts';
import { inWrite } from '../../transport/refusal.ts';
import { type Box, fetchDevice, fetchMenus } from './box.ts';
import type { Link } from './call.ts';
import { answerFlows } from './flows/answer.ts';
import type { Known } from './guard.ts';
import { fetchEntries } from './inventory.ts';
import { type Memory, readBox } from './look.ts';
import { readingOf, registrationsOf } from './reading.ts';
import { LOGOUT_MS, logIn } from './token.ts';
import { perform } from './writer.ts';

/**
 * Gets a token and gives the session, which gives the token back.
 * @throws `wrong-credentials`, `locked-out`, `target-busy`, `credential-missing`, and the codes of the transport
 */
export async function openSession(target: Target, context: SessionContext): Promise<PoweredSession> {
  const box = await enter(target, context);
  const memory: Memory = {};
  return {
    read: async ({ keys }) => readingOf(await readBox(box, memory, keys)),
    apply: (write) => apply(write, box, memory),
    registrations: async (keys) => registrationsOf(keys, await fetchEntries(box)),
    callFlows: (asked) => answerFlows(asked, box),
    close: closer(box),
  };
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

async function apply(write: Write, box: Box, memory: Memory): Promise<Written> {
  refuseReadOnly(write.action, write.address, box.link.target, box.link.context);
  return perform(write, box, await recall(write.address, box, memory));
}

/** What writing needs to know, read now unless this session has read it before; and the box is the declared one. */
async function recall(address: string, box: Box, memory: Memory): Promise<Known> {
  try {
    memory.device ??= await fetchDevice(box);
    refuseOther({ serial: memory.device.serial }, box.link.target);
    memory.menus ??= await fetchMenus(box);
    return { device: memory.device, menus: memory.menus, keys: memory.keys ?? null };
  } catch (error) {
    throw inWrite(error, 'nothing', address);
  }
}

/** Gives the token back once, in every path. */
function closer({ link, login }: Box): () => Promise<void> {
  return closerBy(link, {
    connect: (context) => connect(link.target, context),
    say: (way) => login.leave(way),
    ms: LOGOUT_MS,
  });
}

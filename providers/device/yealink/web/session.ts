import type { Target } from '../../../../engine/model/index.ts';
import type {
  PoweredSession,
  Preflight,
  Reading,
  RegistrationReader,
  SessionContext,
} from '../../../contract.ts';
import { refuseOther } from '../../../identity.ts';
import { closerBy } from '../../../transport/goodbye.ts';
import type { Face, Status } from './face.ts';
import { generationAt, refuseInCall } from './guard.ts';
import { aboutRequest, connect, type Link } from './link.ts';
import { readingOf } from './reading.ts';
import { recognise } from './recognise.ts';
import { registrationsOf } from './registration.ts';
import { enter, goodbyeOf, loginOf, type Stay } from './stay.ts';
import { perform } from './writer.ts';

/** What a phone's web interface can do. */
export type WebSession = PoweredSession & RegistrationReader & Preflight;

/**
 * Finds out which web interface the phone has, logs in and gives the session. Everything is done one after another: a phone
 * bears one administrator, and little else.
 * @throws `device-web-old`, `device-web-unknown`, `wrong-credentials`, `locked-out`, `device-busy`, `credential-missing`, and
 * the codes of the transport
 */
export async function openWeb(target: Target, context: SessionContext): Promise<WebSession> {
  const stay = await arrive(target, context);
  return {
    read: () => stay.run(read),
    apply: async (write) => {
      await perform(write, stay);
      return {};
    },
    registrations: async (keys) => registrationsOf(keys, (await stay.run(lookAtOurs)).lines),
    ready: () => stay.run(beReady),
    close: closer(stay),
  };
}

async function arrive(target: Target, context: SessionContext): Promise<Stay> {
  const link = await connect(target, context);
  try {
    const login = loginOf(link);
    return await enter(await recognise(link), link, login);
  } catch (error) {
    await link.http.close();
    throw error;
  }
}

async function look(face: Face, link: Link): Promise<Status> {
  link.pass.status = await face.status(link);
  return link.pass.status;
}

/** What another phone says of its lines is no answer. One that does not tell its MAC is believed. */
async function lookAtOurs(face: Face, link: Link): Promise<Status> {
  const status = await look(face, link);
  if (status.mac !== '') refuseOther({ mac: status.mac }, link.target);
  return status;
}

async function read(face: Face, link: Link): Promise<Reading> {
  const status = await look(face, link);
  const generation = generationAt(status, link);
  const cfg = await face.exported(link);
  const about = aboutRequest(link, { path: '', operation: 'cfg/export' });
  return readingOf({ web: face.web, status, generation, cfg }, about);
}

/** What a write would meet now. */
async function beReady(face: Face, link: Link): Promise<void> {
  const { mac } = await look(face, link);
  refuseOther({ mac }, link.target);
  await refuseInCall(face, link, link.target.address);
}

/** Logs out once, in every path. */
function closer({ face, link }: Stay): () => Promise<void> {
  return closerBy(link, goodbyeOf(face, link));
}

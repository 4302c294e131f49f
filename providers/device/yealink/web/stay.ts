import { AltaError } from '../../../../engine/model/index.ts';
import { credentialOf } from '../../../identity.ts';
import { type Goodbye, leaveBy } from '../../../transport/goodbye.ts';
import { isRefusal } from '../../../transport/refusal.ts';
import type { Login } from './dialect.ts';
import { isLoggedOut } from './errors.ts';
import type { Face } from './face.ts';
import { connect, LEAVE_MS, type Link } from './link.ts';

/** A visit to one phone, logged in. */
export interface Stay {
  readonly link: Link;
  readonly face: Face;
  /**
   * Runs one operation, after those that were asked for before. Where the phone has ended the session meanwhile, logs in again,
   * once, and repeats it: nothing of it had happened. A refused login is never repeated.
   */
  run<T>(operation: (face: Face, link: Link) => Promise<T>): Promise<T>;
}

/** The credentials of a session. @throws `credential-missing` */
export function loginOf({ target, context }: Link): Login {
  const part = (name: string) => credentialOf(name, target, context);
  return { username: part('username'), password: part('password') };
}

/** Logs in with the given credentials, once. @throws what {@link Face.enter} throws */
export async function enter(face: Face, link: Link, login: Login): Promise<Stay> {
  let refused: AltaError | null = null;
  let inside = false;
  let last: Promise<unknown> = Promise.resolve();

  async function logIn(): Promise<void> {
    if (refused !== null) throw refused;
    inside = false;
    try {
      await face.enter(link, login);
      inside = true;
      link.context.log('login', { host: link.target.host, web: face.web });
    } catch (error) {
      if (isRefusal(error)) refused = error;
      throw error;
    }
  }

  async function perform<T>(operation: (face: Face, link: Link) => Promise<T>): Promise<T> {
    if (refused !== null) throw refused;
    if (!inside) await enterOrLeave(logIn, face, link);
    try {
      return await operation(face, link);
    } catch (error) {
      if (!isLoggedOut(error)) throw error;
    }
    // It may have refused this one request only: then our own session would keep us out.
    await leaveBy(link, goodbyeOf(face, link));
    await enterOrLeave(logIn, face, link);
    return operation(face, link);
  }

  await enterOrLeave(logIn, face, link);
  return {
    link,
    face,
    run: (operation) => {
      const next = last.then(() => perform(operation));
      last = next.catch(() => {});
      return next;
    },
  };
}

/** A login whose answer was lost may have succeeded, and would keep everybody else out. */
async function enterOrLeave(logIn: () => Promise<void>, face: Face, link: Link): Promise<void> {
  try {
    await logIn();
  } catch (error) {
    const busy = error instanceof AltaError && error.code === 'device-busy';
    if (!busy && !isRefusal(error)) await leaveBy(link, goodbyeOf(face, link));
    throw error;
  }
}

/** How this phone is left. */
export function goodbyeOf(face: Face, { target, pass }: Link): Goodbye<Link> {
  return {
    connect: (context) => connect(target, context, pass),
    say: (way) => sayGoodbye(face, way),
    ms: LEAVE_MS,
  };
}

/** Said twice where it was not understood: a session that is left open keeps everybody else out. */
async function sayGoodbye(face: Face, link: Link): Promise<void> {
  const understood = await face.leave(link).catch(() => false);
  if (!understood) await face.leave(link);
}

import { AltaError, type Target } from '../../../../engine/model/index.ts';
import type { Reading, Registration, SessionContext } from '../../../contract.ts';
import { openWeb, type WebSession } from '../web/session.ts';

/** The phone itself, asked over its web page for what it has. It is never written to here. */
export interface Phone {
  /** Null where it cannot be asked now. Throws where asking again would harm, or hides a mistake: credentials, certificates. */
  read(): Promise<Reading | null>;
  registrations(keys: readonly string[]): Promise<readonly Registration[]>;
  close(): Promise<void>;
}

/** A phone that is off, out of reach, in use by somebody, or too old to be asked. Its file is there all the same. */
const silent: ReadonlySet<string> = new Set([
  'unreachable',
  'timeout',
  'connection-reset',
  'ssh-unreachable',
  'ssh-forward-refused',
  'device-busy',
  'device-logged-out',
  'device-web-old',
  'device-web-unknown',
  'target-busy',
]);

/** Null for a phone without address or without a login. Nothing is sent yet. */
export function phoneOf(target: Target, context: SessionContext): Phone | null {
  const { username, password } = context.credentials;
  if (target.endpoint === null || username === undefined || password === undefined) return null;
  let session: Promise<WebSession> | null = null;
  let gone = false;
  const ask = async <T>(question: (web: WebSession) => Promise<T>): Promise<T | null> => {
    if (gone) return null;
    session ??= openWeb(target, { ...context, purpose: 'read' });
    try {
      return await question(await session);
    } catch (error) {
      if (!(error instanceof AltaError) || !silent.has(error.code)) throw error;
      context.log('phone-silent', { target: target.address, code: error.code });
      gone = true;
      return null;
    }
  };
  return {
    read: () => ask((web) => web.read({ kinds: ['account'] })),
    registrations: async (keys) => (await ask((web) => web.registrations(keys))) ?? keys.map(unknown),
    close: async () => {
      await session?.then((web) => web.close()).catch(() => {});
    },
  };
}

function unknown(key: string): Registration {
  return { key, status: 'unknown', evidence: 'phone not reachable' };
}

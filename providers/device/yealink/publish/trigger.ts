import { AltaError, type Code, type Publication, type Target } from '../../../../engine/model/index.ts';
import type { SessionContext } from '../../../contract.ts';
import { openHttp } from '../../../transport/http.ts';
import { notifyCheckSync } from '../../../transport/notify.ts';
import { refuseRedirect } from '../../../transport/redirect.ts';
import type { CfgGeneration } from '../generation.ts';
import { basicAuth } from './dialect.ts';

/** Access logs tell seconds only: a fetch in the second of the write would prove nothing. */
const NEXT_SECOND_MS = 1_000;

/**
 * Tells a phone to fetch its file, where that was asked for. The file is written by then, so a failure is a line in the log and no error: the
 * phone fetches later by itself.
 * @returns why it was not told; null where it was, or where nobody asked for it
 */
export async function tellPhone(
  target: Target,
  { trigger, store, sipPort }: Publication,
  mac: string,
  generation: CfgGeneration,
  context: SessionContext,
): Promise<Code | null> {
  if (trigger === 'none' || target.endpoint === null) return null;
  const facts = { target: target.address, trigger };
  try {
    if (store.log !== undefined) await context.clock.sleep(NEXT_SECOND_MS, context.signal);
    if (trigger === 'notify') await notify(target, mac, sipPort, context);
    else await visit(target, generation, context);
    context.log('trigger', facts);
    return null;
  } catch (error) {
    const code = error instanceof AltaError ? error.code : 'aborted';
    context.log('trigger-failed', { ...facts, code });
    return code;
  }
}

async function notify(
  { endpoint, host }: Target,
  mac: string,
  port: number,
  context: SessionContext,
): Promise<void> {
  // UDP from here would reach whoever has that address in our own network.
  if (endpoint === null || endpoint.via !== undefined) {
    throw new AltaError('unreachable', { host, operation: 'sip/notify', kind: 'behind-bastion' });
  }
  const hostname = new URL(endpoint.url).hostname.replace(/^\[|\]$/g, '');
  await notifyCheckSync({ hostname, port, user: mac }, context);
}

/** The Action URI for *Auto Provision now*. [vendor-docs] */
async function visit(target: Target, generation: CfgGeneration, context: SessionContext): Promise<void> {
  const { endpoint, host, address } = target;
  const { username, password } = context.credentials;
  if (endpoint === null || username === undefined || password === undefined) {
    throw new AltaError('credential-missing', { target: address, host, part: 'password' });
  }
  const http = await openHttp(endpoint, context, context.ssh);
  try {
    const answer = await http.request({
      method: 'GET',
      path: isOld(generation) ? '/cgi-bin/ConfigManApp.com' : '/servlet',
      query: { key: 'AutoP' },
      headers: { authorization: basicAuth(username, password) },
      write: true,
      once: true,
      operation: 'action-uri',
    });
    refuseRedirect(answer, { host, operation: 'action-uri' });
    refuseStatus(answer.status, target);
  } finally {
    await http.close();
  }
}

function isOld(generation: CfgGeneration): boolean {
  return generation === 'v70' || generation === 'v71';
}

/** 403: the feature is off, or our address is not on its list. [vendor-docs] */
function refuseStatus(status: number, { host, address }: Target): void {
  if (status >= 200 && status < 300) return;
  const evidence = `HTTP ${status}`;
  const operation = 'action-uri';
  if (status === 401) throw new AltaError('wrong-credentials', { host, target: address, evidence });
  if (status === 403) throw new AltaError('forbidden', { host, operation, evidence });
  throw new AltaError('strange-answer', { host, operation, evidence });
}

import { AltaError, type Target } from '../../../engine/model/index.ts';
import type { Doorstep, SessionContext } from '../../contract.ts';
import { openHttp } from '../../transport/http.ts';
import { factsOf, readJson } from '../../transport/json.ts';
import { operationOf, profileDefaults } from './profile/defaults.ts';
import { profileOf } from './profile/target.ts';

/** Where the API lies where no profile says so. [vendor-docs] */
const API = '/api/v2/extension';

/**
 * One request without a token: an API that is open refuses it in JSON with 401. A page for people in its place is the panel without an API.
 * No credential is sent, so that it counts as no failed login.
 */
export async function knock(target: Target, context: SessionContext): Promise<Doorstep> {
  if (target.endpoint === null) throw new AltaError('url-invalid', { host: target.host, kind: 'none' });
  const http = await openHttp(target.endpoint, context, context.ssh);
  try {
    const answer = await http.request({
      method: 'GET',
      path: pathOf(target),
      operation: 'knock',
      headers: { ...profileDefaults.headers },
    });
    const { status, type } = factsOf(answer);
    return { api: judged(status, readJson(answer).ok, type), evidence: `HTTP ${status}, ${type}` };
  } finally {
    await http.close();
  }
}

function pathOf(target: Target): string {
  const profile = profileOf(target);
  const call = profile === null ? null : operationOf(profile, 'extension', 'list');
  const plain = call !== null && !call.path.includes('{');
  return profile !== null && plain ? `${profile.transport?.base ?? ''}${call.path}` : API;
}

function judged(status: number, json: boolean, type: string): Doorstep['api'] {
  if (status === 401 && json) return 'on';
  if (status === 404) return 'off';
  return status === 200 && type === 'text/html' ? 'off' : 'unknown';
}

/** Enhanced services: `ext.es.SERVICE.set/get/set_osc/get_osc` (D), and all of them at once in later builds (D). */
import { store } from './extensions.ts';
import { visible } from './store.ts';
import { invalid, missing, UNKNOWN_EXTENSION, UNLICENSED } from './texts.ts';
import type { Answer, Call, Params } from './wire.ts';

/** Those that the documents name; `pin` is a state of some (D). */
const SERVICES: Readonly<Record<string, { withPin: boolean }>> = {
  callerid: { withPin: false },
  dnd: { withPin: false },
  callpickup: { withPin: true },
  lastcaller: { withPin: true },
  callfwd: { withPin: true },
  sppage: { withPin: true },
  sppagegroups: { withPin: true },
  blflist: { withPin: true },
  phonecallback: { withPin: true },
  operationtimes: { withPin: true },
};

export const SERVICE_NAMES: readonly string[] = Object.keys(SERVICES);

const STATE = /^(yes|no)$/;
const STATE_OR_PIN = /^(yes|no|pin)$/;
/** Whether the user sees it in self-care; digits do too (D). */
const OSC = /^(yes|no|1|0)$/;

/** `state`, or what users see of it: 'osc'. */
type Aspect = 'state' | 'osc';

export function setService(service: string, aspect: Aspect): (call: Call) => Answer {
  return (call) => {
    const { state = '' } = call.params;
    const pattern = aspect === 'state' ? patternOf(service) : OSC;
    if (!pattern.test(state)) return invalid('state', state, pattern);
    const word = { '1': 'yes', '0': 'no' }[state] ?? state;
    const stored = storeAll(call, { [`${service}${aspect}`]: word });
    return stored ?? { success: 'Enhanced Service updated.', state: word };
  };
}

export function getService(service: string, aspect: Aspect): (call: Call) => Answer {
  return ({ tenant, params, now }) => {
    const found = visible(tenant, now).get(params.id ?? '');
    return found === undefined ? UNKNOWN_EXTENSION : { state: found.fields[`${service}${aspect}`] || 'no' };
  };
}

/** `all`, or one parameter for each service (D). */
export function setStates(call: Call): Answer {
  const { params } = call;
  const wanted: Record<string, string> = {};
  for (const service of SERVICE_NAMES) {
    const state = params[service] ?? params.all;
    if (state === undefined) continue;
    const named = params[service] !== undefined;
    const pattern = named ? patternOf(service) : STATE;
    if (!pattern.test(state)) return invalid(named ? service : 'all', state, pattern);
    if (isUnlicensed(call, service)) {
      if (named) return UNLICENSED;
    } else wanted[`${service}state`] = state;
  }
  return storeAll(call, wanted) ?? { success: 'Updated Enhanced Service states successfully.' };
}

/** `services=all` or a comma list (D). Asking for an unlicensed one by name fails (C); 'all' leaves it out (I). */
export function getStates(call: Call): Answer {
  const { tenant, params, now } = call;
  const found = visible(tenant, now).get(params.id ?? '');
  if (params.services === undefined) return missing('services');
  if (found === undefined) return UNKNOWN_EXTENSION;
  const everything = params.services === 'all';
  const asked = everything ? SERVICE_NAMES : params.services.split(',');
  const unknown = asked.find((name) => !SERVICE_NAMES.includes(name));
  if (unknown !== undefined) return invalid('services', params.services, /^(all|[a-z,]+)$/);
  const licensed = asked.filter((name) => !isUnlicensed(call, name));
  if (licensed.length < asked.length && !everything) return UNLICENSED;
  return Object.fromEntries(licensed.map((name) => [name, found.fields[`${name}state`] || 'no']));
}

function patternOf(service: string): RegExp {
  return SERVICES[service]?.withPin ? STATE_OR_PIN : STATE;
}

function isUnlicensed({ platform }: Call, service: string): boolean {
  return platform.settings.unlicensed.includes(service);
}

function storeAll({ platform, tenant, params, now }: Call, changes: Params): string | undefined {
  const found = visible(tenant, now).get(params.id ?? '');
  if (found === undefined) return UNKNOWN_EXTENSION;
  const stored = store(platform, tenant, found.id, changes, now);
  return typeof stored === 'string' ? stored : undefined;
}

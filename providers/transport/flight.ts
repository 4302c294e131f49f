import { createHmac, randomBytes } from 'node:crypto';
import { AltaError, type Params, reveal, type Secret } from '../../engine/model/index.ts';

/** Whose credentials go where. */
export interface Login {
  /** `https://192.0.2.10:8088` */
  readonly origin: string;
  readonly credentials: Readonly<Record<string, Secret>>;
  /** Parameters of the caller's own error, e.g. its target, in place of those of whoever was refused first. */
  readonly params?: Params;
}

/** The refusals of one run. */
export interface Refusals {
  /**
   * Runs `attempt` unless these credentials were refused at this origin before, which is thrown again. Until one attempt
   * has succeeded, the others wait: wrong credentials reach the host once, however many clients hold them.
   */
  attempt<T>(login: Login, attempt: () => Promise<T>): Promise<T>;
  /** Remembers a refusal that came outside of an attempt, e.g. to an API key at its first use. */
  rememberRefusal(login: Login, refusal: AltaError): void;
}

interface Flight {
  refusal: AltaError | null;
  proven: boolean;
  /** Ends, never failing, when the attempt under way has. */
  underWay: Promise<void> | null;
}

/** Too many of these and a box locks the address out, for everybody behind it. */
const REFUSALS: ReadonlySet<string> = new Set(['wrong-credentials', 'locked-out']);

/** The registry of one run; make one for each. Credentials are known to it only by a hash under a key of its own. */
export function onceRefused(): Refusals {
  const flights = new Map<string, Flight>();
  const secret = randomBytes(32);
  const flightOf = (login: Login): Flight => {
    const key = keyOf(login, secret);
    const flight = flights.get(key) ?? { refusal: null, proven: false, underWay: null };
    flights.set(key, flight);
    return flight;
  };
  return {
    attempt: (login, attempt) => takeOff(flightOf(login), login, attempt),
    rememberRefusal: (login, refusal) => {
      flightOf(login).refusal ??= refusal;
    },
  };
}

async function takeOff<T>(flight: Flight, login: Login, attempt: () => Promise<T>): Promise<T> {
  while (flight.underWay && !flight.proven && !flight.refusal) await flight.underWay;
  if (flight.refusal) throw again(flight.refusal, login);
  const flying = fly(flight, attempt);
  const landed = () => {
    flight.underWay = null;
  };
  flight.underWay = flying.then(landed, landed);
  return await flying;
}

async function fly<T>(flight: Flight, attempt: () => Promise<T>): Promise<T> {
  try {
    const session = await attempt();
    flight.proven = true;
    return session;
  } catch (error) {
    if (error instanceof AltaError && REFUSALS.has(error.code)) flight.refusal ??= error;
    throw error;
  }
}

function again(refusal: AltaError, login: Login): AltaError {
  return new AltaError(refusal.code, { ...refusal.params, ...login.params }, { written: 'nothing' });
}

function keyOf(login: Login, secret: Buffer): string {
  const parts = Object.entries(login.credentials).map(([name, value]) => [name, reveal(value)]);
  parts.sort(([a = ''], [b = '']) => (a < b ? -1 : 1));
  return createHmac('sha256', secret)
    .update(JSON.stringify([login.origin, parts]))
    .digest('base64');
}

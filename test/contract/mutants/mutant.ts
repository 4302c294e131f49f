import type { Code, Target, Values } from '../../../engine/model/index.ts';
import { AltaError } from '../../../engine/model/index.ts';
import type { Driver, PoweredSession, SessionContext, Write } from '../../../providers/contract.ts';
import { driver as memory } from '../../../providers/memory/driver.ts';
import type { World } from '../../../providers/memory/world.ts';
import { worldAt } from '../../../providers/memory/world.ts';

/** A driver with one defect. */
export interface Mutant {
  /** The defect in words. */
  readonly defect: string;
  /** The one law that must fail. */
  readonly breaks: string;
  readonly driver: Driver;
}

/** What a defect of a session can see. */
interface Inside {
  readonly session: PoweredSession;
  readonly context: SessionContext;
  readonly target: Target;
  readonly world: World;
}

/** A defect of the sessions: `alter` answers the methods that go wrong. */
export function inSession(
  defect: string,
  breaks: string,
  alter: (inside: Inside) => Partial<PoweredSession>,
): Mutant {
  const open = async (target: Target, context: SessionContext) => {
    const session = await memory.open(target, context);
    return { ...session, ...alter({ session, context, target, world: worldOf(target) }) };
  };
  return { defect, breaks, driver: { ...memory, open } };
}

/** A defect of what a session is opened with. */
export function inOpening(
  defect: string,
  breaks: string,
  alter: (target: Target, context: SessionContext) => [Target, SessionContext],
): Mutant {
  return { defect, breaks, driver: { ...memory, open: (...given) => memory.open(...alter(...given)) } };
}

/** A defect of the driver's own functions. */
export function inDriver(defect: string, breaks: string, alter: Partial<Driver>): Mutant {
  return { defect, breaks, driver: { ...memory, ...alter } };
}

function worldOf(target: Target): World {
  const world = worldAt(target.endpoint?.url ?? '');
  if (world === undefined) throw new Error('mutants live in a world');
  return world;
}

/** The write with other values, where it has any. */
export function revalued(write: Write, alter: (values: Values) => Values): Write {
  return write.action === 'delete' ? write : { ...write, values: alter(write.values) };
}

/** The values but one. */
export function without(values: Values, field: string): Values {
  return Object.fromEntries(Object.entries(values).filter(([name]) => name !== field));
}

/** Runs an action and answers a failure with this code in another way. */
export async function instead<T>(
  code: Code,
  action: Promise<T>,
  answer: (error: AltaError) => T | Promise<T>,
): Promise<T> {
  return action.catch((error: unknown) => {
    if (error instanceof AltaError && error.code === code) return answer(error);
    throw error;
  });
}

/** Throws, where an expression is wanted. */
export function rethrow(error: AltaError): never {
  throw error;
}

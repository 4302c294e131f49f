import type { Connection } from '../connection.ts';
import type { DataType, Provider, ResourceType } from '../contract.ts';
import { framesOf, type Log } from '../log.ts';
import {
  type DiagnosticMessage,
  diagnosticOf,
  internalError,
  notConfigured,
  RefusedRequest,
  unknownType,
} from '../remarks.ts';

/** What a request is answered with: the provider that is served, over this connection. */
export interface Served<I> {
  readonly provider: Provider<I>;
  readonly connection: Connection<I>;
  readonly log: Log;
}

/**
 * Runs one request. Whatever is thrown becomes a diagnostic: an error of the protocol would be shown without its reason, and a process that
 * ends as "plugin did not respond".
 *
 * @param what for people: `plan of alta_extension`
 */
export async function answered<I, A, F>(
  { connection, log }: Served<I>,
  what: string,
  work: () => Promise<A>,
  failed: (diagnostics: DiagnosticMessage[]) => F,
): Promise<A | F> {
  try {
    return await connection.run(work);
  } catch (error) {
    if (error instanceof RefusedRequest) return failed([diagnosticOf(error.remark)]);
    log('error', `the ${what} failed`, { kind: kindOf(error), frames: framesOf(error) });
    return failed([diagnosticOf(internalError(what, error))]);
  }
}

function kindOf(error: unknown): string {
  return error instanceof Error ? error.name : typeof error;
}

/** @throws RefusedRequest where the connection has no configured provider */
export function configured<I>({ connection }: Served<I>, what: string): I {
  const instance = connection.instance();
  if (instance === null) throw notConfigured(what);
  return instance;
}

/** @throws RefusedRequest where the provider has no such type */
export function resourceType<I>({ provider }: Served<I>, name: string): ResourceType<I> {
  const type = Object.hasOwn(provider.resources, name) ? provider.resources[name] : undefined;
  if (type === undefined) throw unknownType('resource', name);
  return type;
}

/** @throws RefusedRequest where the provider has no such type */
export function dataType<I>({ provider }: Served<I>, name: string): DataType<I> {
  const type = Object.hasOwn(provider.data, name) ? provider.data[name] : undefined;
  if (type === undefined) throw unknownType('data source', name);
  return type;
}

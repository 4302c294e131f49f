import type { ServiceImpl } from '@connectrpc/connect';
import type { Connection } from '../connection.ts';
import type { Provider as AnyProvider } from '../contract.ts';
import type { ConfigureProvider_Request, Provider } from '../generated/tfplugin6_pb.ts';
import type { Log } from '../log.ts';
import { type DiagnosticMessage, diagnosticsOf } from '../remarks.ts';
import { applyChange, planChange } from './change.ts';
import {
  configOf,
  metadataOf,
  schemasOf,
  validateData,
  validateProvider,
  validateResource,
} from './describe.ts';
import { answered, type Served } from './request.ts';
import { importResource, readData, readResource, upgradeState } from './state.ts';

type Findings = { diagnostics: DiagnosticMessage[] };
type Work<I, Q, A> = (served: Served<I>, request: Q) => A | Promise<A>;

const onlyDiagnostics = (diagnostics: DiagnosticMessage[]): Findings => ({ diagnostics });

/**
 * Terraform's requests, answered by a provider over one connection. No answer is an error of the protocol; every problem is a diagnostic.
 * Moving a state from another type (MoveResourceState) is left out, and so answered as unimplemented.
 */
export function providerService<I>(
  provider: AnyProvider<I>,
  connection: Connection<I>,
  log: Log,
): Partial<ServiceImpl<typeof Provider>> {
  const served: Served<I> = { provider, connection, log };
  const whole =
    <Q, A>(what: string, work: Work<I, Q, A>) =>
    (request: Q) =>
      answered(served, what, async () => work(served, request), onlyDiagnostics);
  const typed =
    <Q extends { readonly typeName: string }, A>(what: string, work: Work<I, Q, A>) =>
    (request: Q) =>
      whole(`${what} of ${request.typeName}`, work)(request);
  return {
    getMetadata: () => metadataOf(provider),
    getProviderSchema: () => schemasOf(provider),
    getFunctions: () => ({}),
    validateProviderConfig: whole('check of the provider block', validateProvider),
    validateResourceConfig: typed('check', validateResource),
    validateDataResourceConfig: typed('check', validateData),
    configureProvider: whole('configuration of the provider', configureProvider),
    upgradeResourceState: typed('upgrade', upgradeState),
    readResource: typed('read', readResource),
    planResourceChange: typed('plan', planChange),
    applyResourceChange: (request) =>
      answered(
        served,
        `apply of ${request.typeName}`,
        () => applyChange(served, request),
        // What was there is still there, as far as anyone knows: without a state Terraform would forget it.
        (diagnostics) => ({ newState: request.priorState, private: request.plannedPrivate, diagnostics }),
      ),
    importResourceState: typed('import', importResource),
    readDataSource: typed('read', readData),
    stopProvider: () => {
      connection.stop();
      return {};
    },
  };
}

async function configureProvider<I>(
  { provider, connection }: Served<I>,
  { config, terraformVersion }: ConfigureProvider_Request,
): Promise<Findings> {
  const { schema } = provider;
  const call = { ...connection.call(), terraformVersion };
  const { instance, remarks } = await provider.configure(configOf(schema, config), call);
  await connection.configure(instance, terraformVersion);
  return { diagnostics: diagnosticsOf(remarks, schema) };
}

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
  const named = (what: string, request: { readonly typeName: string }) => `${what} of ${request.typeName}`;
  return {
    getMetadata: () => metadataOf(provider),
    getProviderSchema: () => schemasOf(provider),
    getFunctions: () => ({}),
    validateProviderConfig: (request) =>
      answered(
        served,
        'check of the provider block',
        async () => validateProvider(served, request),
        onlyDiagnostics,
      ),
    validateResourceConfig: (request) =>
      answered(
        served,
        named('check', request),
        async () => validateResource(served, request),
        onlyDiagnostics,
      ),
    validateDataResourceConfig: (request) =>
      answered(served, named('check', request), async () => validateData(served, request), onlyDiagnostics),
    configureProvider: (request) =>
      answered(
        served,
        'configuration of the provider',
        () => configureProvider(served, request),
        onlyDiagnostics,
      ),
    upgradeResourceState: (request) =>
      answered(served, named('upgrade', request), async () => upgradeState(served, request), onlyDiagnostics),
    readResource: (request) =>
      answered(served, named('read', request), () => readResource(served, request), onlyDiagnostics),
    planResourceChange: (request) =>
      answered(served, named('plan', request), () => planChange(served, request), onlyDiagnostics),
    // What was there before is still there, as far as anyone knows: without a state Terraform would forget it.
    applyResourceChange: (request) =>
      answered(
        served,
        named('apply', request),
        () => applyChange(served, request),
        (diagnostics) => ({ newState: request.priorState, diagnostics }),
      ),
    importResourceState: (request) =>
      answered(served, named('import', request), () => importResource(served, request), onlyDiagnostics),
    readDataSource: (request) =>
      answered(served, named('read', request), () => readData(served, request), onlyDiagnostics),
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

import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type {
  LabProvisioning,
  LabProvisioningOptions,
  LabProvisioningRequest,
  LabProvisioningService,
} from './contract.ts';
import { faultList } from './faults.ts';
import { logTo } from './log.ts';
import { serve } from './serve.ts';

export type * from './contract.ts';

/** Starts a web server over a folder as phones know it: plain HTTP, plain text, and 404 for what is not there. */
export async function startProvisioning(options: LabProvisioningOptions): Promise<LabProvisioning> {
  const { name = 'provisioning', host = '127.0.0.1', port = 0, login, now = Date.now } = options;
  const faults = faultList();
  const requests: LabProvisioningRequest[] = [];
  const note = (request: LabProvisioningRequest): void => void requests.push(request);
  const desk = { options, faults, now, note, log: logTo(options.log) };
  const server = createServer((request, response) => {
    serve(desk, request, response).catch(() => response.destroy());
  });
  server.listen(port, host);
  await once(server, 'listening');
  const url = `http://${host}:${(server.address() as AddressInfo).port}`;
  const service: LabProvisioningService = { name, driver: 'http', url, credentials: { ...login } };
  return {
    service,
    control: {
      addFault: faults.add,
      clearFaults: faults.clear,
      requests: () => requests.map((request) => ({ ...request })),
      resetRequests: () => void requests.splice(0),
    },
    close: () => closed(server),
  };
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

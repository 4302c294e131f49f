import type { Http2ServerRequest, Http2ServerResponse } from 'node:http2';
import { createConnectRouter, type ServiceImpl } from '@connectrpc/connect';
import { universalRequestFromNodeRequest, universalResponseToNodeResponse } from '@connectrpc/connect-node';
import { GRPCController } from '../generated/go_plugin_pb.ts';
import { Provider } from '../generated/tfplugin6_pb.ts';
import { framesOf, type Log } from '../log.ts';

/** What is served over one connection. */
export interface Services {
  readonly provider: Partial<ServiceImpl<typeof Provider>>;
  readonly controller: Partial<ServiceImpl<typeof GRPCController>>;
}

export type Answer = (request: Http2ServerRequest, response: Http2ServerResponse) => void;

/** Connect's gRPC handlers behind node:http2. A client that goes away while it is answered is no error. */
export function routes(services: Services, log: Log): Answer {
  const router = createConnectRouter({ grpc: true, grpcWeb: false, connect: false, acceptCompression: [] });
  router.service(Provider, services.provider).service(GRPCController, services.controller);
  const handlers = new Map(router.handlers.map((handler) => [handler.requestPath, handler]));

  const answer = async (request: Http2ServerRequest, response: Http2ServerResponse): Promise<void> => {
    const handler = handlers.get(request.url);
    if (handler === undefined) return unimplemented(response);
    const universal = universalRequestFromNodeRequest(request, response, undefined, undefined);
    await universalResponseToNodeResponse(await handler(universal), response);
  };
  return (request, response) => {
    answer(request, response).catch((error) => {
      if (!response.stream.closed) response.stream.close();
      log('debug', 'a request was not answered to its end', { frames: framesOf(error) });
    });
  };
}

/** gRPC's status 12. Terraform's plugin library asks for services that a provider may leave out. */
function unimplemented(response: Http2ServerResponse): void {
  const headers = { ':status': 200, 'content-type': 'application/grpc', 'grpc-status': '12' };
  response.stream.respond(headers, { endStream: true });
}

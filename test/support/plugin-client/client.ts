import { type ClientHttp2Session, connect } from 'node:http2';
import { connect as connectPlain, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import {
  create,
  type DescMessage,
  type DescMethodUnary,
  fromBinary,
  type MessageInitShape,
  type MessageShape,
  toBinary,
} from '@bufbuild/protobuf';
import { GRPCController } from '../../../stacks/plugin/generated/go_plugin_pb.ts';
import { Provider } from '../../../stacks/plugin/generated/tfplugin6_pb.ts';

/** What a plugin says of where it listens: `unix`, `/tmp/x/s`. */
export interface PluginAddress {
  readonly network: string;
  readonly text: string;
}

/** PEM: what Terraform would show, and the one certificate that it would believe. */
export interface ClientTls {
  readonly key: string;
  readonly certificate: string;
  readonly server: string;
}

/** A request that ended with a status of gRPC other than 0. */
export class GrpcFailure extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(`grpc status ${status}: ${message}`);
    this.status = status;
  }
}

/** One connection to a plugin, as Terraform would open it for each provider configuration. */
export interface PluginClient {
  readonly session: ClientHttp2Session;
  call<I extends DescMessage, O extends DescMessage>(
    method: DescMethodUnary<I, O>,
    request: MessageInitShape<I>,
  ): Promise<MessageShape<O>>;
  /** A method that the messages do not know: `/plugin.GRPCStdio/StreamStdio`. */
  raw(path: string, body: Uint8Array): Promise<Buffer>;
  shutdown(): Promise<void>;
  close(): Promise<void>;
}

export const rpc = Provider.method;

export async function connectPlugin(address: PluginAddress, tls?: ClientTls): Promise<PluginClient> {
  const session = connect(`${tls === undefined ? 'http' : 'https'}://localhost`, {
    createConnection: () => openSocket(address, tls),
  });
  await new Promise<void>((resolve, reject) => {
    session.once('error', reject).once('connect', () => resolve());
  });
  session.on('error', () => {});
  const raw = (path: string, body: Uint8Array) => exchange(session, path, body);
  const call: PluginClient['call'] = async (method, request) => {
    const bytes = toBinary(method.input, create(method.input, request));
    return fromBinary(method.output, await raw(`/${method.parent.typeName}/${method.name}`, bytes));
  };
  return {
    session,
    call,
    raw,
    shutdown: async () => void (await call(GRPCController.method.shutdown, {})),
    close: () =>
      new Promise((resolve) => {
        if (session.closed || session.destroyed) resolve();
        else session.close(resolve);
      }),
  };
}

function openSocket({ network, text }: PluginAddress, tls: ClientTls | undefined): Socket {
  const [host = '', port = ''] = text.split(':');
  const place = network === 'unix' ? { path: text } : { host, port: Number(port) };
  if (tls === undefined) return connectPlain(place);
  const { key, certificate, server } = tls;
  return connectTls({
    ...place,
    key,
    cert: certificate,
    ca: server,
    servername: 'localhost',
    ALPNProtocols: ['h2'],
  });
}

/** gRPC over HTTP/2: one message there, one back, each behind a zero byte and its length; the status comes last. */
function exchange(session: ClientHttp2Session, path: string, body: Uint8Array): Promise<Buffer> {
  const head = Buffer.alloc(5);
  head.writeUInt32BE(body.length, 1);
  return new Promise((resolve, reject) => {
    const stream = session.request({
      ':method': 'POST',
      ':path': path,
      'content-type': 'application/grpc',
      te: 'trailers',
    });
    const parts: Buffer[] = [];
    let status: string | undefined;
    let message = '';
    const remember = (headers: Readonly<Record<string, unknown>>): void => {
      if (headers['grpc-status'] !== undefined) status = String(headers['grpc-status']);
      message = decodeURIComponent(String(headers['grpc-message'] ?? message));
    };
    stream.on('response', remember).on('trailers', remember);
    stream.on('data', (part: Buffer) => parts.push(part));
    stream.once('error', reject);
    stream.once('close', () => {
      if (status === '0') resolve(Buffer.concat(parts).subarray(5));
      else reject(new GrpcFailure(Number(status ?? 2), message));
    });
    stream.end(Buffer.concat([head, body]));
  });
}

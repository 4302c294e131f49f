import { createServer } from 'node:http';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import ssh2, { type Client, type ClientChannel, type ConnectConfig, type SFTPWrapper } from 'ssh2';
import type { LabBastionService, LabPlace } from '../../../lab/bastion/index.ts';

/** An address of the closed network. */
export const inside = '192.0.2.131:443';

/** Logs in as the service says, or otherwise. Rejects as the library does. */
export function logIn(service: LabBastionService, change: ConnectConfig = {}): Promise<Client> {
  const { host, port, hostKeys, credentials } = service;
  const client = new ssh2.Client();
  const config: ConnectConfig = {
    host,
    port,
    ...credentials,
    hostVerifier: (key: Buffer) => hostKeys.includes(`ssh-ed25519 ${key.toString('base64')}`),
    ...change,
  };
  return new Promise((resolve, reject) => {
    client
      .on('error', reject)
      .on('ready', () => resolve(client.setNoDelay()))
      .connect(config);
  });
}

/** A channel to an address as the bastion sees it. */
export function forward(client: Client, address: string): Promise<ClientChannel> {
  const [host = '', port = ''] = address.split(':');
  return new Promise((resolve, reject) => {
    client.forwardOut('127.0.0.1', 0, host, Number(port), (error, channel) =>
      error ? reject(error) : resolve(channel),
    );
  });
}

/** What a refused channel is refused for (RFC 4254 §5.1). */
export async function reasonOf(opening: Promise<unknown>): Promise<unknown> {
  const error = await opening.then(
    () => undefined,
    (refusal: unknown) => refusal,
  );
  return error instanceof Error && 'reason' in error ? error.reason : error;
}

/** All that comes out of a stream until it ends. */
export async function bytesOf(stream: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}

export async function allOf(stream: AsyncIterable<Buffer>): Promise<string> {
  return (await bytesOf(stream)).toString();
}

/** Asks over a fresh channel, as one HTTP request. */
export async function get(client: Client, address: string): Promise<string> {
  const channel = await forward(client, address);
  channel.write('GET / HTTP/1.1\r\nHost: phone\r\nConnection: close\r\n\r\n');
  return allOf(channel);
}

export interface Started {
  readonly place: LabPlace;
  close(): Promise<void>;
}

/** A web page of a phone: whoever asks hears `body`. */
export function startPage(body: string): Promise<Started> {
  return listening(createServer((_request, response) => response.end(body)));
}

/** Says back what it hears, until the other side ends. */
export function startEcho(): Promise<Started> {
  return listening(createTcpServer({ noDelay: true }, (socket) => socket.on('error', () => {}).pipe(socket)));
}

async function listening(server: ReturnType<typeof createTcpServer>): Promise<Started> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    place: { host: '127.0.0.1', port },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** The folder of the host. */
export function sftpOf(client: Client): Promise<SFTPWrapper> {
  return new Promise((resolve, reject) => {
    client.sftp((error, sftp) => (error ? reject(error) : resolve(sftp)));
  });
}

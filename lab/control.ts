import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { LabBoxControl, LabFault, LabService } from './contract.ts';
import type { LabExtensionSeed } from './settings.ts';

/** What a request to a box's control may carry. */
interface Wish {
  fault?: LabFault;
  number?: string;
  fields?: Record<string, string>;
  seed?: LabExtensionSeed;
  apply?: boolean;
  secret?: string;
  address?: string;
}

type Power = (box: LabBoxControl, wish: Wish, item: string | undefined) => unknown;

/**
 * The powers of {@link LabBoxControl} over HTTP: `<METHOD> /boxes/<name>/<what>[/<item>]`, JSON in and out.
 * `GET /` lists the services and these routes.
 */
const POWERS: Record<string, Power> = {
  'GET faults': (box) => box.faults(),
  'POST faults': (box, wish) => ({ id: box.addFault(given(wish.fault, 'fault')) }),
  'DELETE faults': (box, _, item) => box.clearFaults(item),
  'POST edit': (box, wish) => box.edit(given(wish.number, 'number'), wish.fields ?? {}, press(wish)),
  'POST create': (box, wish) => box.create(given(wish.seed, 'seed'), press(wish)),
  'POST remove': (box, wish) => box.remove(given(wish.number, 'number'), press(wish)),
  'POST empty': (box) => box.empty(),
  'POST apply': (box) => box.applyNow(),
  'GET saved': (box) => box.saved(),
  'GET running': (box) => box.running(),
  'POST register': (box, wish) => ({
    registered: box.register(given(wish.number, 'number'), given(wish.secret, 'secret')),
  }),
  'POST unregister': (box, wish) => box.unregister(given(wish.number, 'number')),
  'POST certificate': (box) => box.rotateCertificate(),
  'POST expire': (box) => box.expireTokens(),
  'POST unlock': (box, wish) => box.unlock(wish.address),
  'GET requests': (box) => box.requests(),
  'DELETE requests': (box) => box.resetRequests(),
  'GET sessions': (box) => ({ sessions: box.sessions() }),
  'GET lockouts': (box) => box.lockouts(),
  'GET logins': (box) => box.logins(),
};

export interface ControlPlace {
  host: string;
  port: number;
}

export interface ControlEndpoint {
  url: string;
  close(): Promise<void>;
}

export async function serveControl(
  services: LabService[],
  boxes: Map<string, LabBoxControl>,
  place: ControlPlace,
): Promise<ControlEndpoint> {
  const server = createServer((request, response) => {
    handle(services, boxes, request).then(
      (content) => reply(response, 200, content),
      (error: Error) => reply(response, error instanceof RangeError ? 404 : 400, { error: error.message }),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(place.port, place.host, resolve);
  });
  return {
    url: `http://${place.host}:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function handle(
  services: LabService[],
  boxes: Map<string, LabBoxControl>,
  request: IncomingMessage,
): Promise<unknown> {
  if (request.headers.origin !== undefined) throw new Error('a web page may not control the lab');
  const { pathname } = new URL(request.url ?? '/', 'http://lab.example');
  if (pathname === '/') return { services, routes: Object.keys(POWERS) };
  const [, root, name = '', what, item] = pathname.split('/').map(decodeURIComponent);
  const box = root === 'boxes' ? boxes.get(name) : undefined;
  const route = `${request.method} ${what}`;
  const power = Object.hasOwn(POWERS, route) ? POWERS[route] : undefined;
  if (box === undefined || power === undefined)
    throw new RangeError(`nothing at ${request.method} ${pathname}`);
  return (await power(box, await wishOf(request), item)) ?? {};
}

async function wishOf(request: IncomingMessage): Promise<Wish> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const text = Buffer.concat(chunks).toString('utf8');
  return text === '' ? {} : (JSON.parse(text) as Wish);
}

function reply(response: ServerResponse, status: number, content: unknown): void {
  response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(content));
}

function given<T>(value: T | undefined, name: string): T {
  if (value === undefined) throw new Error(`"${name}" is missing`);
  return value;
}

function press({ apply }: Wish): { apply?: boolean } {
  return apply === undefined ? {} : { apply };
}

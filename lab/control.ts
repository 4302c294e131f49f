import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type {
  LabBoxControl,
  LabBoxService,
  LabFault,
  LabPhoneControl,
  LabService,
  LabServiceControl,
} from './contract.ts';
import type { LabExtensionSeed } from './settings.ts';

/** What a request to a control may carry. */
interface Wish {
  fault?: LabFault;
  number?: string;
  fields?: Record<string, string>;
  seed?: LabExtensionSeed;
  apply?: boolean;
  secret?: string;
  address?: string;
  changes?: Record<string, string>;
  active?: boolean;
  on?: boolean;
}

type Power<Control> = (control: Control, wish: Wish, item: string | undefined) => unknown;
type Powers<Control> = Readonly<Record<string, Power<Control>>>;

/** The powers of {@link LabServiceControl} over HTTP. */
const COMMON: Powers<LabServiceControl> = {
  'GET faults': (service) => service.faults(),
  'POST faults': (service, wish) => ({ id: service.addFault(given(wish.fault, 'fault')) }),
  'DELETE faults': (service, _, item) => service.clearFaults(item),
  'POST certificate': (service) => service.rotateCertificate(),
  'POST unlock': (service, wish) => service.unlock(wish.address),
  'GET requests': (service) => service.requests(),
  'DELETE requests': (service) => service.resetRequests(),
  'GET sessions': (service) => ({ sessions: service.sessions() }),
  'GET lockouts': (service) => service.lockouts(),
  'GET logins': (service) => service.logins(),
};

/** The powers of {@link LabBoxControl} over HTTP: `<METHOD> /boxes/<name>/<what>[/<item>]`, JSON in and out. */
const BOX_POWERS: Powers<LabBoxControl> = {
  ...COMMON,
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
  'GET contacts': (box) => box.contacts(),
  'POST expire': (box) => box.expireTokens(),
};

/** The powers of {@link LabPhoneControl} over HTTP: `<METHOD> /phones/<name>/<what>[/<item>]`, JSON in and out. */
const PHONE_POWERS: Powers<LabPhoneControl> = {
  ...COMMON,
  'GET settings': (phone) => phone.settings(),
  'POST edit': (phone, wish) => phone.edit(given(wish.changes, 'changes')),
  'GET accounts': (phone) => phone.accounts(),
  'POST occupy': (phone, wish) => phone.occupy(wish.address),
  'POST vacate': (phone) => phone.vacate(),
  'POST call': (phone, wish) => phone.call(given(wish.active, 'active')),
  'POST expire': (phone) => phone.expireSessions(),
  'POST reboot': (phone) => phone.reboot(),
  'POST reset': (phone) => phone.factoryReset(),
  'POST power': (phone, wish) => phone.power(given(wish.on, 'on')),
  'POST fetch': (phone) => phone.fetchNow(),
  'POST settled': (phone) => phone.settled(),
  'GET prompts': (phone) => phone.prompts(),
  'POST allow': (phone, wish) => phone.allowRemoteControl(wish.address),
  'GET reboots': (phone) => ({ reboots: phone.reboots() }),
  'GET fetches': (phone) => phone.fetches(),
};

export interface ControlPlace {
  host: string;
  port: number;
}

export interface ControlEndpoint {
  url: string;
  close(): Promise<void>;
}

/** What is controlled, by name. */
export interface Controls {
  boxes: ReadonlyMap<string, LabBoxControl>;
  phones: ReadonlyMap<string, LabPhoneControl>;
}

/** Serves the powers over HTTP. `GET /` lists the services, the routes of boxes and those of phones. */
export async function serveControl(
  services: LabService<LabBoxService>[],
  controls: Controls,
  place: ControlPlace,
): Promise<ControlEndpoint> {
  const server = createServer((request, response) => {
    handle(services, controls, request).then(
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
  services: LabService<LabBoxService>[],
  controls: Controls,
  request: IncomingMessage,
): Promise<unknown> {
  if (request.headers.origin !== undefined) throw new Error('a web page may not control the lab');
  const { pathname } = new URL(request.url ?? '/', 'http://lab.example');
  if (pathname === '/') {
    return { services, routes: Object.keys(BOX_POWERS), phoneRoutes: Object.keys(PHONE_POWERS) };
  }
  const [, root, name = '', what, item] = pathname.split('/').map(decodeURIComponent);
  const route = `${request.method} ${what}`;
  const act =
    root === 'boxes'
      ? powerOver(controls.boxes.get(name), BOX_POWERS, route)
      : powerOver(root === 'phones' ? controls.phones.get(name) : undefined, PHONE_POWERS, route);
  if (act === undefined) throw new RangeError(`nothing at ${request.method} ${pathname}`);
  return (await act(await wishOf(request), item)) ?? {};
}

function powerOver<Control>(control: Control | undefined, powers: Powers<Control>, route: string) {
  const power = Object.hasOwn(powers, route) ? powers[route] : undefined;
  if (control === undefined || power === undefined) return undefined;
  return (wish: Wish, item: string | undefined) => power(control, wish, item);
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

import type {
  Lab,
  LabBoxControl,
  LabBoxService,
  LabOptions,
  LabPhoneControl,
  ServiceOf,
} from './contract.ts';
import { serveControl } from './control.ts';
import { type BoxInService, serveBox } from './pbx.ts';
import type { LabBox } from './settings.ts';
import { type PhoneInService, servePhone } from './yealink/server.ts';

export type * from './contract.ts';
export type * from './settings.ts';
export { seedExtensions } from './yeastar/seed.ts';

/** Everything a lab runs. */
interface Started {
  boxes: BoxInService[];
  phones: PhoneInService[];
}

/** Starts the boxes, the phones and the control endpoint, all on loopback. Two of them may not share a name. */
export async function startLab<Box extends LabBox>(options: LabOptions<Box>): Promise<Lab<ServiceOf<Box>>> {
  const { boxes, phones = [], host = '127.0.0.1', ports = {} } = options;
  const names = [...boxes, ...phones].map(({ name }) => name);
  if (new Set(names).size < names.length) throw new Error('two boxes or phones of the lab share a name');
  const started: Started = { boxes: [], phones: [] };
  try {
    await startAll(started, options);
    return (await openLab(started, { host, port: ports.control ?? 0 })) as Lab<ServiceOf<Box>>;
  } catch (error) {
    await closeAll(started);
    throw error;
  }
}

/** Boxes first: phones register as soon as they wake. */
async function startAll(started: Started, options: LabOptions<LabBox>): Promise<void> {
  const { latencyMs = 0, host = '127.0.0.1', ports = {} } = options;
  const place = (name: string) => ({ host, port: ports[name] ?? 0, latencyMs });
  for (const box of options.boxes) started.boxes.push(await serveBox(box, place(box.name)));
  const exchanges = started.boxes.map(({ exchange }) => exchange);
  for (const phone of options.phones ?? []) {
    started.phones.push(await servePhone(phone, exchanges, place(phone.name)));
  }
  for (const exchange of exchanges) {
    exchange.onRun(() => {
      for (const phone of started.phones) phone.refresh();
    });
  }
}

async function openLab(started: Started, place: { host: string; port: number }): Promise<Lab<LabBoxService>> {
  const boxes = started.boxes.map(({ service }) => service);
  const phones = started.phones.map(({ service }) => service);
  const controls = {
    boxes: new Map<string, LabBoxControl>(started.boxes.map((box) => [box.service.name, box.control])),
    phones: new Map<string, LabPhoneControl>(
      started.phones.map((phone) => [phone.service.name, phone.control]),
    ),
  };
  const services = [...boxes, ...phones];
  const endpoint = await serveControl(services, controls, place);
  return {
    services,
    boxes,
    phones,
    controlUrl: endpoint.url,
    box: (name) => named(controls.boxes, name, 'box'),
    phone: (name) => named(controls.phones, name, 'phone'),
    async close() {
      await Promise.all([endpoint.close(), closeAll(started)]);
    },
  };
}

function named<T>(controls: ReadonlyMap<string, T>, name: string, kind: string): T {
  const control = controls.get(name);
  if (control === undefined) throw new Error(`the lab has no ${kind} "${name}"`);
  return control;
}

async function closeAll({ boxes, phones }: Started): Promise<void> {
  await Promise.all([...boxes, ...phones].map(({ close }) => close()));
}

import type { Lab, LabBoxControl, LabOptions } from './contract.ts';
import { serveControl } from './control.ts';
import { type BoxInService, serveBox } from './yeastar/server.ts';

export type * from './contract.ts';
export type * from './settings.ts';
export { seedExtensions } from './yeastar/seed.ts';

/** Starts the boxes and the control endpoint, all on loopback. Two boxes may not share a name. */
export async function startLab(options: LabOptions): Promise<Lab> {
  const { boxes, latencyMs = 0, host = '127.0.0.1', ports = {} } = options;
  const names = boxes.map(({ name }) => name);
  if (new Set(names).size < names.length) throw new Error('two boxes of the lab share a name');
  const started: BoxInService[] = [];
  try {
    for (const box of boxes) {
      started.push(await serveBox(box, { host, port: ports[box.name] ?? 0, latencyMs }));
    }
    return await openLab(started, { host, port: ports.control ?? 0 });
  } catch (error) {
    await Promise.all(started.map(({ close }) => close()));
    throw error;
  }
}

async function openLab(started: BoxInService[], place: { host: string; port: number }): Promise<Lab> {
  const services = started.map(({ service }) => service);
  const controls = new Map<string, LabBoxControl>(
    started.map(({ service, control }) => [service.name, control]),
  );
  const endpoint = await serveControl(services, controls, place);
  return {
    services,
    controlUrl: endpoint.url,
    box(name) {
      const control = controls.get(name);
      if (control === undefined) throw new Error(`the lab has no box "${name}"`);
      return control;
    },
    async close() {
      await Promise.all([endpoint.close(), ...started.map(({ close }) => close())]);
    },
  };
}

import { afterEach } from 'vitest';
import {
  type Lab,
  type LabBoxControl,
  type LabYeastar,
  type LabYeastarService,
  startLab,
} from '../../lab/index.ts';

export interface Bench {
  lab: Lab;
  service: LabYeastarService;
  box: LabBoxControl;
}

const open: Lab[] = [];

/** Starts a lab with one box, plain HTTP unless asked otherwise, closed after the test. */
export async function bench(wanted: Partial<LabYeastar> = {}, latencyMs = 0): Promise<Bench> {
  const box: LabYeastar = { name: 'sede', edition: 'v2.0.0', extensions: 3, tls: false, ...wanted };
  const lab = await startLab({ boxes: [box], latencyMs });
  open.push(lab);
  const service = lab.boxes[0];
  if (service === undefined) throw new Error('the lab started no box');
  return { lab, service, box: lab.box(box.name) };
}

afterEach(async () => {
  await Promise.all(open.splice(0).map((lab) => lab.close()));
});

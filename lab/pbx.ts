/** What every simulated PBX gives to the lab, whatever vendor it is of. */
import type { LabBoxControl, LabBoxService } from './contract.ts';
import type { Exchange } from './registration.ts';
import type { LabBox } from './settings.ts';

export interface Place {
  host: string;
  /** 0: a free one. */
  port: number;
  latencyMs: number;
}

/** One simulated box or platform in service. */
export interface BoxInService {
  service: LabBoxService;
  control: LabBoxControl;
  /** Where phones register. */
  exchange: Exchange;
  close(): Promise<void>;
}

/** Starts the simulator that the settings ask for. */
export async function serveBox(box: LabBox, place: Place): Promise<BoxInService> {
  switch (box.driver) {
    case 'meetip':
      return (await import('./meetip/server.ts')).serveMeetip(box, place);
    case 'pekepbx':
      return (await import('./pekepbx/server.ts')).servePekepbx(box, place);
    case 'yeastar-p':
      return (await import('./yeastar-p/server.ts')).serveYeastarP(box, place);
    default:
      return (await import('./yeastar/server.ts')).serveYeastar(box, place);
  }
}

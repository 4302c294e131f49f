import type { FaultBoard } from './faults.ts';
import type { Listener } from './listener.ts';
import type { RequestLog } from './requests.ts';
import { isFaultKind } from './sabotage.ts';

/** What every simulated service is made of, whatever it simulates. */
export interface ServiceParts {
  faults: FaultBoard;
  log: RequestLog;
  listener: Listener;
}

/** The part of a service's control that has nothing of its vendor: faults, and the log of requests. */
export function serviceControl({ faults, log, listener }: ServiceParts) {
  const addFault: FaultBoard['add'] = (fault) => {
    if (!isFaultKind(fault.kind)) throw new Error(`no fault of kind "${fault.kind}"`);
    const id = faults.add(fault);
    if (fault.kind === 'offline') listener.dropConnections();
    return id;
  };
  return {
    addFault,
    faults: faults.list,
    clearFaults: faults.clear,
    requests: log.read,
    resetRequests: log.reset,
  };
}

/** The contract of the lab's provisioning server: a folder that phones fetch their files from over HTTP. */

export interface LabProvisioningOptions {
  /** Default `provisioning`. */
  name?: string;
  /** What is served. It must exist. */
  folder: string;
  /** Access log in combined format. Its folder is made at the start, the file at the first request. */
  log: string;
  /** Basic authentication. Default: none. */
  login?: { username: string; password: string };
  /** Default 127.0.0.1. */
  host?: string;
  /** Default: a free one. */
  port?: number;
  /** Wall clock of the log, ms since the epoch. Default: the machine's. */
  now?: () => number;
}

export interface LabProvisioningService {
  name: string;
  driver: 'http';
  /** `http://127.0.0.1:40080` */
  url: string;
  /** Empty without a login. */
  credentials: { username?: string; password?: string };
}

/**
 * `missing`: 404 · `error`: 500 · `html`: an error page with status 200, as badly configured servers give · `truncated`: the
 * connection ends after half of the file.
 */
export type LabProvisioningFaultKind = 'missing' | 'error' | 'html' | 'truncated';

export interface LabProvisioningFault {
  kind: LabProvisioningFaultKind;
  /** Strikes requests whose path contains it. Default: all. */
  path?: string;
  /** How many requests it strikes. Default 1; 0 until cleared. */
  times?: number;
}

export interface LabProvisioningRequest {
  method: string;
  path: string;
  status: number;
  userAgent: string;
  /** ms since the epoch. */
  at: number;
}

export interface LabProvisioningControl {
  addFault(fault: LabProvisioningFault): void;
  clearFaults(): void;
  requests(): LabProvisioningRequest[];
  resetRequests(): void;
}

export interface LabProvisioning {
  readonly service: LabProvisioningService;
  readonly control: LabProvisioningControl;
  close(): Promise<void>;
}

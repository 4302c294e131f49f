import type { LabSftpControl, LabSftpCounters, LabSftpRequest } from '../contract.ts';
import { type Status, statuses } from './status.ts';

/** The folder that every SFTP session of a host shares, and the mishaps that wait for it. */
export interface SftpHost {
  /** Absolute, without symbolic links. */
  readonly folder: string;
  readonly extensions: boolean;
  /** The counters of now: a reset replaces them. */
  readonly counters: () => LabSftpCounters;
  readonly faults: SftpFaults;
}

export interface SftpFaults {
  /** Bytes that the disk still takes. */
  quota: number;
  /** Bytes until the connection is cut. */
  untilDrop: number;
  readonly failures: Map<string, { status: Status; times: number }>;
}

export function noFaults(): SftpFaults {
  return { quota: Number.POSITIVE_INFINITY, untilDrop: Number.POSITIVE_INFINITY, failures: new Map() };
}

/** The status that a request of that name must fail with now, if any. Uses the fault up. */
export function strikesRequest({ failures }: SftpFaults, name: string): Status | undefined {
  const failure = failures.get(name);
  if (failure === undefined) return undefined;
  failure.times -= 1;
  if (failure.times <= 0) failures.delete(name);
  return failure.status;
}

const failureWords = {
  'no-such-file': statuses.noSuchFile,
  'permission-denied': statuses.permissionDenied,
  failure: statuses.failure,
  unsupported: statuses.unsupported,
};

export function sftpControl(faults: SftpFaults): LabSftpControl {
  return {
    quota(bytes) {
      faults.quota = bytes ?? Number.POSITIVE_INFINITY;
    },
    dropAfter(bytes) {
      faults.untilDrop = bytes ?? Number.POSITIVE_INFINITY;
    },
    fail(request: LabSftpRequest, failure, times = 1) {
      faults.failures.set(request, { status: failureWords[failure], times });
    },
    clear() {
      faults.quota = Number.POSITIVE_INFINITY;
      faults.untilDrop = Number.POSITIVE_INFINITY;
      faults.failures.clear();
    },
  };
}

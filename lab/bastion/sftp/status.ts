/** Outcomes of a request (draft-ietf-secsh-filexfer-02 §7) with the words that OpenSSH sends beside them. */
export const statuses = {
  ok: { code: 0, text: 'Success' },
  endOfFile: { code: 1, text: 'End of file' },
  noSuchFile: { code: 2, text: 'No such file' },
  permissionDenied: { code: 3, text: 'Permission denied' },
  failure: { code: 4, text: 'Failure' },
  badMessage: { code: 5, text: 'Bad message' },
  unsupported: { code: 8, text: 'Operation unsupported' },
} as const;

export type Status = (typeof statuses)[keyof typeof statuses];

/** As OpenSSH's server translates them (vendor-code); whatever is missing here, a full disk too, is just "Failure". */
const byErrno: Readonly<Record<string, Status>> = {
  ENOENT: statuses.noSuchFile,
  ENOTDIR: statuses.noSuchFile,
  EBADF: statuses.noSuchFile,
  ELOOP: statuses.noSuchFile,
  EPERM: statuses.permissionDenied,
  EACCES: statuses.permissionDenied,
  EFAULT: statuses.permissionDenied,
  ENAMETOOLONG: statuses.badMessage,
  EINVAL: statuses.badMessage,
};

/** What a failed call of the file system is to the client. */
export function statusOf(error: unknown): Status {
  if (error instanceof Refused) return error.status;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return byErrno[code] ?? statuses.failure;
}

/** A request that fails with a status of its own. */
export class Refused extends Error {
  readonly status: Status;
  constructor(status: Status) {
    super(status.text);
    this.status = status;
  }
}

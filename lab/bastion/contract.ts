/** The contract of the lab's SSH host: a way into a network that cannot be reached otherwise, and a folder to put files in. */

/** What really listens, on loopback, behind an address of the closed network. */
export interface LabPlace {
  host: string;
  port: number;
}

export interface LabBastionOptions {
  /** Default `bastion`. */
  name?: string;
  /** Default 127.0.0.1. */
  host?: string;
  /** Default: a free one. */
  port?: number;
  /** The only user there is. Default `alta`. */
  user?: string;
  /** `192.0.2.131:443` → what listens there. No other address is forwarded to. Default: none. */
  forwards?: Readonly<Record<string, LabPlace>>;
  /**
   * Channels of any kind open at once on one connection; OpenSSH limits only sessions so (MaxSessions). Beyond it a forwarding is
   * refused for want of resources, a session as a failed connection. Default 10.
   */
  channelLimit?: number;
  /** Serves SFTP where given. */
  sftp?: LabSftpOptions;
  /** Runs the lines of `exec` requests; what it rejects with ends as exit code 1. Without it they are refused. */
  exec?: LabExec;
}

/** A shell without a terminal: takes a line, gives what it left behind. */
export type LabExec = (command: string) => Promise<{ stdout: string; stderr: string; code: number }>;

export interface LabSftpOptions {
  /** A folder that exists: the `/` and the home of whoever logs in. Nothing outside is shown or written. */
  folder: string;
  /** Offers `posix-rename@openssh.com` and `fsync@openssh.com`, as OpenSSH does. Default true. */
  extensions?: boolean;
}

export interface LabBastionService {
  name: string;
  driver: 'ssh';
  /** `ssh://127.0.0.1:40022` */
  url: string;
  host: string;
  port: number;
  /** `privateKey` in OpenSSH's own form. */
  credentials: { username: string; privateKey: string };
  /** As in known_hosts without the host: `ssh-ed25519 AAAA…`. */
  hostKeys: string[];
}

export interface LabBastionCounters {
  /** TCP connections, also those that never logged in. */
  connections: number;
  logins: number;
  /** Connections that tried to log in and were refused at least once. */
  refusedLogins: number;
  channels: {
    open: number;
    /** Most that were open at the same moment, over all connections. */
    peak: number;
    /** Refused because of the limit. */
    refused: number;
  };
  /** Forwardings carried, by the address asked for. */
  forwards: Record<string, number>;
  /** Forwardings refused, by the address asked for, whatever the reason. */
  refusedForwards: Record<string, number>;
  sftp: LabSftpCounters;
}

export interface LabSftpCounters {
  sessions: number;
  /** Requests by name: `open`, `write`, `posix-rename@openssh.com`, … */
  requests: Record<string, number>;
  bytesWritten: number;
}

/** A request of the SFTP protocol, by the name of its packet or of its extension. */
export type LabSftpRequest =
  | 'open'
  | 'close'
  | 'read'
  | 'write'
  | 'lstat'
  | 'fstat'
  | 'setstat'
  | 'fsetstat'
  | 'opendir'
  | 'readdir'
  | 'remove'
  | 'mkdir'
  | 'rmdir'
  | 'realpath'
  | 'stat'
  | 'rename'
  | 'posix-rename@openssh.com'
  | 'fsync@openssh.com';

/** How a request of SFTP fails. */
export type LabSftpFailure = 'no-such-file' | 'permission-denied' | 'failure' | 'unsupported';

/** Mishaps of the folder. */
export interface LabSftpControl {
  /** The disk takes so many more bytes; what fits is written, the rest fails as ENOSPC does. Null: no end. */
  quota(bytes: number | null): void;
  /** The connection is cut without an answer once so many more bytes were written. Strikes once; null: not any more. */
  dropAfter(bytes: number | null): void;
  /** The next requests of that name fail, and do nothing. Default: one. */
  fail(request: LabSftpRequest, failure: LabSftpFailure, times?: number): void;
  /** Undoes all three. */
  clear(): void;
}

/** Powers over the host that no client has. */
export interface LabBastionControl {
  /** From now on also forwards to that address; replaces what stood there. */
  forward(address: string, place: LabPlace): void;
  /** Forwards to that address no more; open channels stay. */
  unforward(address: string): void;
  counters(): LabBastionCounters;
  /** Counts from zero again; `channels.peak` from what is open. */
  resetCounters(): void;
  /** The next connections that try to log in are refused, whatever key they show. */
  refuseLogins(times: number): void;
  /** The next forwardings are refused as prohibited. */
  refuseForwards(times: number): void;
  /** Added to each way of every channel opened from now on. 0: none. */
  latency(ms: number): void;
  /** Cuts every connection without a word. */
  dropConnections(): void;
  /** A new key for new connections; also replaces `hostKeys` of the service. Returns them. */
  changeHostKey(): string[];
  /** Throws where the host serves no SFTP. */
  readonly sftp: LabSftpControl;
}

export interface LabBastion {
  readonly service: LabBastionService;
  readonly control: LabBastionControl;
  close(): Promise<void>;
}

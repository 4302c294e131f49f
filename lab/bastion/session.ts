import { setTimeout as pause } from 'node:timers/promises';
import type { AcceptConnection, RejectConnection, ServerChannel, Session } from 'ssh2';
import type { LabExec } from './contract.ts';
import { delayed } from './delay.ts';
import type { Ledger } from './ledger.ts';
import type { Refuse } from './refusal.ts';
import type { Seats } from './seats.ts';
import type { SftpHost } from './sftp/host.ts';
import { serveSftp } from './sftp/server.ts';

/** What one connection needs to open sessions. */
export interface Sessions {
  readonly seats: Seats;
  readonly ledger: Ledger;
  readonly refuse: Refuse;
  /** Without these sessions open, and nothing can be done in them. */
  readonly sftp: SftpHost | undefined;
  readonly exec: LabExec | undefined;
  /** Ends the whole connection at once. */
  cut(): void;
}

/** Answers requests for `session` channels of one connection. */
export function sessionOpener({ seats, ledger, refuse, sftp, exec, cut }: Sessions) {
  return (accept: AcceptConnection<Session>, reject: RejectConnection): void => {
    const release = seats.take();
    if (release === null) {
      // What OpenSSH says of a session beyond MaxSessions (wire).
      refuse(reject, 'connectFailed');
      return;
    }
    const session = accept();
    session.on('close', release);
    if (exec !== undefined) session.on('exec', runner(exec, ledger));
    if (sftp !== undefined) session.on('subsystem', fileServer(sftp, ledger, cut));
  };
}

function fileServer(host: SftpHost, ledger: Ledger, cut: () => void) {
  return (
    open: AcceptConnection<ServerChannel>,
    deny: RejectConnection,
    { name }: { name: string },
  ): void => {
    if (name !== 'sftp') {
      deny();
      return;
    }
    const channel = open();
    channel.on('error', () => {});
    const { latencyMs } = ledger;
    // Both ways at once: answers are then sent as they come.
    const input = latencyMs === 0 ? channel : channel.pipe(delayed(2 * latencyMs));
    serveSftp({ input, output: channel, host, cut }).then(
      () => leave(channel, 0),
      () => leave(channel, 1),
    );
  };
}

/** Runs one line; what is said to it meanwhile is not heard. */
function runner(exec: LabExec, { latencyMs }: Ledger) {
  return (
    open: AcceptConnection<ServerChannel>,
    _deny: RejectConnection,
    { command }: { command: string },
  ): void => {
    const channel = open();
    channel.on('error', () => {}).resume();
    const ran = pause(2 * latencyMs, undefined, { ref: false }).then(() => exec(command));
    ran.then(
      ({ stdout, stderr, code }) => {
        channel.stderr.write(stderr);
        channel.write(stdout, () => leave(channel, code));
      },
      () => leave(channel, 1),
    );
  };
}

function leave(channel: ServerChannel, code: number): void {
  channel.exit(code);
  channel.end();
}

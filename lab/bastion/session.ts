import type { AcceptConnection, RejectConnection, ServerChannel, Session } from 'ssh2';
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
  /** Without it sessions open, and nothing can be done in them. */
  readonly sftp: SftpHost | undefined;
  /** Ends the whole connection at once. */
  cut(): void;
}

/** Answers requests for `session` channels of one connection. */
export function sessionOpener({ seats, ledger, refuse, sftp, cut }: Sessions) {
  return (accept: AcceptConnection<Session>, reject: RejectConnection): void => {
    const release = seats.take();
    if (release === null) {
      // What OpenSSH says of a session beyond MaxSessions (wire).
      refuse(reject, 'connectFailed');
      return;
    }
    const session = accept();
    session.on('close', release);
    if (sftp === undefined) return;
    session.on(
      'subsystem',
      (open: AcceptConnection<ServerChannel>, deny: RejectConnection, { name }: { name: string }) => {
        if (name !== 'sftp') return deny();
        const channel = open();
        channel.on('error', () => {});
        const { latencyMs } = ledger;
        // Both ways at once: answers are then sent as they come.
        const input = latencyMs === 0 ? channel : channel.pipe(delayed(2 * latencyMs));
        serveSftp({ input, output: channel, host: sftp, cut }).then(
          () => leave(channel, 0),
          () => leave(channel, 1),
        );
      },
    );
  };
}

function leave(channel: ServerChannel, code: number): void {
  channel.exit(code);
  channel.end();
}

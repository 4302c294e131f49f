import type { Client, ClientChannel } from 'ssh2';
import { AltaError } from '../../engine/model/index.ts';

/** What a command on an SSH host left. */
export interface ExecAnswer {
  /** Exit code; null where a signal ended it. */
  readonly code: number | null;
  readonly stdout: Buffer;
  /** What it complained about; never mixed with its output. */
  readonly stderr: Buffer;
}

/** Output and complaints together, at most, bytes. */
const OUTPUT_BYTES = 8 * 1024 * 1024;

/**
 * Runs one command without a terminal, with nothing to read. SSH knows no list of arguments: the host hands the whole line to the login
 * shell of the account, or to its forced command. So `command` must be fixed text, or be put together from parts that no shell sees a
 * meaning in. When the signal aborts, the channel is closed; a command that writes nothing may go on there.
 * @throws `forbidden` where the host runs no commands, `answer-too-large`, `ssh-unreachable`, or the signal's reason
 */
export function runCommand(
  client: Client,
  bastion: string,
  command: string,
  signal: AbortSignal,
): Promise<ExecAnswer> {
  const lost = () => new AltaError('ssh-unreachable', { bastion, kind: 'lost' });
  return new Promise((resolve, reject) => {
    const gone = () => reject(lost());
    client.once('close', gone);
    try {
      client.exec(command, (error, channel) => {
        client.removeListener('close', gone);
        // At once: a command may be over within the very packet that says that it was started.
        if (error) reject(refusalOf(error));
        else answerOf(channel, signal, lost).then(resolve, reject);
      });
    } catch {
      // It throws where the connection is gone already.
      gone();
    }
  });
}

/** Only a refused channel has a reason (RFC 4254 §5.1); else the channel came, and the command on it was refused. */
function refusalOf(error: Error): AltaError {
  const kind = 'reason' in error ? `ssh channel refused, reason ${error.reason}` : 'ssh exec refused';
  return new AltaError('forbidden', { evidence: kind });
}

function answerOf(channel: ClientChannel, signal: AbortSignal, lost: () => AltaError): Promise<ExecAnswer> {
  const [stdout, stderr]: [Buffer[], Buffer[]] = [[], []];
  let size = 0;
  let end: { readonly code: number | null } | null = null;
  return new Promise((resolve, reject) => {
    const leave = (reason: unknown): void => {
      signal.removeEventListener('abort', stop);
      reject(reason);
      channel.close();
    };
    const stop = (): void => leave(signal.reason);
    const take = (into: Buffer[]) => (chunk: Buffer) => {
      size += chunk.length;
      if (size <= OUTPUT_BYTES) into.push(chunk);
      else leave(new AltaError('answer-too-large', { limit: OUTPUT_BYTES }));
    };
    channel.on('data', take(stdout));
    channel.stderr.on('data', take(stderr));
    channel.on('error', () => {});
    channel.on('exit', (code: number | null) => {
      end = { code };
    });
    channel.on('close', () => {
      signal.removeEventListener('abort', stop);
      if (end === null) reject(lost());
      else resolve({ ...end, stdout: Buffer.concat(stdout), stderr: Buffer.concat(stderr) });
    });
    channel.end();
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
}

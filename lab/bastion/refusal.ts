import type { Connection } from 'ssh2';

/** Why a channel is not opened (RFC 4254 §5.1). */
export const reasons = { prohibited: 1, connectFailed: 2, resourceShortage: 4 } as const;

export type Reason = keyof typeof reasons;

interface Writer {
  channelOpenFail(channel: number, reason: number, text?: string): void;
}

/** Refuses one channel: calls the library's own `reject` so that the client hears this reason. */
export type Refuse = (reject: () => void, reason: Reason) => void;

/**
 * The library answers whatever a listener refuses with "connect failed", whereas OpenSSH says "administratively prohibited" of an
 * address that it may not forward to. So the writer of that answer is wrapped, per connection.
 */
export function refusals(connection: Connection): Refuse {
  const writer: Writer = Reflect.get(connection, '_protocol');
  const write = writer.channelOpenFail.bind(writer);
  let said: Reason | undefined;
  writer.channelOpenFail = (channel, reason, text) =>
    write(channel, said === undefined ? reason : reasons[said], said === undefined ? text : 'open failed');
  return (reject, reason) => {
    said = reason;
    reject();
    said = undefined;
  };
}

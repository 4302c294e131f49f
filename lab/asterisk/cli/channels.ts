import type { LabAsteriskChannel } from '../settings.ts';

/** `core show channels concise`: a line for each, fourteen fields, nothing escaped (W). */
export function channelLines(channels: Iterable<LabAsteriskChannel>): string {
  return [...channels].map((channel) => `${fieldsOf(channel).join('!')}\n`).join('');
}

function fieldsOf(channel: LabAsteriskChannel): (string | number)[] {
  const { accountCode = '', peerAccount = '', amaFlags = 3 } = channel;
  return [
    channel.name,
    channel.context,
    channel.exten,
    channel.priority,
    channel.state,
    channel.application === '' ? '(None)' : channel.application,
    channel.data,
    channel.callerIdNum,
    accountCode,
    peerAccount,
    amaFlags,
    channel.duration,
    channel.bridge,
    channel.uniqueId,
  ];
}

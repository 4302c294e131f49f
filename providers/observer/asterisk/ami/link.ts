import { AltaError } from '../../../../engine/model/index.ts';
import { orAborted, startDeadline } from '../../../transport/deadline.ts';
import { fieldOf, type Packet, packetOf } from '../formats/ami-packet.ts';
import { type ActionName, actions, actionText } from './actions.ts';
import { type Stream, type Wire, wireOf } from './wire.ts';

/** A conversation with a manager interface. Throws `timeout`, `aborted`, `connection-reset`, `answer-too-large`. */
export interface AmiLink {
  greeting(): Promise<string>;
  /**
   * Sends one action and answers its packets: the response, and for a list all events up to the one that ends it. One after another, however
   * many are asked at once. `text` makes the action for an ActionID.
   */
  exchange(action: ActionName, text: (id: string) => string): Promise<readonly Packet[]>;
  /** Says goodbye. Never throws; safe to call twice. */
  close(): Promise<void>;
}

/** Total time of one action, ms. */
const ACTION_MS = 20_000;
/** Longest wait for a goodbye, ms. */
const GOODBYE_MS = 1_000;
/** All packets of one answer, at most, characters. */
const ANSWER_CHARACTERS = 16 * 1024 * 1024;

/** Takes the stream over. */
export function linkOver(stream: Stream, host: string, signal: AbortSignal): AmiLink {
  const wire = wireOf(stream, { host, operation: 'ami' });
  let asked = 0;
  let last: Promise<unknown> = Promise.resolve();
  let closing: Promise<void> | undefined;
  const within = async <T>(operation: string, work: (end: AbortSignal) => Promise<T>): Promise<T> => {
    const deadline = startDeadline(ACTION_MS, [signal], { host, operation });
    try {
      return await work(deadline.signal);
    } finally {
      deadline.end();
    }
  };
  return {
    greeting: () => within('ami', (end) => orAborted(wire.greeting(), end)),
    exchange: (action, text) => {
      const turn = last.then(() => {
        asked += 1;
        const id = `alta-${asked}`;
        wire.send(text(id));
        return within(action, (end) => answerTo(id, action, wire, host, end));
      });
      last = turn.catch(() => {});
      return turn;
    },
    close: () => {
      closing ??= leave(wire);
      return closing;
    },
  };
}

async function answerTo(
  id: string,
  action: ActionName,
  wire: Wire,
  host: string,
  end: AbortSignal,
): Promise<readonly Packet[]> {
  const packets: Packet[] = [];
  let size = 0;
  for (;;) {
    const text = await orAborted(wire.next(), end);
    const packet = packetOf(text);
    if (fieldOf(packet, 'ActionID') !== id) continue;
    packets.push(packet);
    size += text.length;
    if (size > ANSWER_CHARACTERS) {
      throw new AltaError('answer-too-large', { host, operation: action, limit: ANSWER_CHARACTERS });
    }
    if (isLast(packet, action)) return packets;
  }
}

/** A list ends with an event that says so, in the field `EventList` or, in old versions, only by its name. An error ends anything. */
function isLast(packet: Packet, action: ActionName): boolean {
  const response = fieldOf(packet, 'Response');
  if (response !== '') return !actions[action].list || response.toLowerCase() === 'error';
  return /^complete$/i.test(fieldOf(packet, 'EventList')) || /Complete$/.test(fieldOf(packet, 'Event'));
}

async function leave(wire: Wire): Promise<void> {
  wire.send(actionText('Logoff', 'alta-off'));
  await orAborted(untilOver(wire), AbortSignal.timeout(GOODBYE_MS)).catch(() => {});
  wire.end();
}

/** Whatever still comes is of no use. */
async function untilOver(wire: Wire): Promise<never> {
  for (;;) await wire.next();
}

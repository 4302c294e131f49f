import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { Client, type Dispatcher } from 'undici';
import type { Errand } from './deadline.ts';
import type { Outgoing } from './outgoing.ts';

/** Opens the way to the host, TLS and pins included. Rejects with an AltaError. */
export type Connect = (errand: Errand, signal: AbortSignal) => Promise<Duplex>;

/**
 * One connection at most, for one request at a time. Kept here instead of in a pool, because what may be repeated and what
 * was certainly not written both depend on the connection that a request met.
 */
export interface Lane {
  /** Connects if need be, then sends. Resolves when the head of the answer is there. */
  send(outgoing: Outgoing, errand: Errand, signal: AbortSignal): Promise<Dispatcher.ResponseData>;
  /** Whether a connection stands from an earlier request. */
  isKept(): boolean;
  /** Whether the latest request met a connection, and so may have left. */
  wasReached(): boolean;
  destroy(): Promise<void>;
}

interface State {
  readonly connect: Connect;
  connected: boolean;
  reached: boolean;
  /** Open, and not yet in undici's hands. */
  stream: Duplex | null;
  /** How to connect again, for the request under way. */
  reconnect: () => Promise<Duplex>;
}

/** A lane to `origin`. `idleMs`: longest a connection is kept without a request; a shorter wish of the host is heeded. */
export function createLane(origin: string, connect: Connect, idleMs: number): Lane {
  const state: State = {
    connect,
    connected: false,
    reached: false,
    stream: null,
    reconnect: () => Promise.reject(new Error('nothing to send')),
  };
  const client = clientOf(origin, state, idleMs);
  return {
    send: (outgoing, errand, signal) => send(client, state, outgoing, errand, signal),
    isKept: () => state.connected,
    wasReached: () => state.reached,
    destroy: async () => {
      state.stream?.destroy();
      await client.destroy();
    },
  };
}

/**
 * The connection is opened before undici hears of the request: so its errors are ours, unmixed, and until it stands nothing
 * can have been sent.
 */
async function send(
  client: Client,
  state: State,
  outgoing: Outgoing,
  errand: Errand,
  signal: AbortSignal,
): Promise<Dispatcher.ResponseData> {
  state.reached = state.connected;
  state.reconnect = async () => {
    signal.throwIfAborted();
    return await state.connect(errand, signal);
  };
  if (!state.connected) state.stream = await state.reconnect();
  state.reached = true;
  return await client.request({ ...outgoing, signal });
}

function clientOf(origin: string, state: State, idleMs: number): Client {
  const client = new Client(origin, {
    pipelining: 1,
    // One deadline of our own covers everything, and the body is counted while it is read.
    headersTimeout: 0,
    bodyTimeout: 0,
    keepAliveTimeout: idleMs,
    keepAliveMaxTimeout: idleMs,
    connect: (_options, callback) => {
      takeStream(state).then(
        // undici needs no more of a socket than what every Duplex has.
        (stream) => callback(null, stream as Socket),
        (error: Error) => callback(error, null),
      );
    },
  });
  client.on('connect', () => {
    state.connected = true;
  });
  client.on('disconnect', () => {
    state.connected = false;
  });
  return client;
}

/**
 * The stream opened for the request, or another if that one (or a kept one) broke before the request was on it. undici may
 * also ask after a request was aborted, so that being asked proves nothing about what has left.
 */
async function takeStream(state: State): Promise<Duplex> {
  const stream = state.stream;
  state.stream = null;
  return stream && !stream.destroyed ? stream : await state.reconnect();
}

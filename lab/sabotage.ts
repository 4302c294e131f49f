import type { ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import type { LabFault } from './contract.ts';

/** What a simulated box or phone answers. */
export interface Reply {
  status: number;
  headers: Record<string, string>;
  body: string;
  errno?: string;
  /** The work is done, and the answer is sent so much later: not even its headers before. Default 0. */
  holdMs?: number;
}

/** One request about to be answered. */
export interface Scene {
  response: ServerResponse;
  /** Carries the request out. */
  work(): Reply;
  /** The vendor's failure with that code. */
  refuse(errno: string): Reply;
  /** Resets the TCP connection. */
  reset(): void;
}

type Deed = (scene: Scene, fault: LabFault) => void | Promise<void>;

const PAGE =
  '<!DOCTYPE html>\n<html><head><title>Welcome</title></head><body>Please sign in.</body></html>\n';
const NOTICE =
  '<br />\n<b>Notice</b>:  Undefined index: extid in <b>/index.php</b> on line <b>88</b><br />\n';
const MEBIBYTE = 1024 * 1024;

/** Waits out the latencies, then answers: spoilt by the first other fault, or as it should. */
export async function answer(scene: Scene, faults: LabFault[], latencyMs: number): Promise<void> {
  const wait = faults.reduce((sum, { kind, ms }) => sum + (kind === 'latency' ? (ms ?? 1000) : 0), latencyMs);
  if (wait > 0) await pause(wait);
  const fault = faults.find(({ kind }) => kind !== 'latency');
  if (fault === undefined) send(scene.response, scene.work());
  else await DEEDS[fault.kind](scene, fault);
}

/** Whether a fault asked for over the wire is one of those that can be committed. */
export function isFaultKind(kind: string): kind is LabFault['kind'] {
  return Object.hasOwn(DEEDS, kind);
}

const DEEDS: Record<LabFault['kind'], Deed> = {
  latency: (scene) => send(scene.response, scene.work()),
  offline: (scene) => scene.reset(),
  hang: () => {},
  reset: (scene) => scene.reset(),
  lostAnswer(scene) {
    scene.work();
    scene.reset();
  },
  errno: (scene, { errno = '20010' }) => send(scene.response, scene.refuse(errno)),
  status: (scene, { status = 500, retryAfter }) =>
    send(scene.response, page(status, retryAfter === undefined ? {} : { 'Retry-After': String(retryAfter) })),
  nonJson: (scene) => send(scene.response, page(200, {})),
  redirect: (scene, { status = 307, location = '/redirected' }) =>
    send(scene.response, page(status, { Location: location })),
  phpNotice(scene) {
    const reply = scene.work();
    send(scene.response, { ...reply, body: NOTICE + reply.body });
  },
  truncate(scene) {
    const { response } = scene;
    const body = begin(response, scene.work());
    response.write(body.subarray(0, Math.floor(body.length / 2)), () => response.destroy());
  },
  async slowloris(scene, { ms = 200 }) {
    const body = begin(scene.response, scene.work());
    for (let at = 0; at < body.length && !scene.response.destroyed; at += 1) {
      scene.response.write(body.subarray(at, at + 1));
      await pause(ms, undefined, { ref: false });
    }
    scene.response.end();
  },
  hugeBody: (scene, { bytes = 256 * MEBIBYTE }) => flood(scene.response, bytes),
};

function page(status: number, headers: Record<string, string>): Reply {
  return { status, headers: { 'Content-Type': 'text/html', ...headers }, body: PAGE };
}

function send(response: ServerResponse, reply: Reply): void {
  const { holdMs = 0 } = reply;
  if (holdMs <= 0) return void response.end(begin(response, reply));
  setTimeout(() => response.end(begin(response, reply)), holdMs).unref();
}

function begin(response: ServerResponse, reply: Reply): Buffer {
  const body = Buffer.from(reply.body);
  response.writeHead(reply.status, { ...reply.headers, 'Content-Length': String(body.length) });
  return body;
}

/** Sends well-formed JSON of that size, as fast as the client takes it. */
function flood(response: ServerResponse, bytes: number): void {
  const block = Buffer.alloc(MEBIBYTE, ' ');
  let left = Math.ceil(bytes / MEBIBYTE);
  response.writeHead(200, { 'Content-Type': 'application/json' });
  response.write('{"status":"Success",');
  const pour = (): void => {
    while (left > 0 && !response.destroyed) {
      left -= 1;
      if (!response.write(block)) return void response.once('drain', pour);
    }
    if (!response.destroyed) response.end('"extinfos":[]}');
  };
  pour();
}

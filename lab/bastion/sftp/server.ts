import type { Readable, Writable } from 'node:stream';
import { status, version } from './answers.ts';
import { fileRequests } from './files.ts';
import { openHandles } from './handles.ts';
import { type SftpHost, strikesRequest } from './host.ts';
import { type Fields, fieldsOf, Malformed, packetsOf } from './packet.ts';
import { pathRequests } from './paths.ts';
import type { Request, Scene } from './scene.ts';
import { statuses, statusOf } from './status.ts';

/** One client's session. */
export interface SftpSession {
  readonly input: Readable;
  readonly output: Writable;
  readonly host: SftpHost;
  /** Ends the whole connection at once. */
  cut(): void;
}

const requests: Readonly<Record<string, Request>> = { ...fileRequests, ...pathRequests };

/** Packet types of version 3 (draft-ietf-secsh-filexfer-02 §3). Links are neither read nor made. */
const namesByType: Readonly<Record<number, string>> = {
  3: 'open',
  4: 'close',
  5: 'read',
  6: 'write',
  7: 'lstat',
  8: 'fstat',
  9: 'setstat',
  10: 'fsetstat',
  11: 'opendir',
  12: 'readdir',
  13: 'remove',
  14: 'mkdir',
  15: 'rmdir',
  16: 'realpath',
  17: 'stat',
  18: 'rename',
};

const INIT = 1;
const EXTENDED = 200;
const extensions = { 'posix-rename@openssh.com': '1', 'fsync@openssh.com': '1' };

/**
 * Speaks SFTP version 3, one request after another as OpenSSH's server does, until the client ends. The protocol is written out here
 * because the library's server announces no extensions. Throws `Malformed` for what is not SFTP.
 */
export async function serveSftp({ input, output, host, cut }: SftpSession): Promise<void> {
  const scene: Scene = { host, handles: openHandles(), cut };
  host.counters().sessions += 1;
  try {
    // The channel outlives the loop: whoever sent nonsense is still told the exit code.
    for await (const packet of packetsOf(input.iterator({ destroyOnReturn: false }))) {
      const answer = await answerTo(scene, packet);
      if (answer === null) return;
      output.write(answer);
    }
  } finally {
    await scene.handles.closeAll();
  }
}

async function answerTo(scene: Scene, packet: Buffer): Promise<Buffer | null> {
  const fields = fieldsOf(packet);
  const type = fields.byte();
  if (type === INIT) return version(scene.host.extensions ? extensions : {});
  const id = fields.uint32();
  const answer = await carryOut(scene, nameOf(type, fields), fields);
  return answer === null ? null : answer(id);
}

function nameOf(type: number, fields: Fields): string {
  return type === EXTENDED ? fields.text() : (namesByType[type] ?? String(type));
}

async function carryOut(scene: Scene, name: string, fields: Fields): ReturnType<Request> {
  const { host } = scene;
  const counted = host.counters().requests;
  counted[name] = (counted[name] ?? 0) + 1;
  const struck = strikesRequest(host.faults, name);
  if (struck !== undefined) return status(struck);
  const isKnown = Object.hasOwn(requests, name) && (host.extensions || !Object.hasOwn(extensions, name));
  const request = isKnown ? requests[name] : undefined;
  if (request === undefined) return status(statuses.unsupported);
  try {
    return await request(scene, fields);
  } catch (error) {
    if (error instanceof Malformed) throw error;
    return status(statusOf(error));
  }
}

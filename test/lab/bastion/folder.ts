import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Client, SFTPWrapper } from 'ssh2';
import { afterEach, beforeEach } from 'vitest';
import { type LabBastion, type LabSftpOptions, startBastion } from '../../../lab/bastion/index.ts';
import { logIn, sftpOf } from './visitor.ts';

/** A host with a folder of its own, and somebody logged in to it. */
export interface Desk {
  /** The folder on this machine. */
  folder: string;
  bastion: LabBastion;
  client: Client;
  sftp: SFTPWrapper;
}

/** A desk for each test of a file. */
export function freshDesk(options: Omit<LabSftpOptions, 'folder'> = {}): Desk {
  const desk = {} as Desk;
  beforeEach(async () => {
    desk.folder = realpathSync(mkdtempSync(join(tmpdir(), 'alta-sftp-')));
    desk.bastion = await startBastion({ sftp: { folder: desk.folder, ...options } });
    desk.client = await logIn(desk.bastion.service);
    desk.client.on('error', () => {});
    desk.sftp = await sftpOf(desk.client);
  });
  afterEach(async () => {
    desk.client.end();
    await desk.bastion.close();
    rmSync(desk.folder, { recursive: true, force: true });
  });
  return desk;
}

type Done<T> = (error: Error | null | undefined, value: T) => void;

/** A call of the library as a promise. */
export function done<T = void>(call: (done: Done<T>) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    call((error, value) => (error ? reject(error) : resolve(value)));
  });
}

/** The status a call fails with (2 no such file, 3 permission denied, 4 failure, 8 unsupported); 0 where it succeeds. */
export async function statusOf(call: (done: (error?: Error | null) => void) => void): Promise<unknown> {
  const error = await new Promise<Error | null | undefined>(call);
  if (!error) return 0;
  return 'code' in error ? error.code : error;
}

/** Writes a file as a careful client does: beside it, flushed, then in its place. */
export async function publish(sftp: SFTPWrapper, path: string, text: string): Promise<void> {
  const beside = `${path}.new`;
  const handle = await done<Buffer>((call) => sftp.open(beside, 'wx', { mode: 0o600 }, call));
  const bytes = Buffer.from(text);
  await done((call) => sftp.write(handle, bytes, 0, bytes.length, 0, call));
  await done((call) => sftp.ext_openssh_fsync(handle, call));
  await done((call) => sftp.close(handle, call));
  await done((call) => sftp.ext_openssh_rename(beside, path, call));
}

import { describe, expect, it } from 'vitest';
import { startBastion } from '../../../lab/bastion/index.ts';
import { freshDesk, statusOf } from './folder.ts';
import { logIn, sftpOf } from './visitor.ts';

describe('a server without extensions', () => {
  const desk = freshDesk({ extensions: false });

  it('announces none', () => {
    expect(() => desk.sftp.ext_openssh_rename('a', 'b', () => {})).toThrow(/does not support/);
  });

  it('serves files all the same', async () => {
    expect(await statusOf((call) => desk.sftp.writeFile('phone.cfg', 'a', call))).toBe(0);
  });
});

describe('a host without a folder', () => {
  it('serves no SFTP', async () => {
    const bastion = await startBastion();
    const client = await logIn(bastion.service);
    await expect(sftpOf(client)).rejects.toThrow(/Unable to start subsystem/);
    expect(() => bastion.control.sftp).toThrow(/serves no SFTP/);
    client.end();
    await bastion.close();
  });
});

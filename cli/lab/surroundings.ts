import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type LabAsteriskPeer, startAsterisk } from '../../lab/asterisk/index.ts';
import { type LabBastion, startBastion } from '../../lab/bastion/index.ts';
import { type LabProvisioning, startProvisioning } from '../../lab/provisioning/index.ts';

/** What stands around the phones of a lab: a way in, and a place they fetch their files from. */
export interface Surroundings {
  readonly bastion: LabBastion;
  readonly provisioning: LabProvisioning;
  /** Where the bastion's private key lies while the lab runs, for `ssh -i`. */
  readonly keyFile: string;
  close(): Promise<void>;
}

/** Where files for phones lie on the bastion. */
export const filesPath = '/srv/provisioning';

/** Where the web server that serves them keeps its log, on the same host. */
export const logPath = '/var/log/provisioning.log';

/**
 * Starts both over one folder of the host, which ends with them: files for phones hold passwords. On the host also an Asterisk answers,
 * with the peers that `peers` tells when it is asked.
 */
export async function startSurroundings(
  ports: Readonly<Record<string, number>>,
  peers: () => LabAsteriskPeer[],
): Promise<Surroundings> {
  const home = await mkdtemp(join(tmpdir(), 'alta-lab-'));
  const forget = (): Promise<void> => rm(home, { recursive: true, force: true });
  const root = join(home, 'host');
  const [folder, log] = [join(root, filesPath), join(root, logPath)];
  try {
    await mkdir(folder, { recursive: true });
    const login = { username: 'telefonos', password: randomBytes(9).toString('base64url') };
    const provisioning = await startProvisioning({ folder, log, login, port: ports.provisioning ?? 0 });
    const asterisk = await startAsterisk({ peers });
    const bastion = await startBastion({
      sftp: { folder: root },
      port: ports.bastion ?? 0,
      exec: asterisk.exec,
    }).catch(async (error) => {
      await Promise.all([provisioning.close(), asterisk.close()]);
      throw error;
    });
    const keyFile = join(home, 'key');
    await writeFile(keyFile, bastion.service.credentials.privateKey, { mode: 0o600 });
    const close = async (): Promise<void> => {
      await Promise.all([bastion.close(), provisioning.close(), asterisk.close()]);
      await forget();
    };
    return { bastion, provisioning, keyFile, close };
  } catch (error) {
    await forget();
    throw error;
  }
}

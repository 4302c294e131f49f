import { realpathSync } from 'node:fs';
import type { LabBastion, LabBastionControl, LabBastionOptions, LabBastionService } from './contract.ts';
import { makeKeyPair } from './keys.ts';
import { newLedger, resetCounters } from './ledger.ts';
import { type Host, type Listening, listen } from './server.ts';
import { noFaults, type SftpHost, sftpControl } from './sftp/host.ts';

export type * from './contract.ts';

/** Starts an SSH host. Its keys, the host's and the user's, are made now and end with it. */
export async function startBastion(options: LabBastionOptions = {}): Promise<LabBastion> {
  const { name = 'bastion', host: address = '127.0.0.1', port = 0, user = 'alta' } = options;
  const { privateKey, publicKey } = makeKeyPair();
  const host = hostOf(options, { user, authorizedKey: publicKey });
  const listening = await listen(host, { host: address, port });
  const service: LabBastionService = {
    name,
    driver: 'ssh',
    url: `ssh://${address}:${listening.port}`,
    host: address,
    port: listening.port,
    credentials: { username: user, privateKey },
    hostKeys: listening.hostKeys(),
  };
  return { service, control: controlOf(host, listening, service), close: listening.close };
}

function hostOf(options: LabBastionOptions, door: Host['door']): Host {
  const { forwards = {}, channelLimit = 10, sftp, exec } = options;
  const ledger = newLedger();
  const served: SftpHost | undefined = sftp && {
    folder: realpathSync(sftp.folder),
    extensions: sftp.extensions ?? true,
    counters: () => ledger.counters.sftp,
    faults: noFaults(),
  };
  return { door, routes: new Map(Object.entries(forwards)), channelLimit, ledger, sftp: served, exec };
}

function controlOf(
  { routes, ledger, sftp }: Host,
  listening: Listening,
  service: LabBastionService,
): LabBastionControl {
  const folder = sftp && sftpControl(sftp.faults);
  return {
    forward: (address, place) => void routes.set(address, place),
    unforward: (address) => void routes.delete(address),
    counters: () => structuredClone(ledger.counters),
    resetCounters: () => resetCounters(ledger.counters),
    refuseLogins(times) {
      ledger.strikes.logins = times;
    },
    refuseForwards(times) {
      ledger.strikes.forwards = times;
    },
    latency(ms) {
      ledger.latencyMs = ms;
    },
    dropConnections: listening.dropConnections,
    changeHostKey() {
      listening.changeHostKey();
      service.hostKeys = listening.hostKeys();
      return service.hostKeys;
    },
    get sftp() {
      if (folder === undefined) throw new Error(`${service.name} serves no SFTP`);
      return folder;
    },
  };
}

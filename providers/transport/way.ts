import { isIP } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Via } from '../../engine/model/index.ts';
import { refuseAddress } from './address.ts';
import type { Errand } from './deadline.ts';
import { dial } from './dial.ts';
import type { Connect } from './lane.ts';
import type { Site } from './site.ts';
import { type Bastion, joinBastion, type SshAccess } from './ssh.ts';
import { secure } from './tls.ts';

/** How connections to a site come about. */
export interface Way {
  readonly connect: Connect;
  /** How long a connection without requests is kept, ms. */
  readonly idleMs: number;
  /** Whether others wait for a channel of the same bastion. */
  isCrowded(): boolean;
  /** Sets what is to be done when that begins: close idle connections. */
  whenCrowded(spare: () => void): void;
  /** Gives up the bastion, if there is one. */
  leave(): void;
}

/** undici's own default: below the 5 s after which many servers close. */
const IDLE_MS = 4_000;

/** Straight to the host or through a bastion; TLS and pins are checked end to end either way. */
export async function wayTo(site: Site, via: Via | undefined, ssh: SshAccess | undefined): Promise<Way> {
  let spare = () => {};
  const bastion = via ? await joinBastion(via, ssh, site.host, () => spare()) : null;
  return {
    connect: async (errand, signal) => {
      const stream = await reach(site, bastion, errand, signal);
      return site.encrypted ? await secure(stream, site.hostname, site.tls, errand, signal) : stream;
    },
    idleMs: IDLE_MS,
    isCrowded: () => bastion?.isCrowded() ?? false,
    whenCrowded: (action) => {
      spare = action;
    },
    leave: () => bastion?.leave(),
  };
}

/**
 * A stream to the host itself, over which nothing is said yet. A name behind a bastion is looked up there, out of our sight: only literal
 * addresses can be refused. Throws what {@link dial} and {@link Bastion.channel} throw, and `address-refused`.
 */
export async function reach(
  site: Pick<Site, 'hostname' | 'port'>,
  bastion: Bastion | null,
  errand: Errand,
  signal: AbortSignal,
): Promise<Duplex> {
  if (!bastion) return await dial(site.hostname, site.port, errand, signal);
  if (isIP(site.hostname)) refuseAddress(site.hostname, errand);
  return await bastion.channel(site.hostname, site.port, errand, signal);
}

import type { Answer } from './sighting.ts';

/** A way to ask one Asterisk, whatever goes over the wire. Every question takes its turn at the gate and has a time limit. */
export interface Asker {
  /** The peers of chan_sip that are in memory; null where this Asterisk has no chan_sip. */
  sipPeers(): Promise<readonly Answer[] | null>;
  /** One peer, looked for in the database too where the way allows it. The name must be askable. */
  sipPeer(name: string): Promise<readonly Answer[]>;
  /** Every endpoint of chan_pjsip with its contacts; null where this Asterisk has no chan_pjsip. */
  pjsip(): Promise<readonly Answer[] | null>;
  /** Never throws; safe to call twice. */
  close(): Promise<void>;
}

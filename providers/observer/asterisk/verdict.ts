import type { Registration } from '../../contract.ts';
import type { Reach, Sighting, Technology } from './sighting.ts';

/** What a sighting comes to, and why: `means` is for people. */
export interface Verdict extends Pick<Registration, 'status' | 'trying'> {
  readonly means: string;
}

/**
 * A binding with what is known of whoever left it.
 *
 * Nobody answers at an address that is still held: `unregistered`, though Asterisk's list still has the address. What is asked is whether
 * the phone works, and Asterisk itself does not ring such a phone [wire: 16.28, 22.10]. `registered` would pass a phone without power;
 * `unknown` would say that nobody knows. The evidence says what is there.
 *
 * A phone that answers later than allowed is there: `registered`. chan_sip does not ring it until it answers in time. [wire: 16.28]
 */
const held: Readonly<Record<Reach, Verdict>> = {
  reachable: { status: 'registered', means: 'reachable' },
  lagged: {
    status: 'registered',
    means: 'reachable, but answers too late: not rung until it answers in time',
  },
  unmonitored: { status: 'registered', means: 'not monitored: nobody looks whether it answers' },
  pending: { status: 'unknown', trying: true, means: 'its first answer is awaited' },
  unreachable: {
    status: 'unregistered',
    means: 'unreachable: the address is still held, nobody answers there',
  },
  unsaid: { status: 'unknown', means: 'nothing is said of whether it answers' },
};

/** What one sighting comes to, with nothing in front of Asterisk. */
export function verdictOf({ binding, reach }: Sighting): Verdict {
  if (binding === 'held') return held[reach];
  if (binding === 'none') return { status: 'unregistered', means: `no address is held${leftOver(reach)}` };
  if (binding === 'fixed') return { status: 'unknown', means: 'a fixed address: nobody registers there' };
  return reach === 'unreachable'
    ? { status: 'unregistered', means: 'unreachable: no contact, or none that answers' }
    : { status: 'unknown', means: 'may be a fixed address: the list does not tell' };
}

function leftOver(reach: Reach): string {
  return reach === 'reachable' || reach === 'lagged' ? '; the status is left over from before' : '';
}

/**
 * The same where a SIP proxy stands in front of Asterisk: an address may be the proxy's, and the proxy may be the one that answers. Then
 * only a registration that is known to run proves a phone, and having none proves nothing unless Asterisk is seen to hold those of others
 * (`others`). A contact of chan_pjsip came with a REGISTER, whoever passed it on; a peer of chan_sip says how long it runs.
 */
export function verdictBehindProxy(sighting: Sighting, technology: Technology, others: boolean): Verdict {
  const plain = verdictOf(sighting);
  const { binding, reach, expires = 0 } = sighting;
  if (binding === 'none' && !others) {
    return { status: 'unknown', means: `${plain.means}; the proxy in front may hold it` };
  }
  if (binding !== 'held' || reach === 'unreachable') return plain;
  const means = `${plain.means}; the address may be that of the proxy in front`;
  if (technology === 'pjsip') return { ...plain, means };
  if (expires > 0) return { ...plain, means: `${means}, the registration runs for another ${expires} s` };
  return { status: 'unknown', means: `${means}, which proves no phone` };
}

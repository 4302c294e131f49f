/** How phones of the lab find and register to its exchanges: no SIP is spoken, the verdict is worked out. */
import type { LabPhoneAccount } from './contract.ts';
import type { LabSip } from './settings.ts';

/** Who holds a registration. */
export interface Holder {
  /** Name of the phone. */
  holder: string;
  line: number;
}

/** What a phone's REGISTER says, once challenged. */
export interface Offer extends Holder {
  authName: string;
  userName: string;
  secret: string;
  userAgent: string;
}

export type Verdict = 'accepted' | 'unknown-user' | 'wrong-password' | 'too-many';

/** An exchange as phones meet it. */
export interface Exchange {
  sip: LabSip;
  /** Takes or refuses a registration; a refusal ends the holder's last one there. */
  register(offer: Offer): Verdict;
  unregister(holder: Holder): void;
  /** Whether the exchange still counts the holder as registered. */
  holds(holder: Holder): boolean;
  /** Calls back whenever the running configuration has changed. */
  onRun(listener: () => void): void;
}

/** The SIP settings of one line of a phone. */
export interface SipAccount {
  enabled: boolean;
  authName: string;
  userName: string;
  secret: string;
  server: string;
  port: number;
  transport: LabSip['transport'] | 'dns-naptr';
}

/** What a line ought to do: nothing, wait for an answer that never comes, or register there. */
export type Course =
  | { kind: 'rest'; status: Extract<LabPhoneAccount['status'], 'disabled' | 'unregistered'> }
  | { kind: 'unanswered' }
  | { kind: 'register'; exchange: Exchange };

/**
 * Where an account would register: the exchange whose server, port and transport are its own. Servers are compared
 * without regard to case; port 0 and DNS-NAPTR leave port and transport to the exchange (D: NAPTR/SRV decide).
 */
export function courseOf(account: SipAccount, exchanges: readonly Exchange[]): Course {
  if (!account.enabled) return { kind: 'rest', status: 'disabled' };
  if (account.server === '' || account.userName === '') return { kind: 'rest', status: 'unregistered' };
  const exchange = exchanges.find(({ sip }) => answersAt(sip, account));
  return exchange === undefined ? { kind: 'unanswered' } : { kind: 'register', exchange };
}

function answersAt(sip: LabSip, { server, port, transport }: SipAccount): boolean {
  return (
    sip.server.toLowerCase() === server.toLowerCase() &&
    (port === 0 || port === sip.port) &&
    (transport === 'dns-naptr' || transport === sip.transport)
  );
}

/** What targets, and those who look from beside them, tell about service: optional powers of a session, and observers. */
import type { ObserverPlace, Target } from '../engine/model/index.ts';
import type { SessionContext } from './contract.ts';

/** What is known about one registration. `unknown` is an answer; it is never turned into yes or no. */
export interface Registration {
  readonly key: string;
  readonly status: 'registered' | 'unregistered' | 'unknown';
  /** The target's own words: `Idle`, `OK (23 ms)`. */
  readonly evidence: string;
  readonly contact?: string;
  /** It is registering right now: another look may tell. */
  readonly trying?: true;
}

export interface RegistrationReader {
  registrations(keys: readonly string[]): Promise<readonly Registration[]>;
}

export interface CallPlacer {
  placeCall(
    from: string,
    to: string,
  ): Promise<{ readonly answered: 'yes' | 'no' | 'unknown'; readonly evidence: string }>;
}

/** A way in that the YAML declares under `checks.callFlows`. */
export interface FlowQuestion {
  /** Name of the queue, ring group, menu or number, as the panel shows it. */
  readonly name: string;
  /** Number that callers dial, in the form the platform writes. */
  readonly number?: string;
}

/** Where a way in leads, as far as the target's API tells. */
export interface CallFlow {
  /** `absent` = a complete list holds nothing of that number or name; `unknown` = this target cannot tell. */
  readonly status: 'found' | 'absent' | 'unknown';
  /** Numbers of the extensions that it reaches. */
  readonly reaches: readonly string[];
  /** False where part of it leads on to what the API does not show: an extension that is missing then proves nothing. */
  readonly complete: boolean;
  /** The target's own words: `DID 34910000001 → Ring group 600 (110, 111)`. */
  readonly evidence: string;
}

export interface CallFlowReader {
  /** One answer for each question, in their order. Reads only. */
  callFlows(asked: readonly FlowQuestion[]): Promise<readonly CallFlow[]>;
}

/** What a look from outside tells about a target's API. `off` = the address answers, and its API does not. */
export interface Doorstep {
  readonly api: 'on' | 'off' | 'unknown';
  /** Statuses and the target's error codes, never contents. */
  readonly evidence: string;
}

/** A second pair of eyes on a PBX: sees registrations beside, or in place of, the PBX's own API. Reads only. */
export interface Observer {
  /** The `driver:` of the YAML's `observer`. */
  readonly name: string;
  /**
   * Opens a way to look at `target.observer`. Keys of its registrations are SIP user names. Throws what the transport throws,
   * `wrong-credentials`, `forbidden`, `strange-answer`.
   */
  open(target: Target, context: SessionContext): Promise<RegistrationReader & { close(): Promise<void> }>;
  /**
   * The same from output that a person pasted; `place` = what is declared of where it comes from. Pure.
   * @throws AltaError `paste-unreadable` where it holds nothing known
   */
  read(
    text: string,
    filename: string,
    place?: ObserverPlace,
  ): (keys: readonly string[]) => readonly Registration[];
}

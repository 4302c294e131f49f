/** What Asterisk's answers are brought to before anybody judges: plain data, whatever the format they came in. */

/** Its two SIP channel drivers: `sip` is chan_sip (until version 20), `pjsip` is chan_pjsip (from 12 on). */
export type Technology = 'sip' | 'pjsip';

/**
 * Whether a phone has left its address. `held` = yes · `none` = no · `fixed` = the address comes from the configuration, nobody registers ·
 * `unsaid` = the answer does not tell.
 */
export type Binding = 'held' | 'none' | 'fixed' | 'unsaid';

/**
 * Whether anybody answers at that address. `lagged` = later than allowed · `unmonitored` = nobody looks · `pending` = the first answer is
 * awaited · `unsaid` = the answer does not tell.
 */
export type Reach = 'reachable' | 'lagged' | 'unreachable' | 'unmonitored' | 'pending' | 'unsaid';

/** What one answer says of one name. */
export interface Sighting {
  /** As shown. */
  readonly name: string;
  /** The column ended here: what stands in it may be a longer name. */
  readonly cut?: true;
  readonly binding: Binding;
  readonly reach: Reach;
  /** Asterisk's own words: `OK (23 ms)`. */
  readonly words: string;
  /** Where: `192.0.2.10:5060`. */
  readonly at?: string;
  /** The contact that the phone left, where it is shown whole. */
  readonly contact?: string;
  /** Seconds until the registration runs out; -1 = there is none. Only answers about a single peer tell. */
  readonly expires?: number;
}

/** A name that Asterisk says it does not know. */
export interface Unknown {
  readonly name: string;
  /** `Peer 999 not found.` */
  readonly words: string;
  /** Looked for in the database too, not only in memory. */
  readonly everywhere: boolean;
}

/** One answer. */
export interface Answer {
  /** The command or action: `sip show peers`. */
  readonly from: string;
  readonly technology: Technology;
  /** `contacts` = only those that have one are listed. */
  readonly lists: 'all' | 'contacts' | 'one';
  /** Nothing of the list is missing. */
  readonly complete: boolean;
  readonly sightings: readonly Sighting[];
  readonly unknown: readonly Unknown[];
}

/** An answer within a longer text: `line` is its last, from 0. */
export interface Placed extends Answer {
  readonly line: number;
}

/** One line without its decoration. */
export interface Line {
  readonly text: string;
  /** Place in the whole text, from 0. */
  readonly line: number;
}

/** What was printed in answer to one command; `command` is empty where it is not shown. */
export interface Passage {
  readonly command: string;
  readonly lines: readonly Line[];
}

/** What a simulated Yealink phone can be started with. Tags: see `lab/settings.ts`. */

/**
 * Generation of a phone's web interface (C).
 *
 * 'a': up to V7x, HTTP Basic, reading only. 'b0', 'b1', 'b2': the servlet of V80 to V85 with its three login forms.
 * 'c': the JSON interface from V86.
 */
export type LabPhoneGeneration = 'a' | 'b0' | 'b1' | 'b2' | 'c';

/** Facts about phones nobody could confirm. The default is the first value given in each comment. */
export interface LabPhoneDoubts {
  /** Passwords in exported files: 'masked' (C: one source), 'absent' or 'clear'. U */
  exportedPasswords?: 'masked' | 'absent' | 'clear';
  /** What stands for a masked password. Default '********'. U */
  mask?: string;
  /** Passwords on the account page and in readconfig: 'masked', 'absent' or 'clear'. C: never usable */
  shownPasswords?: 'masked' | 'absent' | 'clear';
  /** A file with keys the phone does not know: 'ignore' them or 'refuse' the whole import. U */
  unknownKeys?: 'ignore' | 'refuse';
  /** The word refusing an import without the version line, or without any known key: 'noparam' or 'failed'. C for the words */
  importWord?: 'noparam' | 'failed';
  /** An empty value: 'sets' the empty text, is 'ignored', or goes back to the 'default', as numbers always do. I */
  emptyValue?: 'sets' | 'ignored' | 'default';
  /** Longest text of a parameter, in UTF-16 units: 256. U */
  longest?: number;
  /** A longer text is 'truncated', or its key 'refused' as if it were unknown. U */
  tooLong?: 'truncated' | 'refused';
  /** Files with CR LF ends: 'any' (the CR is dropped) or 'lf' (the CR stays in the value). U */
  lineEnds?: 'any' | 'lf';
  /** `static.*` keys run 'after-reboot' or 'at-once'. I */
  staticKeys?: 'after-reboot' | 'at-once';
  /** An import of a `static.*` key makes the phone reboot by itself: false or true. U */
  importReboots?: boolean;
  /** Value of `security.user_password`: 'user:pass' (D) or 'pass' (C: a T7x stores the whole string as the password). */
  userPassword?: 'user:pass' | 'pass';
  /** Failed logins that lock the web interface: 3. U (C: few; one source says about five) */
  lockAfter?: number;
  /** Unit of `lockTime` (c): 'minutes' (C: two clients) or 'seconds' (C: one). */
  lockTimeUnit?: 'minutes' | 'seconds';
  /** A refused login tells why in an `error` object (C: three clients) or at the 'top' of the answer. */
  errorPlace?: 'error' | 'top';
  /** The lock holds for the client's 'address' or for the whole 'phone'. U */
  lockScope?: 'address' | 'phone';
  /** A correct login while another address is logged in: 'refuse' or 'replace' that session. C for refusing in generation c */
  secondLogin?: 'refuse' | 'replace';
  /** A second login from the same address: 'refuse' or 'replace' that session. U */
  sameAddress?: 'refuse' | 'replace';
  /** Word of `authstatus` while somebody else is logged in (b): 'busy' or 'none'. U */
  busyWord?: 'busy' | 'none';
  /** Case of the transport and expiry field names (b): 'Transport1' or 'transport1'. C: varies by build */
  fieldCase?: 'upper' | 'lower';
  /** `AccountPassword` in a write (b): encrypted 'as-login' or 'clear'. Default by variant: clear in b0, else as-login. C */
  accountPassword?: 'as-login' | 'clear';
  /** Names of the server fields (c): `AccountServerAddr1.N` ('T4xU') or `AccountServerAddr.N.1` ('T57W'). C */
  serverFields?: 'T4xU' | 'T57W';
  /** readconfig and writeconfig also take cfg keys such as `account.1.label` (c): false, or true (C: a T54W 96.87). */
  plainKeys?: boolean;
  /** Unknown names asked of readconfig are 'absent' from the answer, 'empty', or read 'error_invalid_cfg_info' ('word'; C: one source). */
  unknownNames?: 'absent' | 'empty' | 'word';
  /** writeconfig exists (c): true or false. C: one source */
  writeconfig?: boolean;
  /** Field of the file in an import (c): 'CFGConfigUpload', 'file' or 'either'. C: low */
  importField?: 'CFGConfigUpload' | 'file' | 'either';
  /** An upload (b) must carry the page's token. Default by variant: true in b2 (C), false elsewhere. U */
  uploadToken?: boolean;
  /** Paths (b) name their module, `m=mod_data&…`: 'either' way is taken, or it is 'needed', or 'unknown' (C: a V80 client leaves it out). */
  modules?: 'either' | 'needed' | 'unknown';
  /** Export and import are refused unless the page before them was asked for: true or false. I */
  pageFirst?: boolean;
  /** Imports (b) without Referer, and changing requests (c) without Origin or Referer, are refused: true or false. I */
  refererNeeded?: boolean;
  /** An account whose server nobody answers at reads 'registering' or 'failed'. I */
  unanswered?: 'registering' | 'failed';
  /** 200 with HTML in place of a configuration file: 'skip' that file or 'stop' the whole fetch. I */
  htmlFile?: 'skip' | 'stop';
  /** A file whose bytes are those of the last fetch is 'skipped' (D), or 'reapplied' when another file of the set changed (U). */
  unchangedFiles?: 'skipped' | 'reapplied';
  /** The phone reboots by itself when a fetch changed `static.*` keys: true or false. I */
  fetchReboots?: boolean;
  /** Answer to a page written (b): an 'empty' result (C), a word in 'json', or a 'redirect'. Default by variant: redirect in b0 (C). */
  writeAnswer?: 'empty' | 'json' | 'redirect';
  /** The MAC in the User-Agent: with 'colons' (C: T2 to T4) or 'bare' (C: some T5x). Default by model. */
  userAgentMac?: 'colons' | 'bare';
  /** `key=Reboot` of the Action URI: 'obeyed' or 'ignored' (C: a V80 T46G). */
  actionUriReboot?: 'obeyed' | 'ignored';
}

/** One simulated Yealink phone to start. */
export interface LabPhone {
  name: string;
  generation: LabPhoneGeneration;
  /** E.g. 'T54W'. Default by generation: T22P, T46G, T21P_E2, T31G, T54W. */
  model?: string;
  /** E.g. '96.86.0.70'; its second number decides which keys the phone knows. Default by generation. */
  firmware?: string;
  /** Twelve hexadecimal digits, with or without separators. Default: 805ec0 and six more made from the name. */
  mac?: string;
  /** The web administrator. Default: 'admin' and a password made from the name. */
  credentials?: { username?: string; password: string };
  /** Self-signed certificate made at start. Default true. */
  tls?: boolean;
  /** Settings other than the factory's, in the key language of the phone's firmware. Unknown keys are an error. */
  cfg?: ReadonlyArray<readonly [key: string, value: string]>;
  /** Where the phone fetches its configuration. Default nowhere. */
  provisioning?: { url: string; username?: string; password?: string };
  /** PEM certificates trusted when fetching over https, in place of the usual ones. With `trust_certificates = 0` any is. */
  authorities?: readonly string[];
  /** Defaults of the vendor: enabled, nobody allowed, a prompt on the phone (D). */
  actionUri?: { enable?: boolean; limitIp?: string; showOption?: boolean };
  /** UDP port on loopback that takes SIP NOTIFY. Default 0: a free one. */
  sipPort?: number;
  /** How long failed logins lock the web interface. Default 3 minutes (U). */
  lockMs?: number;
  /** Idle life of a web session. Default 5 minutes (U). */
  sessionMs?: number;
  /** How long a boot takes, during which connections are refused. Default 0. */
  bootMs?: number;
  /** Default true. */
  keepAlive?: boolean;
  doubts?: LabPhoneDoubts;
}

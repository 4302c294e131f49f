import type { Secret } from '../../../../engine/model/index.ts';
import type { Cfg } from '../cfg.ts';
import type { Login } from './dialect.ts';
import type { Link } from './link.ts';

/**
 * The generations of the web interface that can be entered. [field]
 * - `b0` servlet whose login is sealed as a whole (V80, V81) · `b1` servlet with RSA and AES (V84) · `b2` servlet with plain RSA
 *   (T30 series) · `c` JSON interface (V86 and later).
 */
export type WebName = 'b0' | 'b1' | 'b2' | 'c';

/** What a phone says of one of its lines. */
export interface LineStatus {
  /** From 1, as text. */
  readonly line: string;
  /** Whether an account is set up on it, as far as this page tells. */
  readonly used: boolean;
  /** The phone's own code or word. */
  readonly code: string;
}

/** What a phone says of itself. Empty where it does not tell. */
export interface Status {
  /** 12 lower-case hex digits; empty where the page does not tell, or tells several. */
  readonly mac: string;
  /** Without the maker: `T46U`. */
  readonly model: string;
  readonly firmware: string;
  /** Null where the page shows no lines. */
  readonly lines: readonly LineStatus[] | null;
}

/**
 * One generation of the web interface. Everything is one operation for people, of one to three requests; nothing here logs in
 * by itself or repeats anything. All throw `device-logged-out` where the phone answers as if nobody were logged in, and then
 * nothing happened.
 */
export interface Face {
  readonly web: WebName;
  /**
   * Logs in, once.
   * @throws `wrong-credentials`, `locked-out`, `device-busy`, `strange-answer`
   */
  enter(link: Link, login: Login): Promise<void>;
  /** Logs out. False where the phone gave no sign of having understood. May throw. */
  leave(link: Link): Promise<boolean>;
  status(link: Link): Promise<Status>;
  /** The whole configuration. @throws `strange-answer` for anything that is not a whole cfg file */
  exported(link: Link): Promise<Cfg>;
  /**
   * Sets the keys of a partial cfg file.
   * @param object address of the resource, for errors
   * @throws `config-refused` with the phone's word
   */
  imported(link: Link, file: Secret, object: string): Promise<void>;
  /** Null where this generation has no page that tells. */
  inCall(link: Link): Promise<boolean | null>;
}

/** `80:5E:C0:00:00:01` → `805ec0000001`; empty for what is no MAC. */
export function plainMac(text: string): string {
  const digits = text.trim().replace(/[:-]/g, '').toLowerCase();
  return /^[0-9a-f]{12}$/.test(digits) ? digits : '';
}

/** `Yealink SIP-T46U` → `T46U`; empty for what is no name. */
export function plainModel(text: string): string {
  const name = text
    .trim()
    .replace(/^yealink[\s-]+/i, '')
    .replace(/^sip[\s-]+/i, '');
  return /^[\w.+()/ -]{1,40}$/.test(name) ? name : '';
}

/** `108.86.0.45`; empty for what is no version. */
export function plainFirmware(text: string): string {
  return /^\d{1,4}(\.\d{1,4}){2,4}$/.test(text.trim()) ? text.trim() : '';
}

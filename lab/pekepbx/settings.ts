/**
 * What a simulated PekePBX platform can be started with. Tags: see `lab/settings.ts`. D is what the vendor's REST documentation (v2,
 * "v36") and screenshots of the panel say; U is chosen by the dialect, which is invented: no real platform is known to speak it.
 */
import type { LabExtensionSeed, LabSip } from '../settings.ts';

/** One company ("Empresa") of the platform. */
export interface LabPekepbxCompany {
  /** Five digits (D), e.g. '90001'. */
  code: string;
  /** Default: made from the code. */
  name?: string;
  /** "Número de extensiones": beyond it none is created (D). Default 100 more than were seeded. */
  quota?: number;
  /** Its DIDs as the platform writes them, and where each leads: '', 'extension:10' or 'queue:700'. Default: two, leading nowhere. */
  dids?: Record<string, string>;
  /** Short numbers of its queues, and of the members of each. Default none. */
  queues?: Record<string, string[]>;
  /** How many extensions to seed, deterministic, from `firstNumber` (10). */
  extensions?: number;
  firstNumber?: number;
  /** Exact extensions, in addition to the seeded ones. */
  seed?: LabExtensionSeed[];
}

/**
 * One simulated platform to start. Seeds carry the panel's fields under neutral names, whatever the dialect: `number` (short), `name`,
 * `email`, `role` (user, admin), `internalOnly` (true, false), `mobileExtension`, `mobile`, `sipPassword`, `callerId` (a DID, or '' for
 * anonymous), `password`, `voicemail` (true, false), `recording` (true, false), `dialling` (local, national, international).
 */
export interface LabPekepbx {
  driver: 'pekepbx';
  name: string;
  /**
   * The dialect: everything that is U. 'a' (default): flat snake_case, integer ids, numbered pages, `companyId` in the query. 'b': nested
   * camelCase, UUIDs, cursors, company in a header. 'c': as 'a', but lists are bare arrays cut in silence, and the company is entered by
   * a call of its own.
   */
  edition?: 'a' | 'b' | 'c';
  /** How lists are paged, in place of the dialect's own way. */
  pager?: 'page' | 'offset' | 'cursor' | 'bare';
  /** Rows of a list when none are asked for (15), and at most (100). U */
  pageSize?: number;
  maxPageSize?: number;
  /** Default: 90001 and 90002. */
  companies?: LabPekepbxCompany[];
  /** Extensions of the first company: exact ones, and how many to seed from `firstNumber` (10). */
  seed?: LabExtensionSeed[];
  extensions?: number;
  firstNumber?: number;
  /** The API answers 403: all of it but login, refresh and logout (true), or some resources, e.g. ['extension']. Default false. U */
  apiForbidden?: boolean | string[];
  /** Login demands a second factor; a text is the code it then takes. Default false (D: the setting exists; its shape U). */
  secondFactor?: boolean | string;
  /** Lifetime of a token. Default 3600 s (D). */
  tokenMs?: number;
  /** After so many failed registrations an address is banned (D; how many U). Default 10 within a minute; 0 never. */
  banAfter?: number;
  /** How long a ban lasts. Default 30 minutes. U */
  banMs?: number;
  /** Where phones seem to come from: one customer's router. Default 203.0.113.10. */
  phonesAddress?: string;
  /** After so many failed logins an address must wait. Default 5 (I: the framework's default). */
  lockAfter?: number;
  /** How long it must wait. Default one minute (I). */
  lockMs?: number;
  /** Phones that one extension has room for. Default 5. U */
  maxRegistrations?: number;
  /** The API shows registrations as they were at the last look, at most this old (D: a job looks every 10 s). Default 0. */
  stateLagMs?: number;
  /** Self-signed certificate made at start. Default true. */
  tls?: boolean;
  /** Default true. */
  keepAlive?: boolean;
  /** Where phones register. Default `<name>.example`, 5060 (D), udp. */
  sip?: Partial<LabSip>;
}

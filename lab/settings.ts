/**
 * What simulated boxes and phones can be started with.
 *
 * Every statement about a vendor carries a tag: D vendor documentation, V vendor-written code, C third-party client
 * code or field notes, W seen on the wire, I inference, U unknown. What is I or U and matters is an option in
 * the `doubts` of each simulator, so that a client can be tried against each reading.
 *
 * Sources named in tags: "guide G17" (first v1 guide), "guide H1" (v1.1.0), "guide H2" (v2.0.0), "manual HS"
 * (web interface and CSV import), "client XX" (a field client).
 */

import type { LabMeetip } from './meetip/settings.ts';
import type { LabPekepbx } from './pekepbx/settings.ts';
import type { LabYeastar } from './yeastar/settings.ts';
import type { LabYeastarP } from './yeastar-p/settings.ts';

export type * from './meetip/settings.ts';
export type * from './pekepbx/settings.ts';
export type * from './yealink/settings.ts';
export type * from './yeastar/settings.ts';
export type * from './yeastar-p/settings.ts';

/** A simulated PBX to start. Without `driver` it is an S-Series box. */
export type LabBox = LabYeastar | LabYeastarP | LabMeetip | LabPekepbx;

/** An extension as a box stores it: flat keys with the names of its API (of v2.0.0 on the S-Series), every value a string. */
export type LabExtension = Readonly<Record<string, string>> & { readonly number: string };

/** An extension to start with. Whatever is left out takes the vendor's default; a secret is generated. */
export type LabExtensionSeed = { number: string } & Record<string, string>;

/** The place a box answers SIP at. Servers are compared without regard to case. */
export interface LabSip {
  server: string;
  port: number;
  transport: LabTransport;
}

export type LabTransport = 'udp' | 'tcp' | 'tls';

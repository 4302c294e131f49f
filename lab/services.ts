/** What simulated PBXs say of themselves, by vendor. */
import type { LabPins } from './contract.ts';
import type { LabBox, LabMeetip, LabPekepbx, LabSip, LabYeastar, LabYeastarP } from './settings.ts';

/** What every simulated PBX says of itself. */
interface LabPbxService {
  name: string;
  url: string;
  pins: LabPins;
  certificatePem: string;
  sip: LabSip;
}

export interface LabYeastarService extends LabPbxService {
  driver: 'yeastar';
  edition: LabYeastar['edition'];
  credentials: { username: string; password: string };
  serial: string;
}

export interface LabYeastarPService extends LabPbxService {
  driver: 'yeastar-p';
  edition: string;
  credentials: { clientId: string; clientSecret: string };
  serial: string;
}

/** One customer's partition of a platform. */
export interface LabTenant {
  /** What the YAML calls `tenant`: tenant code, company id. */
  code: string;
  /** The platform's own id of it. */
  id: string;
  name: string;
}

export interface LabMeetipService extends LabPbxService {
  driver: 'meetip';
  edition: string;
  credentials: { apiKey: string };
  tenants: LabTenant[];
}

export interface LabPekepbxService extends LabPbxService {
  driver: 'pekepbx';
  /** The dialect it speaks. */
  edition: string;
  credentials: { username: string; password: string };
  tenants: LabTenant[];
}

export type LabBoxService = LabYeastarService | LabYeastarPService | LabMeetipService | LabPekepbxService;

/** The service that settings start. */
export type ServiceOf<Box extends LabBox> = Box extends LabMeetip
  ? LabMeetipService
  : Box extends LabPekepbx
    ? LabPekepbxService
    : Box extends LabYeastarP
      ? LabYeastarPService
      : LabYeastarService;

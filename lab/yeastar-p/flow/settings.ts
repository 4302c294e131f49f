/** What happens to calls from outside, as the lab is told it. */

/**
 * Where a call goes: 'end_call', or the API's word for the kind and a number, as in 'extension 1000', 'ext_vm 1000', 'queue 6400',
 * 'ring_group 6300', 'ivr 6500', 'external_num 600123456'.
 */
export type LabYeastarPDestination = string;

export interface LabYeastarPRoute {
  name: string;
  /** Names of trunks. Default: all. */
  trunks?: string[];
  /** Numbers or patterns called; none: every number. */
  dids?: string[];
  to: LabYeastarPDestination;
  /** Outside business hours. Default: no time condition. */
  closed?: LabYeastarPDestination;
}

export interface LabYeastarPQueue {
  number: string;
  name: string;
  /** Default 'ring_all'. */
  strategy?: string;
  /** Numbers of extensions. */
  agents: string[];
  /** Numbers of extensions that log in and out of it. */
  dynamic?: string[];
  /** Default 'end_call'. */
  failover?: LabYeastarPDestination;
}

export interface LabYeastarPRingGroup {
  number: string;
  name: string;
  /** Default 'ring_all'. */
  strategy?: string;
  /** Numbers of extensions. */
  members: string[];
  /** Default 'end_call'. */
  failover?: LabYeastarPDestination;
}

export interface LabYeastarPIvr {
  number: string;
  name: string;
  /** By key, '0' to '9'. */
  keys?: Record<string, LabYeastarPDestination>;
  /** Default 'end_call'. */
  timeout?: LabYeastarPDestination;
  /** Default 'end_call'. */
  invalid?: LabYeastarPDestination;
}

export interface LabYeastarPCallFlow {
  /** Names. */
  trunks?: string[];
  routes?: LabYeastarPRoute[];
  queues?: LabYeastarPQueue[];
  ringGroups?: LabYeastarPRingGroup[];
  ivrs?: LabYeastarPIvr[];
}

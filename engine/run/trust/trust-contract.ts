import type { EditResult, PlanOptions } from '../contract.ts';

/** What was seen of one endpoint, beside what the YAML says of it. */
export interface SeenCertificate {
  /** Addresses of the targets that are reached there. */
  readonly targets: readonly string[];
  readonly url: string;
  /** The bastion it was seen through, `oficina (alta@bastion.acme.example:22)`; null = from this machine. */
  readonly from: string | null;
  /** `verified`: by the system's authorities · `pinned`: as declared · `unpinned`: nobody vouches for it · `mismatch`: not as declared. */
  readonly verdict: 'verified' | 'pinned' | 'unpinned' | 'mismatch';
  /** Of the public key: it outlives a renewed certificate. */
  readonly pin: string;
  readonly subject: string;
  readonly issuer: string;
  /** RFC 3339, UTC. */
  readonly validFrom: string;
  readonly validTo: string;
  readonly declared: readonly string[];
  /** The pins that would stand in the YAML; null = nothing to write. */
  readonly proposed: readonly string[] | null;
}

/** What was seen of one SSH server. */
export interface SeenHostKeys {
  /** `bastion.acme.example:22` */
  readonly server: string;
  readonly verdict: 'declared' | 'undeclared' | 'mismatch';
  readonly keys: readonly { readonly line: string; readonly fingerprint: string }[];
  readonly declared: readonly string[];
  /** The `hostKeys` that would stand in the YAML; null = nothing to write. */
  readonly proposed: readonly string[] | null;
}

export interface TrustFound {
  readonly certificates: readonly SeenCertificate[];
  readonly hostKeys: readonly SeenHostKeys[];
}

export interface TrustConsent {
  /** Replaces pins or host keys that do not fit any more. */
  readonly replace: boolean;
  readonly dryRun: boolean;
  /** Shows what was seen and asks. Called at most once, and only where there is something to write. */
  readonly confirm: (found: TrustFound) => Promise<boolean>;
}

export interface TrustOptions extends PlanOptions, TrustConsent {}

export interface HostKeyOptions extends TrustConsent {
  /** Null = the server that the access entry names. */
  readonly server: { readonly user: string | null; readonly host: string; readonly port: number } | null;
  /** Name of the access entry that takes the keys; null = only shown. */
  readonly access: string | null;
  /** Client whose entry it is; null = the workspace's own. */
  readonly client: string | null;
}

export interface TrustResult extends EditResult {
  readonly found: TrustFound;
  /** There was something to write, and the answer was no. */
  readonly declined: boolean;
}

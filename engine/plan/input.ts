import type { Capabilities } from '../../providers/contract.ts';
import {
  type ActualView,
  type Delivery,
  type Desired,
  type Diagnostic,
  type State,
  selects,
  type Target,
  type TargetStatus,
} from '../model/index.ts';

/** What a target answered, with secrets already turned into fingerprints. */
export interface TargetView {
  readonly target: Target;
  readonly status: TargetStatus;
  /** Null unless `status` is `read`. */
  readonly reading: {
    readonly edition: string;
    readonly identity: Readonly<Record<string, string>>;
    readonly can: Capabilities;
    readonly resources: readonly ActualView[];
    /** As in the driver's reading. */
    readonly delivery?: Delivery;
    readonly lists?: Readonly<Record<string, readonly string[]>>;
  } | null;
  readonly diagnostics: readonly Diagnostic[];
  /** Addresses of resources that the target, as it was read, cannot take as declared; why is in `diagnostics`. Default: none. */
  readonly objections?: ReadonlySet<string>;
}

/** The safety limits of alta.yaml, with defaults filled in. */
export interface SafetyLimits {
  /** Percent of ours that one run may delete or find vanished, per client and per platform. */
  readonly maxDeletePercent: number;
  /** Percent of ours that one run may change in any way but create. */
  readonly maxChangePercent: number;
  /** Below this many objects of ours, percentages say nothing and do not bite. */
  readonly minimumObjects: number;
}

export const defaultLimits: SafetyLimits = { maxDeletePercent: 30, maxChangePercent: 50, minimumObjects: 10 };

/** What the person at the command line consents to for this run. */
export interface Consent {
  /** `--allow-delete N`: exactly N deletions of extensions. */
  readonly allowDelete: number | null;
  /** `--recreate N`: exactly N objects that vanished may be created again although nothing else of the tenant is left. */
  readonly recreate: number | null;
  /** `--override-limits REASON`: lifts the percent limits, never anything else. */
  readonly overrideLimits: string | null;
  /** `--accept-outage REASON`: a secret may change although phones that use it cannot be given the new one now. */
  readonly acceptOutage: string | null;
}

export const noConsent: Consent = {
  allowDelete: null,
  recreate: null,
  overrideLimits: null,
  acceptOutage: null,
};

/** `--target` and `--exclude` patterns; empty `targets` = everything. */
export interface Selection {
  readonly targets: readonly string[];
  readonly exclude: readonly string[];
}

/** Whether `--target` and `--exclude` leave an address in. */
export function isSelected(address: string, { targets, exclude }: Selection): boolean {
  if (exclude.some((pattern) => selects(pattern, address))) return false;
  return targets.length === 0 || targets.some((pattern) => selects(pattern, address));
}

export const everything: Selection = { targets: [], exclude: [] };

/** Everything the plan of one client rests on. */
export interface ClientInput {
  readonly client: string;
  /** `baja` = being taken out of service: consents to deleting all of a tenant. */
  readonly status: 'activo' | 'baja';
  readonly tree: string;
  /** Already with open intents resolved; an empty state for a new client. */
  readonly state: State;
  /** Normalised by the drivers. */
  readonly desired: readonly Desired[];
  readonly views: readonly TargetView[];
  /** State keys that another client of the workspace desires. */
  readonly desiredElsewhere: { has(id: string): boolean };
  /** Addresses or state keys that the YAML lists under `released`. */
  readonly released: ReadonlySet<string>;
  /** Addresses that DIDs, ring groups or checks refer to, with what refers to them. */
  readonly referenced: ReadonlyMap<string, string>;
  readonly selection: Selection;
  /** What lies where devices fetch it is put there again, so that they apply it again whatever was done to them by hand. Default: false. */
  readonly republish?: boolean;
  /** Versions that may change how a plan comes out: alta and drivers. */
  readonly versions: Readonly<Record<string, string>>;
  readonly limits: SafetyLimits;
  readonly diagnostics: readonly Diagnostic[];
}

import type { SessionContext } from '../../../providers/contract.ts';
import type { Finding, LeftOut, Told } from '../../load/har/index.ts';
import type { Diagnostic, Params, Target } from '../../model/index.ts';
import type { ProfileDocument } from '../../model/profile.ts';
import type { FileEdit } from '../contract.ts';

/**
 * What a driver with profiles offers for a visit on site. Everything in its answers is a name, a count, a type or a code: never a value of
 * the server.
 */
export interface SiteTools {
  /** Looks, with reads only, which names of the target's profile are there. Throws what is wrong with the way there or the login. */
  probe(target: Target, context: SessionContext): Promise<SiteProbe>;
  /**
   * Tries every write on one number that nobody uses, and takes away what it made. Throws where the number is no such number, and what is
   * wrong with the way there: all before anything was written.
   */
  selftest(target: Target, context: SessionContext, number: string): Promise<SiteTrial>;
  /** Places of a profile that are marked: `fields.name`. */
  marksIn(profile: ProfileDocument): readonly string[];
}

/** The tools of a driver by its name; null where it has none. */
export type SiteToolsSource = (driver: string) => Promise<SiteTools | null>;

/** A mark that stays, and why: a code of the driver's tools. */
export interface OpenMark {
  readonly place: string;
  readonly why: string;
}

/** One thing that a call or a step showed: a code of the driver's tools, and the names and counts that fill its words. */
export interface Said {
  readonly says: string;
  readonly of?: Params;
}

/** Keys of an object and their types. */
export type Looks = Readonly<Record<string, string>>;

/** One name of a profile, looked for in some objects. */
export interface SiteMapping {
  readonly place: string;
  readonly path: string;
  readonly marked: boolean;
  readonly resolved: number;
  readonly of: number;
  readonly types: readonly string[];
  readonly verdict: 'resolves' | 'partly' | 'missing' | 'wrong-type' | 'not-tried';
}

export interface SiteCall {
  readonly place: string;
  readonly verdict: 'works' | 'fails' | 'not-tried';
  readonly evidence: readonly Said[];
}

/** What objects have and a profile does not, and the other way round. */
export interface SiteDifference {
  readonly unmapped: readonly { readonly path: string; readonly types: string }[];
  readonly missing: readonly { readonly place: string; readonly path: string }[];
  readonly mistyped: readonly {
    readonly place: string;
    readonly path: string;
    readonly expected: string;
    readonly found: string;
  }[];
}

export interface SiteProbe {
  readonly samples: number;
  readonly enough: boolean;
  readonly calls: readonly SiteCall[];
  readonly mappings: readonly SiteMapping[];
  readonly difference: SiteDifference;
  readonly fingerprint: Looks;
  readonly proven: readonly string[];
  readonly open: readonly OpenMark[];
}

export interface SiteStep {
  readonly step: string;
  readonly field?: string;
  readonly outcome: 'done' | 'failed' | 'skipped';
  readonly evidence: readonly Said[];
}

export interface SiteTrial {
  readonly steps: readonly SiteStep[];
  readonly fingerprint: Looks;
  readonly proven: readonly string[];
  readonly open: readonly OpenMark[];
  /** What could not be taken away again; null = nothing. */
  readonly left: {
    readonly host: string;
    readonly company: string;
    readonly number: string;
    readonly id: string | null;
  } | null;
}

/** What is known of one place of a profile. */
export interface Verdict {
  readonly place: string;
  readonly verdict: 'proven' | 'refuted' | 'open';
  /** Null where it is proven. */
  readonly why: string | null;
  /** Where the API is said to hold it, and on how many objects that is so. Missing for what is no name in an object. */
  readonly seen?: Pick<SiteMapping, 'path' | 'resolved' | 'of' | 'types'>;
}

/** What a visit found. */
export interface SiteReport {
  readonly target: string;
  readonly profile: string;
  readonly samples: number;
  /** Of every mark, and of names without one that are not there any more. */
  readonly verdicts: readonly Verdict[];
  readonly calls: readonly SiteCall[];
  readonly difference: SiteDifference;
  /** Of a self-test; empty for a probe. */
  readonly steps: readonly SiteStep[];
  /** Marks that no self-test takes off: a person must answer for them. Empty for a probe. */
  readonly unprovable: readonly string[];
}

export interface VisitOptions {
  /** `acme/pbx:sede` */
  readonly client: string;
  readonly pbx: string;
  readonly tools: SiteToolsSource;
}

/** `report` is null where the files are invalid, or somebody else has the turn. */
export interface VisitResult {
  readonly report: SiteReport | null;
  readonly diagnostics: readonly Diagnostic[];
}

export interface SelftestOptions extends VisitOptions {
  readonly number: string;
  /** Asks before anything is written; once. */
  readonly confirm: (about: { readonly target: string; readonly host: string }) => Promise<boolean>;
  readonly lockTimeoutMs: number;
}

export interface SelftestResult extends VisitResult {
  readonly declined: boolean;
  /** Where the proof is kept for the lock; null where there is none. */
  readonly proof: string | null;
}

export interface LockOptions {
  /** Null = the only one that was proven here. */
  readonly profile: string | null;
  /** Places that a person answers for. */
  readonly vouched: readonly string[];
  readonly tools: SiteToolsSource;
  readonly dryRun: boolean;
}

export interface LockResult {
  readonly profile: string;
  readonly cleared: readonly string[];
  /** Marks that stay. */
  readonly left: readonly string[];
  /** Those of them that only a person can answer for. */
  readonly unprovable: readonly string[];
  readonly edits: readonly FileEdit[];
  readonly diagnostics: readonly Diagnostic[];
}

export interface HarOptions {
  /** Absolute path, and how the person wrote it. */
  readonly path: string;
  readonly filename: string;
  readonly profile: string;
  /** Name of the profile that it starts from. */
  readonly from: string;
  readonly told: Told;
  readonly replace: boolean;
  readonly dryRun: boolean;
}

export interface HarResult {
  readonly findings: readonly Finding[];
  /** Null where the files are invalid. */
  readonly recording: {
    readonly kept: number;
    readonly used: number;
    readonly leftOut: Readonly<Record<LeftOut, number>>;
    readonly sanitised: boolean;
  } | null;
  readonly edits: readonly FileEdit[];
  readonly diagnostics: readonly Diagnostic[];
}

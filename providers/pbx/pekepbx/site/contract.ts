/** What the tools for a visit on site tell: plain data, never a value of the server, never a secret. */
import type { Params } from '../../../../engine/model/index.ts';
import type { Fingerprint } from '../profile/fingerprint.ts';
import type { JsonType } from '../profile/path.ts';

export type { Fingerprint } from '../profile/fingerprint.ts';
export type { JsonType } from '../profile/path.ts';

/** A mark that stays, and why. */
export interface OpenMark {
  /** Of the profile: `fields.name`. */
  readonly place: string;
  readonly why:
    | 'not-tried'
    /** Nothing of that name in anything read. */
    | 'not-found'
    /** It is there, and holds something else than is declared. */
    | 'other-value'
    /** Of another type than the profile says. */
    | 'wrong-type'
    /** Too few objects to judge by. */
    | 'few-samples'
    /** The whole list fits on one page. */
    | 'one-page'
    /** Nothing that is read shows it. */
    | 'only-by-writing'
    /** It is there; only a write proves that it is the right one. */
    | 'needs-selftest'
    /** Accepted, and never shown: only what it is good for proves it. */
    | 'never-shown'
    /** Sent, and not what is there afterwards. */
    | 'not-kept'
    /** Only one value could be tried. */
    | 'one-value'
    /** The call that it belongs to failed. */
    | 'call-failed'
    /** Something else changed with it. */
    | 'side-effect';
}

/** One name that the profile maps, looked for in sample objects. */
export interface MappingProbe {
  readonly place: string;
  readonly path: string;
  readonly marked: boolean;
  readonly resolved: number;
  readonly of: number;
  /** Types found, `null` among them. */
  readonly types: readonly JsonType[];
  readonly verdict: 'resolves' | 'partly' | 'missing' | 'wrong-type' | 'not-tried';
}

/** One thing that a call or a step showed: a code that the command line has words for, and the names and counts that fill them. */
export interface Said {
  readonly says: /** A refusal or a strange answer: its `code`, with `place`, `fields` and `evidence` where it has them. */
    | 'error'
    | 'own-error'
    | 'aborted'
    | 'company-found'
    | 'pages'
    | 'lists-at'
    | 'no-extension'
    | 'same'
    | 'not-mapped'
    | 'no-get'
    | 'new-token'
    | 'fields'
    | 'accepted'
    | 'accepted-without'
    | 'never-shown'
    | 'as-sent'
    | 'not-as-sent'
    | 'reads-otherwise'
    | 'also-changed'
    | 'not-listed'
    | 'get-gone'
    | 'get-answers'
    | 'list-gone'
    | 'list-has'
    | 'deleted'
    | 'nothing-there';
  readonly of?: Params;
}

/** One call that the profile maps. */
export interface CallProbe {
  readonly place: string;
  readonly verdict: 'works' | 'fails' | 'not-tried';
  readonly evidence: readonly Said[];
}

/** What a sample object has and the profile does not, and the other way round. */
export interface ProfileDifference {
  readonly unmapped: readonly { readonly path: string; readonly types: string }[];
  readonly missing: readonly { readonly place: string; readonly path: string }[];
  readonly mistyped: readonly {
    readonly place: string;
    readonly path: string;
    readonly expected: string;
    readonly found: string;
  }[];
}

export interface ProbeReport {
  readonly profile: string;
  readonly host: string;
  readonly company: string | null;
  /** Extensions read. */
  readonly samples: number;
  /** Whether they are as many as a verdict needs. */
  readonly enough: boolean;
  readonly calls: readonly CallProbe[];
  readonly mappings: readonly MappingProbe[];
  readonly difference: ProfileDifference;
  readonly fingerprint: Fingerprint;
  /** Marks that reading alone proves. */
  readonly proven: readonly string[];
  readonly open: readonly OpenMark[];
}

/** One step of a self-test. */
export interface SelftestStep {
  readonly step: 'refusal' | 'create' | 'read' | 'update' | 'delete' | 'absence' | 'clean-up';
  /** The field that an update is about. */
  readonly field?: string;
  readonly outcome: 'done' | 'failed' | 'skipped';
  readonly evidence: readonly Said[];
}

/** What a self-test could not take away again. */
export interface LeftBehind {
  readonly host: string;
  readonly company: string;
  readonly number: string;
  /** Null where it was never told. */
  readonly id: string | null;
}

export interface SelftestReport {
  readonly profile: string;
  readonly host: string;
  readonly company: string;
  readonly number: string;
  readonly steps: readonly SelftestStep[];
  readonly proven: readonly string[];
  readonly open: readonly OpenMark[];
  /** Keys and types, the canary among them. */
  readonly fingerprint: Fingerprint;
  /** Null = nothing is left there. */
  readonly left: LeftBehind | null;
}

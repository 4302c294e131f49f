import type { Exchange } from './recording.ts';

/** What the operator typed into the form, by canonical field: values that occur nowhere else. */
export type Sentinels = Readonly<Partial<Record<SentinelName, string>>>;

/** `company`: the id of the company that was worked in, which nobody types. */
export const sentinelNames = [
  'number',
  'name',
  'email',
  'role',
  'mobile',
  'mobileExtension',
  'sip',
  'portal',
  'callerId',
  'company',
] as const;

export type SentinelName = (typeof sentinelNames)[number];

/** Switches of the form that may be flipped, saved, flipped back and saved again. */
export const switchNames = ['internalOnly', 'voicemail', 'callRecording'] as const;

export type SwitchName = (typeof switchNames)[number];

/** What a person tells about a recording. */
export interface Told {
  readonly sentinels: Sentinels;
  /** In the order in which they were flipped. */
  readonly flipped: readonly SwitchName[];
}

/**
 * `found`: follows from values that were typed, or from what the requests had in common · `guessed`: by its name or form only ·
 * `ambiguous`: several places fit, none was taken · `open`: the recording does not tell · `dropped`: what the profile says is not there, and
 * was taken out.
 */
export type Standing = 'found' | 'guessed' | 'ambiguous' | 'open' | 'dropped';

/** What a finding rests on, and how often it was seen. `kept`: the profile said so before, and the recording agrees. */
export interface Clue {
  readonly kind: 'sent' | 'rows' | 'answers' | 'calls' | 'pages' | 'flips' | 'byName' | 'kept';
  readonly count: number;
}

/** A change of the profile. `undefined` removes. */
export interface Edit {
  readonly path: readonly (string | number)[];
  readonly value: unknown;
}

/** One thing about the API, by its place in the profile. Names of the API only, never a value of anybody. */
export interface Finding {
  /** `fields.name` */
  readonly place: string;
  readonly standing: Standing;
  /** What stands there: a path, a call. '' where nothing was taken. */
  readonly shown: string;
  readonly clues: readonly Clue[];
  /** Other places that fit as well. */
  readonly candidates: readonly string[];
  readonly edits: readonly Edit[];
}

/** What the requests were for. Lists in the order of the recording. */
export interface Roles {
  readonly login: Exchange | null;
  readonly create: Exchange | null;
  /** The id that the new extension got: for finding it again, never shown. Null where none shows. */
  readonly id: string | null;
  readonly lists: readonly Exchange[];
  /** Path of the rows in their answers; null where none has any. */
  readonly table: string | null;
  readonly gets: readonly Exchange[];
  readonly updates: readonly Exchange[];
  readonly deletes: readonly Exchange[];
}

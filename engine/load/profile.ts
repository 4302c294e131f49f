import { Buffer } from 'node:buffer';
import type { Diagnostic } from '../model/index.ts';
import type { ProfileDocument } from '../model/profile.ts';
import type { PlainMap } from './plain.ts';
import { callProblems } from './profile/calls.ts';
import type { Draft } from './profile/draft.ts';
import { fieldProblems } from './profile/fields.ts';
import { ownerProblems } from './profile/owner.ts';
import { shapeProblems } from './profile/shape.ts';
import { textProblems } from './profile/texts.ts';
import { writtenProblems } from './profile/written.ts';
import { readFile } from './read.ts';
import { toDiagnostics } from './report.ts';

/** A profile and everything that is wrong with it. */
export interface LoadedProfile {
  /** Null where anything is wrong: a profile is used whole or not at all. */
  readonly profile: ProfileDocument | null;
  /** All problems, in the order of the lines. */
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * The text of one profile → checked data. Never throws on its content. Pure.
 * @param filename for the places of problems; its last part must be the profile's name
 */
export function loadProfile(filename: string, text: string): LoadedProfile {
  const file = { filename, bytes: Buffer.from(text, 'utf8') };
  const reading = readFile('profile', file, undefined);
  const problems = [...reading.problems, ...(reading.data === null ? [] : semantic(reading.data, filename))];
  const diagnostics = toDiagnostics([{ file, problems }], [], new Map([[filename, file]]));
  const wrong = diagnostics.some(({ severity }) => severity === 'error');
  return { profile: wrong ? null : whole(reading.data), diagnostics };
}

/** What the schema cannot say. Looks at what the schema left in, so that one run tells all. */
function semantic(data: PlainMap, filename: string) {
  const draft = data as Draft<ProfileDocument>;
  return [
    ...shapeProblems(draft, filename),
    ...callProblems(draft),
    ...fieldProblems(draft),
    ...writtenProblems(draft),
    ...ownerProblems(draft),
    ...textProblems(draft),
  ];
}

/** Data that the schema accepted, as the type generated from it. */
function whole(data: PlainMap | null): ProfileDocument | null {
  const document: unknown = data;
  return document as ProfileDocument | null;
}

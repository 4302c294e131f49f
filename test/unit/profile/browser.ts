import { readFileSync } from 'node:fs';
import { editProfile } from '../../../engine/edit/profile.ts';
import {
  type Finding,
  type Proposal,
  proposeProfile,
  readHar,
  type Told,
} from '../../../engine/load/har/index.ts';
import { loadProfile } from '../../../engine/load/index.ts';
import type { ProfileDocument } from '../../../engine/model/profile.ts';

/** One request as a test writes it down. */
export interface Asked {
  readonly method?: string;
  /** Path and query, or a whole address. */
  readonly path: string;
  readonly sent?: unknown;
  readonly got?: unknown;
  readonly status?: number;
  /** Of the request. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly location?: string;
  /** Chrome's word for its kind; '' leaves it out, as other browsers do. Default: xhr. */
  readonly type?: string;
}

export const origin = 'https://pbx.example.com:1443';

/** What the tests say to have typed. */
export const typed: Told = {
  sentinels: {
    number: '987',
    name: 'ZZ-NAME-1',
    email: 'zz-email-1@example.com',
    role: 'user',
    mobile: '600987001',
    mobileExtension: '98765',
    sip: 'ZZSIPaaaa1111bbb',
    portal: 'ZZ-PASS-1',
  },
  flipped: ['internalOnly'],
};

/** A HAR file as a browser exports it. */
export function harFile(asked: readonly Asked[]): string {
  const entries = asked.map((one) => entryOf(one));
  return JSON.stringify({ log: { version: '1.2', creator: { name: 'test', version: '1' }, entries } });
}

function entryOf({
  method = 'GET',
  path,
  sent,
  got,
  status = 200,
  headers = {},
  location,
  type = 'xhr',
}: Asked) {
  const pairs = Object.entries({ Referer: `${origin}/`, ...headers }).map(([name, value]) => ({
    name,
    value,
  }));
  const text = got === undefined ? '' : typeof got === 'string' ? got : JSON.stringify(got);
  return {
    ...(type === '' ? {} : { _resourceType: type }),
    request: {
      method,
      url: path.includes('://') ? path : `${origin}${path}`,
      headers: pairs,
      ...(sent === undefined
        ? {}
        : { postData: { mimeType: 'application/json', text: JSON.stringify(sent) } }),
    },
    response: {
      status,
      headers: location === undefined ? [] : [{ name: 'Location', value: location }],
      content: { mimeType: text === '' ? 'x-unknown' : 'application/json', text },
    },
  };
}

/** The profile that comes with the package. */
const shippedText = readFileSync('profiles/pekepbx-v36.yaml', 'utf8');

export function baseProfile(): ProfileDocument {
  const { profile } = loadProfile('profiles/pekepbx-v36.yaml', shippedText);
  if (profile === null) throw new Error('the shipped profile does not load');
  return profile;
}

/** What a recording told, and the profile that came of it. */
export interface Learnt extends Proposal {
  readonly text: string;
  readonly profile: ProfileDocument;
  finding(place: string): Finding | undefined;
}

/** Reads a recording and writes the profile, which must load without a complaint. */
export function learn(har: string, told: Told = typed): Learnt {
  const recording = readHar('recording.har', new TextEncoder().encode(har));
  const proposal = proposeProfile(recording, told, baseProfile());
  const text = editProfile(shippedText, proposal.edits);
  const { profile, diagnostics } = loadProfile('profiles/pekepbx-v36.yaml', text);
  if (profile === null) throw new Error(`does not load: ${JSON.stringify(diagnostics)}`);
  return {
    ...proposal,
    text,
    profile,
    finding: (place) => proposal.findings.find((one) => one.place === place),
  };
}

/** Places that an import left marked. */
export function isMarked(profile: ProfileDocument, place: string): boolean {
  const part = place
    .split('.')
    .reduce<unknown>((here, step) => (here as Record<string, unknown> | undefined)?.[step], profile);
  return (part as { verify?: boolean } | undefined)?.verify === true;
}

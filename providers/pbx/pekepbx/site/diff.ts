import type { ProfileDocument, ProfileField } from '../../../../engine/model/profile.ts';
import { fieldsOf, wireOf } from '../profile/fields.ts';
import { fingerprintOf } from '../profile/fingerprint.ts';
import { isJson, type Json, type JsonType, typeOf, valueAt } from '../profile/path.ts';
import type { ProfileDifference } from './contract.ts';

/** One name of the profile that belongs to an extension. */
export interface Mapped {
  readonly place: string;
  readonly path: string;
  /** Types that its codec reads; empty = any. */
  readonly expected: readonly JsonType[];
  /** Whether a list should show it. */
  readonly listed: boolean;
  readonly find: (object: Json) => unknown;
}

/**
 * What sample extensions have that the profile does not map, and what it maps that they lack or hold in another type. Keys that change by
 * themselves are left out. Pure; no value is part of it.
 */
export function diff(profile: ProfileDocument, sample: Json | readonly Json[]): ProfileDifference {
  const samples = (Array.isArray(sample) ? sample : [sample]) as readonly Json[];
  const mapped = mappedIn(profile);
  const shown = mapped.filter(({ listed }) => listed);
  return {
    unmapped: unmappedIn(samples, profile),
    missing: shown
      .filter(({ find }) => samples.length > 0 && samples.every((one) => find(one) === undefined))
      .map(({ place, path }) => ({ place, path })),
    mistyped: shown.flatMap((one) => mistyped(one, samples)),
  };
}

/** Every name of the profile that is looked for in an extension. */
export function mappedIn(profile: ProfileDocument): readonly Mapped[] {
  const { identity, resources } = profile;
  const { company } = resources.extension;
  const plain = (place: string, path: string): Mapped => ({
    place,
    path,
    expected: ['string', 'number'],
    listed: true,
    find: (object) => valueAt(object, path),
  });
  return [
    plain('identity.id', identity.id.path),
    ofField('identity.number', identity.number),
    ...(company === undefined ? [] : [plain('resources.extension.company', company.path)]),
    ...Object.entries(fieldsOf(profile)).map(([name, field]) => ofField(`fields.${name}`, field)),
  ];
}

function ofField(place: string, field: ProfileField): Mapped {
  const listed = field.writeOnly !== true && field.detail !== true;
  return {
    place,
    path: field.path,
    expected: typesOf(field),
    listed,
    find: (object) => wireOf(object, field),
  };
}

/** What a codec reads without a second thought. */
function typesOf({ codec = 'string', values, nullAs }: ProfileField): readonly JsonType[] {
  const words = Object.values(values ?? {}).map(typeOf);
  const own: Readonly<Record<string, readonly JsonType[]>> = {
    string: ['string'],
    int: ['number'],
    bool: ['boolean'],
    '0-1': ['number'],
    'on-off': ['string'],
    enum: [],
    lookup: ['string', 'number'],
  };
  return [...new Set([...(own[codec] ?? []), ...words, ...(nullAs === undefined ? [] : ['null' as const])])];
}

function mistyped({ place, path, expected, find }: Mapped, samples: readonly Json[]) {
  const found = new Set(samples.map((one) => typeOf(find(one))));
  const wrong = [...found].filter(
    (type) => type !== 'missing' && type !== 'null' && !expected.includes(type),
  );
  if (wrong.length === 0) return [];
  return [{ place, path, expected: expected.join('|'), found: wrong.sort().join('|') }];
}

function unmappedIn(samples: readonly Json[], profile: ProfileDocument) {
  const { drift, tenant } = profile;
  const fields = [profile.identity.number, ...Object.values(fieldsOf(profile))];
  const used = [
    ...mappedIn(profile).map(({ path }) => path),
    ...fields.flatMap(({ writePath, also = [] }) => [
      ...also,
      ...(writePath === undefined ? [] : [writePath]),
    ]),
    ...tenant.scopes.flatMap(({ by, name }) => (by === 'body' && name !== undefined ? [name] : [])),
    ...(drift?.ignore ?? []),
  ];
  const known = (key: string) =>
    used.some((path) => key === path || key.startsWith(`${path}.`) || path.startsWith(`${key}.`));
  const print = fingerprintOf(samples.filter(isJson));
  return Object.entries(print)
    .filter(([key]) => !known(key))
    .map(([path, types]) => ({ path, types }));
}

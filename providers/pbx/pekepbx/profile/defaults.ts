import type {
  ProfileCall,
  ProfileDocument,
  ProfilePager,
  ProfileResource,
} from '../../../../engine/model/profile.ts';

/** The calls about a resource. */
export type Operation = 'list' | 'get' | 'create' | 'update' | 'delete';

/** What holds where a profile does not say otherwise. */
export const profileDefaults = {
  methods: { list: 'GET', get: 'GET', create: 'POST', update: 'PUT', delete: 'DELETE' },
  success: { list: [200], get: [200], create: [200, 201], update: [200, 202, 204], delete: [200, 202, 204] },
  /** Always sent: without them the server answers a refusal with a redirection. [vendor-docs] */
  headers: { accept: 'application/json', 'x-requested-with': 'XMLHttpRequest' },
  timeLimitMs: 20_000,
  writeTimeLimitMs: 30_000,
  lifetimeSeconds: 3_600,
  pageSize: 100,
  firstPage: 1,
} as const;

/** One call with everything filled in that the profile leaves out. */
export interface Call extends ProfileCall {
  readonly method: NonNullable<ProfileCall['method']>;
  readonly success: readonly number[];
}

/** The resource of that name. Loading has seen to it that it is there. */
export function resourceOf({ resources }: ProfileDocument, kind: string): ProfileResource {
  const resource = Object.hasOwn(resources, kind) ? resources[kind] : undefined;
  if (resource === undefined) throw new TypeError(`the profile has no ${kind}`);
  return resource;
}

/** Null where the profile has no such call. */
export function operationOf(profile: ProfileDocument, kind: string, operation: Operation): Call | null {
  const call = resourceOf(profile, kind)[operation];
  if (call === undefined) return null;
  const { methods, success } = profileDefaults;
  return { ...call, method: call.method ?? methods[operation], success: call.success ?? success[operation] };
}

/** A call of `auth` or of a scope. */
export function callOf(call: ProfileCall, method: Call['method']): Call {
  return { ...call, method: call.method ?? method, success: call.success ?? [200, 201, 202, 204] };
}

/** How the list of a resource goes on. */
export function pagerOf(profile: ProfileDocument, kind: string): ProfilePager {
  return resourceOf(profile, kind).list.pager ?? profile.list.pager;
}

/** Where the profile says so: `resources.did.list.pager` or `list.pager`. */
export function placeOfList(profile: ProfileDocument, kind: string, part: 'results' | 'pager'): string {
  return resourceOf(profile, kind).list[part] === undefined
    ? `list.${part}`
    : `resources.${kind}.list.${part}`;
}

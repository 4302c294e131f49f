/**
 * Generated from schemas/profile.schema.json.
 * Do not edit: change the schema and run `npm run generate`.
 */

/**
 * Version of the file format.
 */
export type ApiVersion = 'alta/v1';
/**
 * A name you choose: letters, digits, dot, dash and underscore.
 */
export type Label = string;
/**
 * Text for people.
 */
export type ProfileText = string;
/**
 * Path of a request below `transport.base`; `{id}` and the like are filled in.
 */
export type ProfileUrlPath = string;
/**
 * Text in which `{name}` is filled in.
 */
export type ProfileTemplate = string;
/**
 * A value as JSON writes it.
 */
export type ProfileScalar = string | number | boolean | null;
/**
 * Where a value stands in a JSON answer or body: keys and indexes joined by dots; `$` is the whole.
 */
export type ProfilePath = string;
/**
 * A guess: reading may try it, nothing is written that needs it. Cleared by `alta profile lock`.
 */
export type ProfileVerify = boolean;
/**
 * Name of a header, a cookie or a query parameter.
 */
export type ProfileToken = string;
/**
 * What a refusal means.
 */
export type ProfileErrorCode =
  | 'already-exists'
  | 'limit-reached'
  | 'not-found'
  | 'value-refused'
  | 'forbidden'
  | 'target-busy'
  | 'locked-out'
  | 'wrong-credentials';
/**
 * Number of an extension: digits, always in quotes (YAML would read 010 as ten).
 */
export type ExtensionNumber = string;
/**
 * How another thing is named: by its id or by its number.
 */
export type ProfileReference = 'id' | 'number';

/**
 * profiles/<name>.yaml: how the REST API of one kind of PBX looks. Everything specific to a version stands here; `verify: true` marks a name that nobody has confirmed.
 */
export interface ProfileDocument {
  readonly apiVersion: ApiVersion;
  readonly kind: 'Profile';
  readonly name: Label;
  readonly driver: Label;
  readonly description?: ProfileText;
  readonly transport?: ProfileTransport;
  readonly auth: ProfileAuth;
  readonly tenant: ProfileTenant;
  /**
   * What the API holds, by a name of your choice. `extension` must be there.
   */
  readonly resources: {
    readonly extension: ProfileResource;
    readonly [k: string]: ProfileResource;
  };
  readonly list: ProfileList;
  readonly identity: ProfileIdentity;
  readonly fields: ProfileFields;
  readonly update: ProfileUpdate;
  readonly drift?: ProfileDrift;
  readonly errors?: ProfileErrors;
  readonly guard?: ProfileGuard;
  readonly canary?: ProfileCanary;
  readonly callFlows?: ProfileCallFlows;
}
/**
 * How requests travel. `Accept: application/json` and `X-Requested-With: XMLHttpRequest` always go with them; redirections are never followed.
 */
export interface ProfileTransport {
  readonly base?: ProfileUrlPath;
  readonly headers?: ProfileParameters;
  /**
   * Least time between the starts of two requests of one session, ms. Default: 0.
   */
  readonly minIntervalMs?: number;
  /**
   * Longest time for one read, ms. Default: 20000.
   */
  readonly timeLimitMs?: number;
  /**
   * Longest time for one write, ms. Default: 30000.
   */
  readonly writeTimeLimitMs?: number;
}
/**
 * Headers or query parameters. Values are templates.
 */
export interface ProfileParameters {
  readonly [k: string]: ProfileTemplate;
}
/**
 * How a session begins, lives and ends.
 */
export interface ProfileAuth {
  readonly login: ProfileCall;
  readonly token?: ProfileName;
  readonly expires?: ProfileName;
  /**
   * How long a token lives where the answer does not say. Default: 3600.
   */
  readonly lifetimeSeconds?: number;
  readonly header?: ProfileHeader;
  readonly refresh?: ProfileCall;
  readonly renewed?: ProfileRenewal;
  readonly logout?: ProfileCall;
  /**
   * Whether cookies are sent back. Default: drop.
   */
  readonly cookies?: 'keep' | 'drop';
  readonly xsrf?: ProfileXSRF;
  readonly secondFactor?: ProfileSecondFactor;
}
/**
 * One request of the API.
 */
export interface ProfileCall {
  /**
   * Default: GET for list and get, POST for create and login, PUT for update, DELETE for delete.
   */
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: ProfileUrlPath;
  readonly query?: ProfileParameters;
  readonly headers?: ProfileParameters;
  readonly body?: ProfileSettings;
  /**
   * Form of the body. Default: json.
   */
  readonly encoding?: 'json' | 'form';
  readonly wrap?: ProfilePath;
  /**
   * Statuses that mean success. Default: 200, with 201 for create, 202 and 204 for writes.
   *
   * @minItems 1
   * @maxItems 10
   */
  readonly success?: readonly number[];
  readonly results?: ProfileName;
  readonly pager?: ProfilePager;
  readonly object?: ProfileName;
  readonly verify?: ProfileVerify;
}
/**
 * Keys and their values. Texts are templates.
 */
export interface ProfileSettings {
  readonly [k: string]: ProfileScalar;
}
/**
 * One name of the API that we rely on.
 */
export interface ProfileName {
  readonly path: ProfilePath;
  readonly strip?: ProfileTemplate;
  readonly add?: ProfileTemplate;
  readonly verify?: ProfileVerify;
}
/**
 * How a list goes on. Without `total` and `last`, the list ends where a page is empty or names no next one.
 */
export interface ProfilePager {
  readonly style: 'none' | 'page' | 'offset' | 'cursor' | 'next-link';
  readonly parameter?: ProfileToken;
  readonly sizeParameter?: ProfileToken;
  /**
   * Rows of a page. Default: 100.
   */
  readonly size?: number;
  /**
   * Number of the first page. Default: 1.
   */
  readonly first?: number;
  readonly total?: ProfilePath;
  readonly last?: ProfilePath;
  readonly next?: ProfilePath;
  /**
   * none: rows at which the server cuts a list without a word. One that has as many is not believed. Default: the usual ones, 10, 15, 20, 25, 50, 100 and so on.
   */
  readonly most?: number;
  readonly verify?: ProfileVerify;
}
/**
 * The header that carries the token.
 */
export interface ProfileHeader {
  readonly name: ProfileToken;
  readonly value: ProfileTemplate;
  readonly verify?: ProfileVerify;
}
/**
 * How the answer to `refresh` differs from that to the login.
 */
export interface ProfileRenewal {
  readonly token?: ProfileName;
  readonly expires?: ProfileName;
  /**
   * What becomes of the token before it. One that stays alive is logged out. Default: dead.
   */
  readonly before?: 'dead' | 'alive';
}
/**
 * A cookie whose value goes back in a header.
 */
export interface ProfileXSRF {
  readonly cookie: ProfileToken;
  readonly header: ProfileToken;
  readonly verify?: ProfileVerify;
}
/**
 * How the answer to a login says that it wants a second factor.
 */
export interface ProfileSecondFactor {
  readonly path: ProfilePath;
  /**
   * Values that mean it. Default: any but false, null, 0 and nothing.
   *
   * @maxItems 10
   */
  readonly values?: readonly ProfileScalar[];
  readonly verify?: ProfileVerify;
}
/**
 * How a company is found, and how it narrows the calls about its things.
 */
export interface ProfileTenant {
  readonly resource: Label;
  readonly id: ProfileName;
  readonly key?: ProfileName;
  readonly name?: ProfileName;
  /**
   * Length of a company's id.
   */
  readonly digits?: number;
  /**
   * @maxItems 8
   */
  readonly scopes: readonly ProfileScope[];
}
/**
 * How calls say which company they are about. `path`: paths hold `{companyKey}` or `{companyId}` · `filter`: the server cannot, rows of others are left out here.
 */
export interface ProfileScope {
  readonly by: 'path' | 'query' | 'header' | 'body' | 'switch-call' | 'filter';
  readonly name?: ProfilePath;
  /**
   * Form of the key in a body. Default: text.
   */
  readonly as?: 'text' | 'number';
  /**
   * Calls that need it. Default: all of them.
   *
   * @minItems 1
   */
  readonly ops?: readonly ('list' | 'get' | 'create' | 'update' | 'delete')[];
  readonly call?: ProfileCall;
  readonly token?: ProfileName;
  readonly verify?: ProfileVerify;
}
/**
 * One kind of thing and the calls about it. A call that is missing is a person's job.
 */
export interface ProfileResource {
  readonly list: ProfileCall;
  readonly get?: ProfileCall;
  readonly create?: ProfileCall;
  readonly update?: ProfileCall;
  readonly delete?: ProfileCall;
  readonly company?: ProfileName;
}
/**
 * What all lists have in common.
 */
export interface ProfileList {
  readonly results: ProfileName;
  readonly pager: ProfilePager;
}
/**
 * What makes an extension this one.
 */
export interface ProfileIdentity {
  readonly id: ProfileName;
  readonly number: ProfileField;
  readonly registrationName?: ProfileTemplate;
}
/**
 * One canonical field and where the API holds it.
 */
export interface ProfileField {
  readonly path: ProfilePath;
  /**
   * Further places that hold the same: read where the first is missing, written too.
   *
   * @maxItems 5
   */
  readonly also?: readonly ProfilePath[];
  readonly writePath?: ProfilePath;
  /**
   * Form there. `enum`: one of `values` · `lookup`: the id of a row of `resource`. Default: string.
   */
  readonly codec?: 'string' | 'int' | 'bool' | '0-1' | 'on-off' | 'enum' | 'lookup';
  readonly values?: ProfileValues;
  readonly resource?: Label;
  readonly key?: ProfileName;
  readonly shown?: ProfileName;
  readonly strip?: ProfileTemplate;
  readonly add?: ProfileTemplate;
  /**
   * No create without it.
   */
  readonly required?: boolean;
  /**
   * Never shown.
   */
  readonly writeOnly?: boolean;
  /**
   * Shown and never sent.
   */
  readonly readOnly?: boolean;
  /**
   * Cannot change later.
   */
  readonly createOnly?: boolean;
  /**
   * Shown by get, not by list.
   */
  readonly detail?: boolean;
  /**
   * Characters at least, here.
   */
  readonly minLength?: number;
  /**
   * Characters at most, here.
   */
  readonly maxLength?: number;
  /**
   * Regular expression of the whole value here.
   */
  readonly pattern?: string;
  readonly allowed?: ProfileText;
  /**
   * Value here that a create sends where nothing is declared.
   */
  readonly default?: string | number | boolean;
  /**
   * Value here that null there stands for.
   */
  readonly nullAs?: string | number | boolean;
  readonly verify?: ProfileVerify;
}
/**
 * Value here → value there, for what the codec does not say: `anonymous: 0`.
 */
export interface ProfileValues {
  readonly [k: string]: ProfileScalar;
}
/**
 * Canonical field → where the API holds it. `registered` is only read.
 */
export interface ProfileFields {
  readonly name: ProfileField;
  readonly email?: ProfileField;
  readonly role?: ProfileField;
  readonly internalOnly?: ProfileField;
  readonly callerId?: ProfileField;
  readonly mobile?: ProfileField;
  readonly mobileExtension?: ProfileField;
  readonly voicemail?: ProfileField;
  readonly callRecording?: ProfileField;
  readonly registrationName?: ProfileField;
  readonly registered?: ProfileField;
  readonly sip?: ProfileField;
  readonly portal?: ProfileField;
}
/**
 * How one field is changed. `replace`: the whole object is read, merged and sent back · `patch`: only what changes.
 */
export interface ProfileUpdate {
  readonly style: 'replace' | 'patch';
  /**
   * patch: keys that must come back with it.
   *
   * @maxItems 50
   */
  readonly copy?: readonly ProfilePath[];
  /**
   * replace: keys that are not sent back.
   *
   * @maxItems 50
   */
  readonly omit?: readonly ProfilePath[];
  readonly verify?: ProfileVerify;
}
/**
 * What may differ without meaning anything.
 */
export interface ProfileDrift {
  /**
   * Keys of an extension that change by themselves.
   *
   * @maxItems 50
   */
  readonly ignore?: readonly ProfilePath[];
  /**
   * Whether a new key stops writes. Default: refuse.
   */
  readonly additions?: 'allow' | 'refuse';
}
/**
 * How the API says no.
 */
export interface ProfileErrors {
  readonly status?: ProfileStatuses;
  readonly message?: ProfileName;
  readonly fields?: ProfileName;
  readonly failed?: ProfileFailure;
  /**
   * Patterns of messages, tried in turn, and what they mean.
   *
   * @maxItems 30
   */
  readonly text?: readonly ProfileErrorText[];
}
/**
 * HTTP status → what it means.
 */
export interface ProfileStatuses {
  readonly [k: string]: ProfileErrorCode;
}
/**
 * What a body says that is a failure under a status of success.
 */
export interface ProfileFailure {
  readonly path: ProfilePath;
  /**
   * @minItems 1
   * @maxItems 10
   */
  readonly values: readonly ProfileScalar[];
  readonly verify?: ProfileVerify;
}
export interface ProfileErrorText {
  /**
   * Regular expression, in any case.
   */
  readonly match: string;
  readonly code: ProfileErrorCode;
  readonly verify?: ProfileVerify;
}
/**
 * What the API looked like when the profile was locked. Nothing is written where it looks otherwise.
 */
export interface ProfileGuard {
  readonly keys?: ProfileKeys;
  readonly version?: ProfileVersion;
}
/**
 * Key of an extension → its types; `?` where not every extension had it.
 */
export interface ProfileKeys {
  readonly [k: string]: string;
}
/**
 * A version that the API tells.
 */
export interface ProfileVersion {
  /**
   * The answer that holds it.
   */
  readonly from: 'login' | 'list';
  readonly path: ProfilePath;
  readonly value: string;
  readonly verify?: ProfileVerify;
}
/**
 * Numbers that nobody uses, for trying writes.
 */
export interface ProfileCanary {
  readonly from: ExtensionNumber;
  readonly to: ExtensionNumber;
}
/**
 * Where queues and numbers lead.
 */
export interface ProfileCallFlows {
  readonly queues?: ProfileQueues;
  readonly dids?: ProfileDIDs;
}
/**
 * Queues and their members.
 */
export interface ProfileQueues {
  readonly resource: Label;
  readonly id?: ProfileName;
  readonly name: ProfileName;
  readonly number?: ProfileName;
  readonly members: ProfileName;
  readonly member?: ProfileName;
  readonly as: ProfileReference;
}
/**
 * Numbers that callers dial, and where they go.
 */
export interface ProfileDIDs {
  readonly resource: Label;
  readonly number: ProfileName;
  readonly leads?: ProfileName;
  readonly kinds?: ProfileKinds;
  readonly begins?: ProfileBeginnings;
  readonly to: ProfileName;
  readonly as: ProfileReference;
}
/**
 * Its words → ours.
 */
export interface ProfileKinds {
  readonly [k: string]: 'extension' | 'queue';
}
/**
 * Where one text says both: what it begins with for each kind. The rest names which one.
 */
export interface ProfileBeginnings {
  readonly extension?: ProfileTemplate;
  readonly queue?: ProfileTemplate;
}

/**
 * What a provider is, apart from how Terraform talks to it: schemas as data, and functions over plain values. `stacks/plugin` serves any
 * {@link Provider} over Terraform's plugin protocol, version 6; it knows nothing of telephony.
 */

/** A value that is known only after apply. */
export const unknown: unique symbol = Symbol('unknown');
export type Unknown = typeof unknown;

/**
 * A value of Terraform's type system. Numbers are integers up to 2^53 or short fractions; whatever could be longer is declared as a string.
 * In objects every attribute of the schema is present, `null` included.
 */
export type Value = null | boolean | number | string | Unknown | readonly Value[] | ValueObject;

export interface ValueObject {
  readonly [name: string]: Value;
}

export type AttributeType =
  | 'string'
  | 'number'
  | 'bool'
  | { readonly list: AttributeType }
  | { readonly map: AttributeType }
  | { readonly object: Readonly<Record<string, AttributeType>> };

/** One attribute. Neither `required` nor `optional` nor `computed` is a mistake; `required` excludes the other two. */
export interface Attribute {
  readonly type: AttributeType;
  /** For people: Markdown. */
  readonly description: string;
  readonly required?: boolean;
  readonly optional?: boolean;
  readonly computed?: boolean;
  readonly sensitive?: boolean;
  /** In the configuration only: null in every state and plan. Terraform 1.11 and later. */
  readonly writeOnly?: boolean;
  readonly deprecated?: boolean;
}

export interface Schema {
  /** Of the state; a higher one asks {@link ResourceType.upgrade} for what older versions wrote. */
  readonly version: number;
  readonly description: string;
  readonly attributes: Readonly<Record<string, Attribute>>;
}

/** A problem or a remark. `path`: attribute names and indexes, from the resource's root; missing = the whole block. */
export interface Remark {
  readonly severity: 'error' | 'warning';
  readonly summary: string;
  readonly detail: string;
  readonly path?: readonly (string | number)[];
}

/**
 * What a provider keeps beside the state: no secret, at most a few kB. Terraform stores it unseen. In an answer, missing = what the request
 * had is kept, null = nothing is kept.
 */
export type Private = Uint8Array;

/** Surroundings of one call. */
export interface Call {
  /** Aborted where Terraform asks to stop (first Ctrl-C) or its connection ends: start nothing new. */
  readonly signal: AbortSignal;
  /** The client's version as it says: `1.11.4`. */
  readonly terraformVersion: string;
}

export interface ReadRequest {
  readonly state: ValueObject;
  readonly private: Private | null;
}

/** `state: null` = proven to be gone. */
export interface ReadAnswer {
  readonly state: ValueObject | null;
  readonly private?: Private | null;
  readonly remarks?: readonly Remark[];
}

/**
 * `config`: as written, write-only values in clear; null for a destroy. `prior`: null = create. `proposed`: what Terraform would make of
 * both, without write-only values; null = destroy.
 */
export interface PlanRequest {
  readonly prior: ValueObject | null;
  readonly config: ValueObject | null;
  readonly proposed: ValueObject | null;
  readonly priorPrivate: Private | null;
}

export interface PlanAnswer {
  /** Null only for a destroy. Write-only attributes are nulled by the server. */
  readonly planned: ValueObject | null;
  /** Attributes that cannot change in place. */
  readonly replace?: readonly string[];
  readonly private?: Private | null;
  readonly remarks?: readonly Remark[];
}

/** `planned: null` = destroy. `config` holds write-only values in clear; null for a destroy. */
export interface ApplyRequest {
  readonly prior: ValueObject | null;
  readonly config: ValueObject | null;
  readonly planned: ValueObject | null;
  readonly plannedPrivate: Private | null;
}

/** With an error among the remarks, `state` is what is there all the same: null = nothing was made, or it is gone. */
export interface ApplyAnswer {
  readonly state: ValueObject | null;
  readonly private?: Private | null;
  readonly remarks?: readonly Remark[];
}

export interface ImportAnswer {
  /** Null where an error is among the remarks. What is not known yet is null: a read follows. */
  readonly state: ValueObject | null;
  readonly private?: Private | null;
  readonly remarks?: readonly Remark[];
}

/** A kind of resource. `I` is the configured provider. Functions may throw: the server answers an error, never dies of it. */
export interface ResourceType<I> {
  readonly schema: Schema;
  /** Judged without a configured provider; unknown values must be passed over. Default: nothing is wrong. */
  readonly validate?: (config: ValueObject) => readonly Remark[];
  readonly read: (instance: I, request: ReadRequest, call: Call) => Promise<ReadAnswer>;
  readonly plan: (instance: I, request: PlanRequest, call: Call) => Promise<PlanAnswer>;
  readonly apply: (instance: I, request: ApplyRequest, call: Call) => Promise<ApplyAnswer>;
  /** Missing = cannot be imported. */
  readonly import?: (instance: I, id: string, call: Call) => Promise<ImportAnswer>;
  /** State of an older version (JSON as it was written) → state of this one. Missing = the attributes that still exist are kept. */
  readonly upgrade?: (version: number, raw: Readonly<Record<string, unknown>>) => ValueObject;
}

export interface DataAnswer {
  readonly state: ValueObject | null;
  readonly remarks?: readonly Remark[];
}

export interface DataType<I> {
  readonly schema: Schema;
  readonly validate?: (config: ValueObject) => readonly Remark[];
  readonly read: (instance: I, config: ValueObject, call: Call) => Promise<DataAnswer>;
}

/** `instance: null` where an error is among the remarks. */
export interface Configured<I> {
  readonly instance: I | null;
  readonly remarks: readonly Remark[];
}

/**
 * A provider. One process may hold several configured instances at once: one per connection, since Terraform opens one for each provider
 * configuration (alias) and tells them apart by nothing else.
 */
export interface Provider<I> {
  readonly schema: Schema;
  readonly resources: Readonly<Record<string, ResourceType<I>>>;
  readonly data: Readonly<Record<string, DataType<I>>>;
  readonly validate?: (config: ValueObject) => readonly Remark[];
  readonly configure: (config: ValueObject, call: Call) => Promise<Configured<I>>;
  /** The connection that configured the instance has ended. Never throws. */
  readonly release?: (instance: I) => Promise<void>;
}

/** A served provider, for {@link Serving.reattach}: what TF_REATTACH_PROVIDERS holds for one provider address. */
export interface Reattach {
  readonly Protocol: 'grpc';
  readonly ProtocolVersion: 6;
  readonly Pid: number;
  readonly Test: true;
  readonly Addr: { readonly Network: 'unix' | 'tcp'; readonly String: string };
}

export interface Serving {
  readonly reattach: Reattach;
  /**
   * Ends every connection, releases every instance, removes the socket. Safe to call twice. Only after Terraform has ended: one that finds
   * no socket kills the process that is named beside it.
   */
  close(): Promise<void>;
}

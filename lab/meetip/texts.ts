/**
 * What the server says when it refuses: always in `error`, always with status 200 (V, C). Those that nobody has seen are I: they are the
 * simulator's own words, and no client may know them.
 */

// V: the vendor's own checks.
export const INVALID_KEY = 'Invalid API key.';

// C: seen by clients.
export const NOT_ALLOWED = 'Selected action not allowed';
export const TENANT_MODE = 'Tenant mode enabled, please use action "tenant" object instead of "server"';
export const missing = (name: string): string => `Required field '${name}' is missing`;
/** The value is repeated, a secret's too. */
export const invalid = (name: string, value: string, pattern: RegExp): string =>
  `Required field '${name}=${value}' contains invalid data (Regex: /${pattern.source}/)`;
export const reserved = (number: string, kind: string, name: string): string =>
  `Error creating extension: ua_id: extension is reserved - number ${number} is reserved by (${kind}) ${name}`;
export const alreadyExists = (what: string): string => `${what} already exist`;

/** A tenant that is not ready yet fails with these, and with a page that is no JSON at all. */
export const BUILDING = {
  configuration: 'Failed to generate configuration',
  table: "Table 'pw_tenant.extensions' doesn't exist",
  create: 'Unable to create extension',
} as const;

// I: own words.
export const KEY_SUSPENDED = 'This API key is suspended';
export const ADDRESS_REFUSED = 'This address may not use the API key';
export const UNKNOWN_ACTION = 'Unknown action';
/** The wording not exact, the case C. */
export const INVALID_SERVER = 'Invalid server id';
export const MASTER_HOLDS_NOTHING = 'The master tenant holds no such objects';
export const UNKNOWN_EXTENSION = 'No such extension';
export const UNKNOWN_OBJECT = 'No such object';
export const ID_OR_NUMBER = 'Give either id or ext';
export const NO_NUMBER_LEFT = 'No extension number is free';
export const PACKAGE_FULL = 'The package of the tenant allows no further extension';
export const UNLICENSED = 'The service is not licensed';
export const problem = (verb: 'creating' | 'editing', name: string, words: string): string =>
  `Error ${verb} extension: ${name}: ${words}`;
export const notSimulated = (what: string): string => `This simulator does not serve ${what}`;

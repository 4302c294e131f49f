import type { Driver, Reading } from '../../../providers/contract.ts';
import {
  type Actual,
  type ActualView,
  AltaError,
  type Diagnostic,
  type Target,
  type TargetStatus,
  toDiagnostic,
} from '../../model/index.ts';
import type { TargetView } from '../../plan/index.ts';
import type { Vault } from '../../secrets/index.ts';
import type { Sessions, WriteGuard } from './sessions.ts';

/** A reading with its secrets as fingerprints. */
type Seen = NonNullable<TargetView['reading']>;

/** Reads one target into the form that plans compare. Never throws: what went wrong is in the view. */
export async function readTarget(
  target: Target,
  driver: Driver | null,
  sessions: Sessions,
  vault: Vault,
  access: Access,
): Promise<TargetView> {
  const looks = access.lookAtGuided === true && target.kind === 'pbx' && target.endpoint !== null;
  if (target.mode === 'guided' && (driver === null || !looks)) return unread(target, 'guided');
  if (driver === null) return unread(target, 'failed', [unbuilt(target)]);
  try {
    const session = await sessions.open(target, driver, access.purpose, access.guard);
    const reading = await session.read({ kinds: ['extension', 'account'] });
    return {
      target,
      status: 'read',
      reading: viewOf(target, reading, vault),
      diagnostics: reading.diagnostics ?? [],
    };
  } catch (error) {
    return target.mode === 'guided' ? unseen(target, error) : failedView(target, error);
  }
}

export interface Access {
  readonly purpose: 'read' | 'write';
  readonly guard?: WriteGuard;
  /** A PBX that only people write to is read all the same, where it has an address and a login that fits. Default: false. */
  readonly lookAtGuided?: boolean;
}

/** Codes that say: nobody has given a login. */
const noLogin: ReadonlySet<string> = new Set([
  'secret-not-found',
  'secret-source-missing',
  'secret-unreadable',
  'credential-missing',
]);

/** What nobody needed to read was not read. Why is a warning, unless nobody has given a login. */
function unseen(target: Target, error: unknown): TargetView {
  const diagnostic = toDiagnostic(error, { address: target.address });
  const expected = noLogin.has(diagnostic.code);
  return unread(target, 'guided', expected ? [] : [{ ...diagnostic, severity: 'warning' }]);
}

/** A target that this run leaves alone. */
export function skippedView(target: Target): TargetView {
  return unread(target, 'skipped');
}

/**
 * Secrets become keyed fingerprints here; from now on nothing secret is in the plan's input.
 * @throws AltaError `wrong-identity`: what another box holds must be neither adopted nor recorded nor missed
 */
export function viewOf(target: Target, reading: Reading, vault: Vault): Seen {
  refuseOther(target, reading);
  return {
    edition: reading.edition,
    identity: reading.identity,
    can: reading.can,
    resources: reading.resources.map((actual) => fingerprinted(target, actual, vault)),
    ...(reading.delivery === undefined ? {} : { delivery: reading.delivery }),
    ...(reading.lists === undefined ? {} : { lists: reading.lists }),
  };
}

/** A look at some keys over what was seen before: what was asked for and is not there any more is gone, all else stays as it was. */
export function readOver(before: Seen | null, again: Seen, keys: readonly string[]): Seen {
  const asked = new Set(keys);
  const read = new Set(again.resources.map(nameOf));
  const unread = (before?.resources ?? []).filter((one) => !asked.has(one.key) && !read.has(nameOf(one)));
  return { ...again, resources: [...unread, ...again.resources] };
}

function nameOf({ kind, key }: ActualView): string {
  return `${kind}:${key}`;
}

/** What a box does not say of itself is its driver's matter. */
function refuseOther({ address, host, identity }: Target, reading: Reading): void {
  const said = reading.identity;
  const wrong = Object.keys(identity).filter((part) => part in said && said[part] !== identity[part]);
  if (wrong.length === 0) return;
  const shown = (of: Readonly<Record<string, string>>) => wrong.map((part) => `${part} ${of[part]}`);
  const params = { host, target: address, expected: shown(identity), found: shown(said) };
  throw new AltaError('wrong-identity', params, { written: 'nothing' });
}

/**
 * The context that keeps equal secrets of different things from showing as equal. Neither label nor address of a PBX is part of it: both
 * may change, and what was read back before must still compare. A device has its own key for life, and all have a line 1.
 */
export function fingerprintContext(
  { client, key: targetKey }: Pick<Target, 'client' | 'key'>,
  kind: Actual['kind'],
  key: string,
  field: string,
): string {
  const where = kind === 'account' ? `${client}/${targetKey}` : client;
  return `${where}/${kind}:${key}.${field}`;
}

function fingerprinted(target: Target, actual: Actual, vault: Vault): ActualView {
  const { secrets, ...plain } = actual;
  const prints = Object.entries(secrets).map(([field, secret]) => {
    const context = fingerprintContext(target, actual.kind, actual.key, field);
    return [field, vault.fingerprint(context, secret)] as const;
  });
  return { ...plain, fingerprints: Object.fromEntries(prints) };
}

/** Not there, or not now: as opposed to a refusal or a strange answer. */
export const awayCodes: ReadonlySet<string> = new Set([
  'unreachable',
  'timeout',
  'connection-reset',
  'ssh-unreachable',
  'target-busy',
  'device-busy',
]);

/** Not reachable now is one thing; a wrong password, a changed certificate or a strange answer is another. */
export function failedView(target: Target, error: unknown): TargetView {
  const away = error instanceof AltaError && awayCodes.has(error.code);
  const diagnostic = toDiagnostic(error, { address: target.address });
  if (!away) return unread(target, 'failed', [diagnostic]);
  const severity = target.presence === 'sometimes' ? 'warning' : 'error';
  return unread(target, 'unreachable', [{ ...diagnostic, severity }]);
}

function unread(target: Target, status: TargetStatus, diagnostics: readonly Diagnostic[] = []): TargetView {
  return { target, status, reading: null, diagnostics };
}

function unbuilt(target: Target): Diagnostic {
  return toDiagnostic(
    new AltaError(
      'driver-unbuilt',
      { driver: target.driver, address: target.address },
      { address: target.address },
    ),
  );
}

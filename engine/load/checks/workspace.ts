import type { Code, Params } from '../../model/index.ts';
import type { Credentials, Platform, SecretReference, WorkspaceDocument } from '../../model/input.ts';
import type { Path } from '../problem.ts';
import { suggest } from '../suggest.ts';
import type { Finding, LoadOptions } from '../types.ts';
import { checkBackend } from './backend.ts';
import { credentialReadings } from './secrets.ts';
import { isClear } from './targets.ts';

/** alta.yaml, and what it may refer to. */
export interface WorkspaceCheck {
  readonly filename: string;
  readonly workspace: WorkspaceDocument;
  /** Names in the workspace's own secrets.yaml; null where that file could not be read. */
  readonly secrets: ReadonlySet<string> | null;
  readonly options: LoadOptions;
}

/** alta.yaml in itself: its bastions and secrets exist, nothing travels in clear, its drivers are built. */
export function checkWorkspace(check: WorkspaceCheck): readonly Finding[] {
  const { state, platforms = {} } = check.workspace;
  const stateUrl = isClear(state?.url) && state?.insecure === undefined ? [state?.url ?? ''] : [];
  return [
    ...Object.entries(platforms).flatMap(([name, platform]) => checkPlatform(check, name, platform)),
    ...stateUrl.map((url) => finding(check, 'http-in-clear', { url }, ['state', 'url'])),
    ...checkBackend(check.filename, check.workspace),
    ...references(check.workspace).flatMap(([reference, path]) => missingSecret(check, reference, path)),
  ];
}

function checkPlatform(check: WorkspaceCheck, name: string, platform: Platform): Finding[] {
  const { via, url, insecure, driver, mode } = platform;
  const { workspace, options } = check;
  const access = Object.keys(workspace.access ?? {});
  const findings: Finding[] = [];
  const ways: [string | undefined, Path][] = [
    [via, ['platforms', name, 'via']],
    [platform.observer?.via, ['platforms', name, 'observer', 'via']],
  ];
  for (const [way, path] of ways) {
    if (way === undefined || access.includes(way)) continue;
    const meant = suggest(way, access);
    const params = { via: way, known: meant === null ? access : [meant] };
    findings.push(finding(check, 'via-unknown', params, path));
  }
  if (isClear(url) && via === undefined && insecure === undefined) {
    findings.push(finding(check, 'http-in-clear', { url: url ?? '' }, ['platforms', name, 'url']));
  }
  if (driver !== undefined && mode !== 'guided' && options.knownDrivers?.includes(driver) === false) {
    const unbuilt = finding(check, 'driver-unbuilt', { driver, address: name }, [
      'platforms',
      name,
      'driver',
    ]);
    findings.push({ ...unbuilt, severity: 'warning' });
  }
  return findings;
}

/** Every reference to a secret in alta.yaml. Environment and file sources are bound by standing there. */
function references(workspace: WorkspaceDocument): [SecretReference, Path][] {
  const { platforms = {}, access = {}, state, mail, jds } = workspace;
  const logins: [Credentials | undefined, Path][] = [
    ...Object.entries(platforms).flatMap(([name, platform]): [Credentials | undefined, Path][] => [
      [platform.credentials, ['platforms', name, 'credentials']],
      [platform.observer?.credentials, ['platforms', name, 'observer', 'credentials']],
    ]),
    [state?.credentials, ['state', 'credentials']],
    [mail?.smtp?.credentials, ['mail', 'smtp', 'credentials']],
    [jds?.credentials, ['jds', 'credentials']],
  ];
  const identities = Object.entries(access).flatMap(([name, { ssh }]): [SecretReference, Path][] =>
    ssh?.identity === undefined ? [] : [[ssh.identity, ['access', name, 'ssh', 'identity']]],
  );
  const parts = logins.flatMap(([credentials, path]) => credentialReadings(credentials, path, undefined));
  return [
    ...identities,
    ...parts.flatMap(({ reference, path }): [SecretReference, Path][] =>
      'source' in reference ? [] : [[reference, path]],
    ),
  ];
}

/** An undefined name may be the password itself: it is shown only if it looks like a name. */
function missingSecret(check: WorkspaceCheck, reference: SecretReference, path: Path): Finding[] {
  if (!('secret' in reference) || check.secrets === null || check.secrets.has(reference.secret)) return [];
  const plausible = reference.secret.includes('/');
  const params = { name: plausible ? reference.secret : '…', group: 'connect' };
  return [{ ...finding(check, 'secret-missing', params, [...path, 'secret']), masked: !plausible }];
}

function finding({ filename }: WorkspaceCheck, code: Code, params: Params, path: Path): Finding {
  return { severity: 'error', code, params, origin: { filename, path }, at: 'value' };
}

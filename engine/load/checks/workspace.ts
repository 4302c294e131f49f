import type { Code, Params } from '../../model/index.ts';
import type { WorkspaceDocument } from '../../model/input.ts';
import { suggest } from '../suggest.ts';
import type { Finding, LoadOptions } from '../types.ts';
import { credentialReadings } from './secrets.ts';
import { isClear } from './targets.ts';

/** alta.yaml in itself: its bastions, its secrets, no clear text, drivers that are built. */
export function checkWorkspace(
  filename: string,
  workspace: WorkspaceDocument,
  secrets: ReadonlySet<string> | null,
  options: LoadOptions,
): readonly Finding[] {
  const finding = (
    code: Code,
    params: Params,
    path: (string | number)[],
    severity: 'error' | 'warning' = 'error',
  ) => ({ severity, code, params, origin: { filename, path }, at: 'value' }) satisfies Finding;
  const access = Object.keys(workspace.access ?? {});
  const findings: Finding[] = [];
  for (const [name, platform] of Object.entries(workspace.platforms ?? {})) {
    const path = ['platforms', name];
    const { via, url, insecure, driver, mode, credentials } = platform;
    if (via !== undefined && !access.includes(via)) {
      const meant = suggest(via, access);
      findings.push(
        finding('via-unknown', { via, known: meant === null ? access : [meant] }, [...path, 'via']),
      );
    }
    if (isClear(url) && via === undefined && insecure === undefined) {
      findings.push(finding('http-in-clear', { url: url ?? '' }, [...path, 'url']));
    }
    if (driver !== undefined && mode !== 'guided' && options.knownDrivers?.includes(driver) === false) {
      findings.push(finding('driver-unbuilt', { driver, address: name }, [...path, 'driver'], 'warning'));
    }
    findings.push(...missingSecrets(filename, credentials, [...path, 'credentials'], secrets));
  }
  const { state } = workspace;
  if (isClear(state?.url) && state?.insecure === undefined) {
    findings.push(finding('http-in-clear', { url: state?.url ?? '' }, ['state', 'url']));
  }
  return findings;
}

/** Environment and file sources in alta.yaml itself are bound by the platform that names them. */
function missingSecrets(
  filename: string,
  credentials: Parameters<typeof credentialReadings>[0],
  path: readonly (string | number)[],
  known: ReadonlySet<string> | null,
): Finding[] {
  if (known === null) return [];
  return credentialReadings(credentials, path, undefined).flatMap(({ reference, path: at }) => {
    if (!('secret' in reference) || reference.secret === undefined || known.has(reference.secret)) return [];
    const plausible = reference.secret.includes('/');
    const params = { name: plausible ? reference.secret : '…', group: 'connect' };
    const origin = { filename, path: [...at, 'secret'] };
    return [
      {
        severity: 'error',
        code: 'secret-missing',
        params,
        origin,
        at: 'value',
        masked: !plausible,
      } satisfies Finding,
    ];
  });
}

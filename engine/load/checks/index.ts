import type { WorkspaceDocument } from '../../model/input.ts';
import type { Finding, LoadedClient } from '../types.ts';
import type { Check } from './context.ts';
import { checkDevices, checkRegistrations } from './devices.ts';
import { checkExtensions, checkReleased } from './extensions.ts';
import { checkFleet } from './fleet.ts';
import { checkFlows } from './flows.ts';
import { checkClientBlock, checkFolders, checkSecretsOwner } from './folder.ts';
import { checkReach } from './reach.ts';
import { checkSecrets } from './secrets.ts';
import { checkTargets } from './targets.ts';

const checks: readonly Check[] = [
  checkClientBlock,
  checkSecretsOwner,
  checkTargets,
  checkExtensions,
  checkReleased,
  checkDevices,
  checkRegistrations,
  checkReach,
  checkFlows,
  checkSecrets,
];

/** Everything that can be checked within one client. */
export const checkAll: Check = (context) => checks.flatMap((check) => check(context));

/** What can only be seen with all clients at once. */
export function checkFleetWide(
  clients: readonly LoadedClient[],
  workspace: WorkspaceDocument,
): readonly Finding[] {
  return [...checkFolders(clients), ...checkFleet(clients, workspace)];
}

import type { LabExtension } from '../settings.ts';
import type { Box } from './box.ts';
import { inCall } from './calls.ts';

/** A phone registers against the running configuration, not the saved one. A refusal ends its registration. */
export function register(box: Box, number: string, secret: string): boolean {
  const accepted = box.config.running.get(number)?.registerpassword === secret;
  if (accepted) box.registrations.set(number, secret);
  else box.registrations.delete(number);
  return accepted;
}

export function isRegistered(box: Box, number: string): boolean {
  const secret = box.registrations.get(number);
  const running = box.config.running.get(number);
  if (secret === undefined || running === undefined) return false;
  return box.settings.doubts.staleRegistrations || running.registerpassword === secret;
}

/** Status words of the list and query calls (D). Analogue ports are idle without registering. */
export function statusOf(box: Box, extension: LabExtension): string {
  const { doubts } = box.settings;
  if (inCall(box, extension.number)) return 'Busy';
  if (extension.type === 'FXS') return extension.port ? 'Idle' : 'Fxsnoport';
  return isRegistered(box, extension.number) ? doubts.registeredWord : doubts.unregisteredWord;
}

export function registeredCount(box: Box): number {
  return [...box.registrations.keys()].filter((number) => isRegistered(box, number)).length;
}

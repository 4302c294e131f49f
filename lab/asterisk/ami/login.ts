import { createHash, randomInt } from 'node:crypto';
import type { LabAmiUser } from '../settings.ts';
import type { Desk, Session } from './desk.ts';
import { packet, type Request, refusal, response } from './packet.ts';

/** `Challenge`: what the secret is mixed with, the same for the whole connection (V). */
export function challenge(session: Session, request: Request): string {
  if (request.get('AuthType').toLowerCase() !== 'md5') return refusal(request, 'Must specify AuthType');
  if (session.challenge === '') session.challenge = String(randomInt(100_000_000, 1_000_000_000));
  return response(request, 'Success', [['Challenge', session.challenge]]);
}

/** Who logs in so, if anybody may. */
export function knownUser({ users }: Desk, session: Session, request: Request): LabAmiUser | null {
  const user = users.find(({ username }) => username === request.get('Username'));
  if (user === undefined) return null;
  const isProven =
    request.get('AuthType').toLowerCase() === 'md5'
      ? session.challenge !== '' && request.get('Key') === keyOf(session.challenge, user.secret)
      : request.get('Secret') === user.secret;
  return isProven ? user : null;
}

function keyOf(text: string, secret: string): string {
  return createHash('md5')
    .update(text + secret)
    .digest('hex');
}

/** Whether a session is told of events of that class (`system,all`): it listens, and its user may. */
export function isTold({ user, hears }: Session, privilege: string): boolean {
  const [wanted = ''] = privilege.split(',');
  const { read = ['all'] } = user ?? { read: [] };
  return hears && read.some((one) => one === 'all' || one === wanted);
}

/** What a new session is told: that it is in and, if it listens, that the daemon is up (V, W). */
export function welcome(session: Session, request: Request): string[] {
  const accepted = response(request, 'Success', [['Message', 'Authentication accepted']]);
  const privilege = 'system,all';
  if (!isTold(session, privilege)) return [accepted];
  const booted = packet([
    ['Event', 'FullyBooted'],
    ['Privilege', privilege],
    ['Uptime', '1198'],
    ['LastReload', '336'],
    ['Status', 'Fully Booted'],
  ]);
  return [accepted, booted];
}

/** Whether a mask of events lets any through; without one all are (V). */
export function hearsWith(mask: string): boolean {
  return !['off', 'no', 'false', 'n', 'f', '0'].includes(mask.toLowerCase());
}

import { cut } from '../text.ts';
import type { PeerView } from '../view.ts';

/** Status of a peer, as the command line and the manager interface have it. Its buffer has room for 19 letters (V). */
export function statusOf({ qualify }: PeerView): string {
  if (qualify === 'off') return 'Unmonitored';
  if (qualify === 'unknown') return 'UNKNOWN';
  if (qualify === 'unreachable') return 'UNREACHABLE';
  return cut(`${qualify.lagged === true ? 'LAGGED' : 'OK'} (${wholeMs(qualify.ms)} ms)`, 19);
}

/** The word of PeerStatus events. */
export function eventStatusOf({ qualify }: PeerView): string {
  if (qualify === 'off') return 'Unmonitored';
  if (qualify === 'unknown') return 'Unknown';
  if (qualify === 'unreachable') return 'Unreachable';
  return qualify.lagged === true ? 'Lagged' : 'Reachable';
}

/** An answer within the millisecond counts as one: 0 would be unknown (V). */
export function wholeMs(ms: number): number {
  return Math.max(1, Math.trunc(ms));
}

/** The last line of the list. Peers without qualify count by their address. */
export function summaryOf(views: readonly PeerView[]): string {
  const monitored = views.filter(({ qualify }) => qualify !== 'off');
  const online = monitored.filter(({ qualify }) => typeof qualify === 'object').length;
  const unmonitored = views.filter(({ qualify }) => qualify === 'off');
  const known = unmonitored.filter(({ place }) => place !== null && place.port !== 0).length;
  const counts =
    `Monitored: ${online} online, ${monitored.length - online} offline ` +
    `Unmonitored: ${known} online, ${unmonitored.length - known} offline`;
  return `${views.length} sip peers [${counts}]`;
}

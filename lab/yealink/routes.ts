import type { Incoming } from '../listener.ts';
import type { Reply } from '../sabotage.ts';
import { respondLegacy } from './legacy.ts';
import { respondModern } from './modern/routes.ts';
import type { Phone } from './phone.ts';
import { actionUri, isActionUri } from './remote.ts';
import { respondServlet } from './servlet/routes.ts';

/** Answers one HTTP request to the phone. */
export function respond(phone: Phone, incoming: Incoming): Reply {
  if (isActionUri(incoming)) return actionUri(phone, incoming);
  switch (phone.settings.generation) {
    case 'a':
      return respondLegacy(phone, incoming);
    case 'c':
      return respondModern(phone, incoming);
    default:
      return respondServlet(phone, incoming);
  }
}

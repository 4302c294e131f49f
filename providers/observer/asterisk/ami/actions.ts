/**
 * Every action that is ever sent: a closed list, and all of it only looks. `list` = the answer is a list of events. Classes of the manager's
 * user that they need [vendor-code: 16, 22]. `PJSIPShowEndpoint` shows passwords: not here.
 */
export const actions = {
  SIPpeers: { list: true, needs: 'system or reporting' },
  SIPshowpeer: { list: false, needs: 'system or reporting' },
  PJSIPShowEndpoints: { list: true, needs: 'system' },
  PJSIPShowContacts: { list: true, needs: 'system' },
  /** What version 13 has in place of PJSIPShowContacts. */
  PJSIPShowRegistrationInboundContactStatuses: { list: true, needs: 'system or reporting' },
  /** Only with commands of the closed list: the one that looks for a peer in the database. */
  Command: { list: false, needs: 'command' },
  Challenge: { list: false, needs: '' },
  Login: { list: false, needs: '' },
  Logoff: { list: false, needs: '' },
} as const;

export type ActionName = keyof typeof actions;

/** Fields of an action, name and value, none of them secret. */
export type Fields = Readonly<Record<string, string>>;

/** One action as it goes over the wire. A line break in a value would begin another field: none may be in `fields`. */
export function actionText(action: ActionName, id: string, fields: Fields = {}): string {
  const lines = Object.entries({ Action: action, ActionID: id, ...fields });
  return `${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`;
}

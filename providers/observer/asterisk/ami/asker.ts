import { AltaError, type ObserverPlace, type Target } from '../../../../engine/model/index.ts';
import type { SessionContext } from '../../../contract.ts';
import { startDeadline } from '../../../transport/deadline.ts';
import { type Bastion, joinBastion } from '../../../transport/ssh.ts';
import { reach } from '../../../transport/way.ts';
import type { Asker } from '../asker.ts';
import { commandOf } from '../commands.ts';
import { answersIn } from '../formats/ami-events.ts';
import { fieldOf, type Packet } from '../formats/ami-packet.ts';
import { answersOf } from '../formats/answers.ts';
import type { Answer } from '../sighting.ts';
import { type ActionName, actions, actionText, type Fields } from './actions.ts';
import type { Login } from './dialect.ts';
import { type AmiLink, linkOver } from './link.ts';
import { type About, logIn } from './login.ts';
import type { Stream } from './wire.ts';

type Place = NonNullable<ObserverPlace['manager']>;

/** Longest time until the interface can be talked to, ms. */
const CONNECT_MS = 20_000;

/**
 * Asks the manager interface, over a channel of the SSH host.
 * @throws `credential-missing`, `wrong-credentials`, `strange-answer`, and what SSH throws
 */
export async function openAmi(
  place: ObserverPlace & { readonly manager: Place },
  target: Target,
  context: SessionContext,
): Promise<Asker> {
  const about = { host: hostOf(place.manager), target: target.address };
  const login = loginOf(context, about);
  const bastion = await joinBastion(place.via, context.ssh, about.host, () => {});
  try {
    const stream = await streamTo(place.manager, bastion, about.host, context);
    const link = linkOver(stream, about.host, context.signal);
    const version = await logIn(link, login, about).catch(async (error) => {
      await link.close();
      throw error;
    });
    context.log('ami', { host: about.host, version });
    return askerOver(link, bastion, about.host, context);
  } catch (error) {
    bastion.leave();
    throw error;
  }
}

/** `127.0.0.1:5038`, for people. */
export function hostOf({ host, port }: Place): string {
  return `${host.includes(':') ? `[${host}]` : host}:${port}`;
}

function loginOf({ credentials }: SessionContext, { host, target }: About): Login {
  const { username, password } = credentials;
  if (username !== undefined && password !== undefined) return { username, password };
  const part = username === undefined ? 'username' : 'password';
  throw new AltaError('credential-missing', { host, target, part });
}

async function streamTo(
  { host, port }: Place,
  bastion: Bastion,
  name: string,
  { signal }: SessionContext,
): Promise<Stream> {
  const errand = { host: name, operation: 'ami' };
  const deadline = startDeadline(CONNECT_MS, [signal], errand);
  try {
    return await reach({ hostname: host, port }, bastion, errand, deadline.signal);
  } finally {
    deadline.end();
  }
}

function askerOver(link: AmiLink, bastion: Bastion, host: string, { gate, signal }: SessionContext): Asker {
  const ask: Ask = (action, fields = {}) =>
    gate.read(() => link.exchange(action, (id) => actionText(action, id, fields)), signal);
  const list = async (action: ActionName) => listIn(await ask(action), action, host);
  const contacts = async () =>
    (await list('PJSIPShowContacts')) ?? (await list('PJSIPShowRegistrationInboundContactStatuses')) ?? [];
  const mayCommand = permission(ask);
  let closing: Promise<void> | undefined;
  return {
    sipPeers: () => list('SIPpeers'),
    sipPeer: (name) => askPeer(name, ask, mayCommand),
    pjsip: async () => {
      const endpoints = await list('PJSIPShowEndpoints');
      return endpoints === null ? null : [...endpoints, ...(await contacts())];
    },
    close: () => {
      closing ??= link.close().finally(() => bastion.leave());
      return closing;
    },
  };
}

type Ask = (action: ActionName, fields?: Fields) => Promise<readonly Packet[]>;

/** SIPshowpeer looks in memory only; a command looks further, where the manager's user may give one. */
async function askPeer(
  name: string,
  ask: Ask,
  mayCommand: () => Promise<boolean>,
): Promise<readonly Answer[]> {
  const found = answersIn(await ask('SIPshowpeer', { Peer: name }));
  if (found.some(({ sightings }) => sightings.length > 0) || !(await mayCommand())) return found;
  const command = commandOf('sipPeer', name);
  return [...found, ...answersOf(outputOf(await ask('Command', { Command: command })), command)];
}

/** Whether the manager's user may give commands: tried once, with one that asks for nothing. */
function permission(ask: Ask): () => Promise<boolean> {
  let tried: Promise<boolean> | undefined;
  return () => {
    tried ??= ask('Command', { Command: commandOf('version') }).then((answer) => outputOf(answer) !== '');
    return tried;
  };
}

function outputOf([answer]: readonly Packet[]): string {
  return answer?.output.join('\n') ?? '';
}

/** Null where this Asterisk has no such action. That there is nobody to list comes as an error too. [wire: 16.28, 22.10] */
function listIn(packets: readonly Packet[], action: ActionName, host: string): readonly Answer[] | null {
  const [response] = packets;
  const message = response === undefined ? '' : fieldOf(response, 'Message');
  if (response === undefined || /^success$/i.test(fieldOf(response, 'Response'))) return answersIn(packets);
  if (/^Invalid\/unknown command/i.test(message)) return null;
  if (/^No \w+ found/i.test(message)) return answersIn([emptyList(action)]);
  const params = { host, operation: action };
  if (/permission denied/i.test(message)) {
    const evidence = `its user needs class ${actions[action].needs}`;
    throw new AltaError('forbidden', { ...params, evidence });
  }
  throw new AltaError('strange-answer', { ...params, evidence: `an error of ${message.length} characters` });
}

/** The event that would have ended the list. */
function emptyList(action: ActionName): Packet {
  const event = action === 'PJSIPShowContacts' ? 'ContactListComplete' : 'EndpointListComplete';
  return { fields: new Map([['event', event]]), output: [] };
}

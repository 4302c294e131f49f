import { AltaError } from '../../../../engine/model/index.ts';
import { fieldOf, type Packet } from '../formats/ami-packet.ts';
import { actionText } from './actions.ts';
import { type Login, loginText } from './dialect.ts';
import type { AmiLink } from './link.ts';

/** Who is named in errors. */
export interface About {
  /** `127.0.0.1:5038`, as the SSH host sees it. */
  readonly host: string;
  readonly target: string;
}

/**
 * Waits for the greeting and logs in, once: with a challenge where one is offered, else plainly. Answers the version of the interface.
 * @throws `wrong-credentials`, `target-busy`, `strange-answer` where something else answers
 */
export async function logIn(link: AmiLink, login: Login, about: About): Promise<string> {
  const greeting = await link.greeting();
  const version = /^Asterisk Call Manager(?: Proxy)?\/([\w.]{1,20})/.exec(greeting)?.[1];
  if (version === undefined) {
    throw new AltaError('strange-answer', {
      host: about.host,
      operation: 'ami',
      evidence: `a greeting of ${greeting.length} characters that is not a manager interface's`,
    });
  }
  const challenge = await challengeOf(link);
  const [answer] = await link.exchange('Login', (id) => loginText(login, id, challenge, about.host));
  refuse(answer, about);
  return version;
}

/** Null where it is not offered. */
async function challengeOf(link: AmiLink): Promise<string | null> {
  const [answer] = await link.exchange('Challenge', (id) => actionText('Challenge', id, { AuthType: 'MD5' }));
  const challenge = answer === undefined ? '' : fieldOf(answer, 'Challenge');
  return challenge === '' ? null : challenge;
}

/** An address that is not permitted, an unknown user and a wrong password get the same answer. [wire: 16.28, 22.10] */
function refuse(answer: Packet | undefined, { host, target }: About): void {
  if (answer === undefined || /^success$/i.test(fieldOf(answer, 'Response'))) return;
  if (/already in use/i.test(fieldOf(answer, 'Message'))) {
    throw new AltaError('target-busy', { host, evidence: 'the login is in use' });
  }
  throw new AltaError('wrong-credentials', { host, target, evidence: 'manager interface: login refused' });
}

import { AltaError, type ObserverPlace } from '../../../engine/model/index.ts';
import type { SessionContext } from '../../contract.ts';
import { type Errand, startDeadline } from '../../transport/deadline.ts';
import { type Bastion, joinBastion } from '../../transport/ssh.ts';
import { nameOf } from '../../transport/ssh-connection.ts';
import type { ExecAnswer } from '../../transport/ssh-exec.ts';
import type { Asker } from './asker.ts';
import { commandOf, lineOf } from './commands.ts';
import { answersOf } from './formats/answers.ts';
import type { Options } from './options.ts';
import type { Answer } from './sighting.ts';

/** Total time of one command, ms: five thousand peers take well under two seconds. [wire: 16.28, 22.10] */
const COMMAND_MS = 20_000;

/**
 * Asks on the command line of the SSH host. Looks first whether Asterisk answers there.
 * @throws `forbidden`, `unreachable` where Asterisk does not run, `strange-answer`, and what SSH throws
 */
export async function openShell(
  place: ObserverPlace,
  options: Options,
  context: SessionContext,
): Promise<Asker> {
  const host = hostOf(place);
  const bastion = await joinBastion(place.via, context.ssh, host, () => {});
  const run = (command: string) => runOn(bastion, command, host, options, context);
  try {
    const version = /^Asterisk (\S{1,60})/m.exec(await run(commandOf('version')))?.[1];
    if (version === undefined) throw strange(host, commandOf('version'), 'no version');
    context.log('asterisk', { host: nameOf(place.via), version });
  } catch (error) {
    bastion.leave();
    throw error;
  }
  const ask = async (command: string) => answersTo(command, await run(command), host);
  const { like } = options;
  return {
    sipPeers: () => ask(like === null ? commandOf('sipPeers') : commandOf('sipPeersLike', like)),
    sipPeer: async (name) => (await ask(commandOf('sipPeer', name))) ?? [],
    pjsip: () => ask(commandOf('pjsipEndpoints')),
    close: async () => bastion.leave(),
  };
}

/** `Asterisk (192.0.2.5:22)`, for people: the SSH host itself has a name of its own. */
export function hostOf({ via }: ObserverPlace): string {
  return `Asterisk (${nameOf(via)})`;
}

/** Null where Asterisk has no such command. It says so with exit code 0, as it does with everything but not being there. */
function answersTo(command: string, text: string, host: string): readonly Answer[] | null {
  if (/^No such command /m.test(text)) return null;
  const answers = answersOf(text, command);
  if (answers.length === 0) throw strange(host, command, `${text.length} characters, none of them known`);
  return answers;
}

async function runOn(
  bastion: Bastion,
  command: string,
  host: string,
  options: Options,
  { gate, signal }: SessionContext,
): Promise<string> {
  const errand: Errand = { host, operation: command };
  const line = lineOf(command, options);
  const answer = await gate.read(async () => {
    const deadline = startDeadline(COMMAND_MS, [signal], errand);
    try {
      return await bastion.exec(line, errand, deadline.signal);
    } finally {
      deadline.end();
    }
  }, signal);
  return outputOf(answer, errand);
}

/**
 * What it printed. A forced command refuses with 126, a shell that finds no such program says 127, and `asterisk -rx` itself fails (1) only
 * where the daemon does not answer, or the account may not talk to it. [wire: 16.28, OpenSSH 9.2]
 */
function outputOf({ code, stdout, stderr }: ExecAnswer, errand: Errand): string {
  const [text, complaint] = [stdout.toString('utf8'), stderr.toString('utf8')];
  if (/Unable to connect to remote asterisk/.test(text + complaint)) {
    throw new AltaError('unreachable', {
      ...errand,
      kind: 'asterisk.ctl: not running, or closed to this account',
    });
  }
  if (code === 0) return text;
  if (code === 126) throw new AltaError('forbidden', { ...errand, evidence: 'exit code 126' });
  if (/^sudo: /m.test(complaint)) throw new AltaError('forbidden', { ...errand, evidence: 'sudo refuses' });
  const what = code === null ? 'ended by a signal' : `exit code ${code}`;
  const evidence = code === 127 ? `${what}: no such program in the account's PATH` : what;
  throw strange(errand.host, errand.operation, evidence);
}

function strange(host: string, operation: string, evidence: string): AltaError {
  return new AltaError('strange-answer', { host, operation, evidence });
}

import { runLine } from '../cli/console.ts';
import type { LabRun, LabShellLine } from '../contract.ts';
import type { Host } from '../host.ts';
import { read } from './words.ts';

/** What became of a line: what it printed, and what the ledger says of it. */
type Outcome = LabRun & Pick<LabShellLine, 'kind' | 'command'>;

const PROGRAMS = ['asterisk', '/usr/sbin/asterisk'];
const SOCKET = '/run/asterisk/asterisk.ctl';
const NO_DAEMON = `Unable to connect to remote asterisk (does ${SOCKET} exist?)\n`;

/** Runs a line as the host's shell would, and notes it. */
export function runShell(host: Host, line: string): LabRun {
  const { kind, command, ...run } = judge(host, line);
  const { lines, daemon } = host;
  lines.push({ line, kind, ...(command === undefined ? {} : { command }), code: run.code, at: daemon.now() });
  return run;
}

function judge(host: Host, line: string): Outcome {
  const reading = read(line);
  if ('refused' in reading) {
    const what = reading.refused === 'quote' ? 'Unterminated quoted string' : 'refused by the lab';
    return { kind: 'refused', ...failed(2, `sh: 1: Syntax error: ${what}\n`) };
  }
  const [first, ...rest] = reading.words;
  if (first === undefined) return { kind: 'unknown', ...failed(0, '') };
  if (first !== 'sudo') return program(host, first, rest, false);
  const isSilent = rest[0] === '-n';
  const [wanted = '', ...args] = isSilent ? rest.slice(1) : rest;
  if (host.sudoPassword) {
    const said = isSilent ? 'a password is required' : 'a terminal is required to read the password';
    return { kind: 'denied', ...failed(1, `sudo: ${said}\n`) };
  }
  if (PROGRAMS.includes(wanted)) return program(host, wanted, args, true);
  return { kind: 'unknown', ...failed(1, `sudo: ${wanted}: command not found\n`) };
}

function program(host: Host, name: string, args: readonly string[], isRoot: boolean): Outcome {
  if (!PROGRAMS.includes(name)) return { kind: 'unknown', ...failed(127, `sh: 1: ${name}: not found\n`) };
  const { isRemote, command } = optionsOf(args);
  const asked = command === undefined ? {} : { command };
  if (!host.daemon.isRunning || (host.socketClosed && !isRoot)) {
    return { kind: 'asterisk', ...asked, ...failed(1, NO_DAEMON) };
  }
  if (!isRemote) {
    const said = `Asterisk already running on ${SOCKET}.  Use 'asterisk -r' to connect.\n`;
    return { kind: 'asterisk', ...asked, ...failed(1, said) };
  }
  // A console without a terminal ends as soon as it begins.
  const stdout = command === undefined ? '' : runLine(host.daemon, command).text;
  return { kind: 'asterisk', ...asked, stdout, stderr: '', code: 0 };
}

/** `-r` connects to the daemon, `-x` hands it one argument; letters may stand together, and what else stands there is ignored. */
function optionsOf(args: readonly string[]): { isRemote: boolean; command: string | undefined } {
  let isRemote = false;
  let command: string | undefined;
  for (let at = 0; at < args.length; at += 1) {
    const [, letters = '', value = ''] = /^-([a-wyzA-Z]*)(x.*)?$/s.exec(args[at] ?? '') ?? [];
    isRemote ||= /r/i.test(letters);
    if (value === '') continue;
    // -x implies -r (V).
    isRemote = true;
    if (value.length === 1) at += 1;
    command = value.length > 1 ? value.slice(1) : args[at];
  }
  return { isRemote, command };
}

function failed(code: number, stderr: string): LabRun {
  return { stdout: '', stderr, code };
}

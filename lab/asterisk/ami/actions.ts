import { runLine } from '../cli/console.ts';
import type { Daemon } from '../host.ts';
import type { LabAmiUser } from '../settings.ts';
import type { Action } from './action.ts';
import { hearsWith } from './login.ts';
import { mark, packet, type Request, refusal, response } from './packet.ts';
import { pjsipActions } from './pjsip.ts';
import { sipActions } from './sip.ts';

const general: readonly Action[] = [
  {
    name: 'Ping',
    classes: [],
    run: ({ now }, request) => [
      response(request, 'Success', [
        ['Ping', 'Pong'],
        ['Timestamp', (now() / 1000).toFixed(6)],
      ]),
    ],
  },
  {
    name: 'Events',
    classes: [],
    run(_daemon, request, session) {
      session.hears = hearsWith(request.get('EventMask'));
      return [response(request, 'Success', [['Events', session.hears ? 'On' : 'Off']])];
    },
  },
  { name: 'Command', classes: ['command'], run: (daemon, request) => [runCommand(daemon, request)] },
];

const all: readonly Action[] = [...general, ...sipActions, ...pjsipActions];

export function actionOf(daemon: Daemon, name: string): Action | undefined {
  const { technologies, release } = daemon;
  return all.find(
    (action) =>
      action.name.toLowerCase() === name.toLowerCase() &&
      (action.technology === undefined || technologies.includes(action.technology)) &&
      (release.showsContacts || action.name !== 'PJSIPShowContacts'),
  );
}

export function mayRun({ write = ['all'] }: LabAmiUser, { classes }: Action): boolean {
  return classes.length === 0 || write.some((one) => one === 'all' || classes.includes(one));
}

/** Up to 13 the text stands as it is, up to an end mark; from 14 on each line has a name, and failure shows (V). */
function runCommand(daemon: Daemon, request: Request): string {
  const line = request.get('Command');
  if (line === '') return refusal(request, 'No command provided');
  const { text, ok } = runLine(daemon, line);
  if (daemon.release.commandStyle === 'follows') {
    const head = packet([['Response', 'Follows'], ['Privilege', 'Command'], ...mark(request)]);
    return `${head.slice(0, -2)}${text}--END COMMAND--\r\n\r\n`;
  }
  const lines = text.replace(/\n$/, '').split('\n');
  return response(request, ok ? 'Success' : 'Error', [
    ['Message', 'Command output follows'],
    ...lines.map((one) => ['Output', one] as const),
  ]);
}

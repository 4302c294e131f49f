import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import net, { type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type AsteriskParts, asteriskParts, type Suite } from './asterisk-parts.ts';

const run = promisify(execFile);

/** An Asterisk of our own: loopback, high ports, its own configuration, in the foreground. */
export interface Asterisk {
  /** UDP port of `chan_sip`; on a version that has none, that of `chan_pjsip`. */
  readonly sipPort: number;
  readonly managerPort: number;
  /** Folder with a program `asterisk` that asks this instance. */
  readonly bin: string;
  /** What `asterisk -rx` prints. */
  cli(command: string): Promise<string>;
  stop(): Promise<void>;
}

export interface AsteriskOptions {
  readonly suite: Suite;
  /** Peers of `sip.conf`, or endpoints, auths and aors of `pjsip.conf`. */
  readonly accounts: string;
  /** Users of `manager.conf`. */
  readonly managers: string;
}

/** @throws where there is no Asterisk to be had, or it does not start */
export async function startAsterisk(options: AsteriskOptions): Promise<Asterisk> {
  const parts = await asteriskParts(options.suite);
  const folder = await mkdtemp(join(tmpdir(), 'alta-pbx-'));
  const [sipPort, managerPort] = [await freeUdpPort(), await freeTcpPort()];
  await configure(folder, parts, options, { sipPort, managerPort });
  const bin = join(folder, 'bin');
  const [program, ...first] = [...parts.command, '-C', join(folder, 'etc/asterisk.conf')];
  const wrapper = `#!/bin/sh\nexec ${[program, ...first].join(' ')} "$@"\n`;
  await writeFile(join(bin, 'asterisk'), wrapper, { mode: 0o755 });
  const child = spawn(program ?? '', [...first, '-f'], { stdio: 'ignore' });
  const cli = async (command: string): Promise<string> =>
    (await run(join(bin, 'asterisk'), ['-rx', command])).stdout;
  const stop = async (): Promise<void> => {
    await cli('core stop now').catch(() => {});
    await ended(child);
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await booted(cli);
  } catch (error) {
    await stop();
    throw error;
  }
  return { sipPort, managerPort, bin, cli, stop };
}

interface Ports {
  readonly sipPort: number;
  readonly managerPort: number;
}

async function configure(
  folder: string,
  parts: AsteriskParts,
  { suite, accounts, managers }: AsteriskOptions,
  { sipPort, managerPort }: Ports,
): Promise<void> {
  for (const part of ['etc', 'bin', 'lib', 'spool', 'run', 'log']) await mkdir(join(folder, part));
  const place = (part: string) => join(folder, part);
  const directories = {
    astetcdir: place('etc'),
    astmoddir: parts.modules,
    astvarlibdir: place('lib'),
    astdbdir: place('lib'),
    astkeydir: place('lib'),
    astdatadir: join(parts.root, 'usr/share/asterisk'),
    astspooldir: place('spool'),
    astrundir: place('run'),
    astlogdir: place('log'),
  };
  const lines = Object.entries(directories).map(([name, path]) => `${name} => ${path}`);
  const chanSip = `[general]\nudpbindaddr=127.0.0.1:${sipPort}\nallowguest=no\n`;
  const pjsip = `[transport-udp]\ntype=transport\nprotocol=udp\nbind=127.0.0.1:${sipPort}\n`;
  const files = {
    'asterisk.conf': `[directories]\n${lines.join('\n')}\n[options]\nsystemname=realm\n`,
    'modules.conf': `[modules]\nautoload=yes\n${unwanted.map((name) => `noload => ${name}.so\n`).join('')}`,
    'sip.conf': suite === 'sid' ? '' : `${chanSip}${accounts}`,
    'pjsip.conf': suite === 'sid' ? `${pjsip}${accounts}` : '',
    'manager.conf': `[general]\nenabled=yes\nport=${managerPort}\nbindaddr=127.0.0.1\n${managers}`,
    'logger.conf': '[logfiles]\nfull => notice,warning,error,verbose\n',
  };
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, 'etc', name), text);
}

/** Modules that open ports or sound cards of their own. */
const unwanted =
  `chan_iax2 chan_skinny chan_mgcp chan_unistim chan_alsa chan_oss chan_console chan_dahdi pbx_dundi pbx_ael
  pbx_lua res_phoneprov`.split(/\s+/);

async function booted(cli: (command: string) => Promise<string>, tries = 150): Promise<void> {
  try {
    await cli('core waitfullybooted');
  } catch (error) {
    if (tries === 0) throw error;
    await new Promise((resolve) => setTimeout(resolve, 100));
    await booted(cli, tries - 1);
  }
}

function ended(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve();
    const late = setTimeout(() => child.kill('SIGKILL'), 5_000);
    child.once('exit', () => {
      clearTimeout(late);
      resolve();
    });
  });
}

async function freeUdpPort(): Promise<number> {
  const socket = createSocket('udp4');
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  const { port } = socket.address();
  await new Promise<void>((resolve) => socket.close(() => resolve()));
  return port;
}

async function freeTcpPort(): Promise<number> {
  const server = net.createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

import { setTimeout as pause } from 'node:timers/promises';
import { type Desk, zero } from './ami/desk.ts';
import { serveAmi } from './ami/server.ts';
import type { LabAsterisk, LabAsteriskOptions, LabAsteriskService } from './contract.ts';
import type { Daemon, Host } from './host.ts';
import { memory } from './memory.ts';
import { built as defaultBuild, releases } from './releases.ts';
import type { LabAmiOptions } from './settings.ts';
import { runShell } from './shell/run.ts';

export { type Naming, peersOf, type Registrations } from './bridge.ts';
export type * from './contract.ts';

/** Starts a host with an Asterisk: its shell is `exec`, its manager interface listens. */
export async function startAsterisk(options: LabAsteriskOptions): Promise<LabAsterisk> {
  const { name = 'asterisk', release = '16', ami = {} } = options;
  const host = hostOf(options);
  const { daemon, lines } = host;
  const desk = deskOf(daemon, ami);
  const { host: address = '127.0.0.1', port = 0 } = ami;
  const serving = await serveAmi(desk, { host: address, port });
  const [first] = desk.users;
  const service: LabAsteriskService = {
    name,
    driver: 'asterisk',
    release,
    host: address,
    port: serving.port,
    credentials: { username: first?.username ?? '', secret: first?.secret ?? '' },
  };
  let latencyMs = 0;
  return {
    service,
    control: {
      lines: () => lines.map((line) => ({ ...line })),
      reset() {
        lines.length = 0;
        serving.reset();
      },
      look: daemon.memory.look,
      async running(on) {
        daemon.isRunning = on;
        if (!on) daemon.memory.forget();
        await serving.listening(on);
      },
      latency(ms) {
        latencyMs = ms;
      },
      ami: serving.control,
    },
    async exec(line) {
      if (latencyMs > 0) await pause(latencyMs, undefined, { ref: false });
      return runShell(host, line);
    },
    close: serving.close,
  };
}

function hostOf(options: LabAsteriskOptions): Host {
  const { release: number = '16', channels = () => [], now = Date.now } = options;
  const release = releases[number];
  const { technologies = release.technologies, built = defaultBuild, systemName = '' } = options;
  const daemon: Daemon = {
    release,
    built,
    systemName,
    technologies,
    memory: memory({ ...options, technologies, now }),
    channels,
    now,
    isRunning: true,
  };
  const { sudoPassword = false, socketClosed = false } = options;
  return { daemon, sudoPassword, socketClosed, lines: [] };
}

function deskOf(daemon: Daemon, options: LabAmiOptions): Desk {
  return {
    daemon,
    users: options.users ?? [{ username: 'alta', secret: 'amI-5ecret-of-the-lab' }],
    refusalMs: options.refusalMs ?? 1000,
    maxFailedLogins: options.maxFailedLogins ?? Number.POSITIVE_INFINITY,
    failures: new Map(),
    counters: zero(0),
    actions: [],
    chatter: 0,
    pace: null,
    untilCut: Number.POSITIVE_INFINITY,
    isMute: false,
  };
}

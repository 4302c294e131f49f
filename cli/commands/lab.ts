import { resolve } from 'node:path';
import { AltaError } from '../../engine/model/index.ts';
import { fill } from '../../engine/report/index.ts';
import type { Lab, LabFault, LabFaultKind, LabService } from '../../lab/contract.ts';
import { startLab } from '../../lab/index.ts';
import type { LabBox } from '../../lab/settings.ts';
import { writeLabWorkspace } from '../lab/workspace.ts';
import type { Run, Shell } from '../shell.ts';
import { texts } from '../texts.ts';

/** What stands on each box before anybody declares anything. */
const seededExtensions = 3;

/**
 * `alta lab`: simulated boxes on loopback until SIGINT or SIGTERM. With `--workspace` also a workspace that points at them, ready for
 * `alta plan`. Everything in it is invented; its credentials open nothing else.
 */
export const run: Run = async (shell) => {
  const { flags, host } = shell;
  const faults = flags.fault.map(faultOf);
  const boxes = boxesOf(shell);
  const ports = portsOf(flags.port, boxes);
  const lab = await startLab({ boxes, latencyMs: flags.latency ?? 0, ports });
  try {
    for (const { name } of lab.services) for (const fault of faults) lab.box(name).addFault(fault);
    const folder = flags.workspace === undefined ? null : resolve(host.cwd, flags.workspace);
    if (folder !== null) await writeLabWorkspace(folder, lab, shell.lang);
    const ended = interrupted(shell);
    announce(shell, lab, folder);
    await ended;
  } finally {
    await lab.close();
  }
  return {};
};

const defaultBoxes = ['sede:v2.0.0', 'almacen:v1.1.0'];

function boxesOf({ flags }: Shell): LabBox[] {
  const texts = flags.boxes.length > 0 ? flags.boxes : defaultBoxes;
  return texts.map((text) => {
    const [, name, edition] = /^([a-z0-9][a-z0-9-]*)(?::(v1\.1\.0|v2\.0\.0))?$/.exec(text) ?? [];
    if (name === undefined) {
      const expected = ['sede:v2.0.0', 'almacen:v1.1.0'];
      throw new AltaError('option-value', { option: '--boxes', value: text, expected });
    }
    const extensions = flags.extensions ?? seededExtensions;
    return { name, edition: edition === 'v1.1.0' ? 'v1.1.0' : 'v2.0.0', extensions };
  });
}

const faultKinds: Readonly<Record<LabFaultKind, true>> = {
  latency: true,
  reset: true,
  status: true,
  truncate: true,
  nonJson: true,
  lostAnswer: true,
  phpNotice: true,
  redirect: true,
  slowloris: true,
  hugeBody: true,
  errno: true,
  offline: true,
  hang: true,
};

function isFaultKind(text: string): text is LabFaultKind {
  return Object.hasOwn(faultKinds, text);
}

/** `lostAnswer`, `status:extension/add`, `reset:extension/query:3`. */
function faultOf(text: string): LabFault {
  const [kind = '', path = '', times = '1', ...rest] = text.split(':');
  if (isFaultKind(kind) && /^\d{1,6}$/.test(times) && rest.length === 0) {
    return { kind, times: Number(times), ...(path === '' ? {} : { match: { path } }) };
  }
  throw new AltaError('option-value', { option: '--fault', value: text, expected: Object.keys(faultKinds) });
}

function portsOf(first: number | undefined, boxes: readonly LabBox[]): Record<string, number> {
  if (first === undefined) return {};
  return Object.fromEntries(
    ['control', ...boxes.map(({ name }) => name)].map((name, i) => [name, first + i]),
  );
}

function interrupted({ host }: Shell): Promise<void> {
  return new Promise((resolve) => {
    const dispose = host.onInterrupt(() => {
      dispose();
      resolve();
    });
  });
}

function announce(shell: Shell, lab: Lab, folder: string | null): void {
  const services = lab.services.map(({ name, driver, url, credentials }) => ({
    name,
    driver,
    url,
    credentials,
  }));
  const { stdout } = shell.host;
  if (shell.format === 'json') {
    stdout.write(
      `${JSON.stringify({ ready: true, workspace: folder, services, control: lab.controlUrl })}\n`,
    );
    return;
  }
  const text = texts[shell.lang];
  const lines = [
    text.labReady,
    ...lab.services.map(serviceLine),
    ...(folder === null ? [] : [fill(text.labWorkspace, { folder })]),
    fill(text.labControl, { url: lab.controlUrl }),
    text.labStop,
  ];
  stdout.write(`${lines.join('\n')}\n`);
}

function serviceLine({ name, driver, edition, url, credentials }: LabService): string {
  return `  ${name.padEnd(10)} ${driver} ${edition}  ${url}  ${credentials.username} / ${credentials.password}`;
}

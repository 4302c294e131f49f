import { fill } from '../../engine/report/index.ts';
import type { LabBoxService, LabService } from '../../lab/contract.ts';
import type { Shell } from '../shell.ts';
import { texts } from '../texts.ts';
import type { Surroundings } from './surroundings.ts';
import type { Training } from './training.ts';

/** Says what runs where and how to log in: one line of JSON, or lines for people. */
export function announce(shell: Shell, training: Training, folder: string | null): void {
  const { stdout } = shell.host;
  if (shell.format === 'json') stdout.write(`${JSON.stringify(document(training, folder))}\n`);
  else stdout.write(`${lines(shell, training, folder).join('\n')}\n`);
}

function document({ lab, surroundings }: Training, folder: string | null) {
  const services = lab.services.map(({ name, driver, url, credentials }) => ({
    name,
    driver,
    url,
    credentials,
  }));
  const around = surroundings === null ? [] : servicesAround(surroundings);
  return { ready: true, workspace: folder, services: [...services, ...around], control: lab.controlUrl };
}

/** Whoever logs in by SSH must know the host first. */
function servicesAround({ bastion, provisioning }: Surroundings) {
  const { name, driver, url, credentials, hostKeys } = bastion.service;
  return [{ name, driver, url, credentials, hostKeys }, provisioning.service];
}

function lines({ lang }: Shell, { lab, surroundings }: Training, folder: string | null): readonly string[] {
  const text = texts[lang];
  return [
    text.labReady,
    ...lab.services.map(serviceLine),
    ...(surroundings === null ? [] : linesAround(surroundings)),
    ...(folder === null ? [] : [fill(text.labWorkspace, { folder })]),
    fill(text.labControl, { url: lab.controlUrl }),
    text.labStop,
  ];
}

function serviceLine(service: LabService<LabBoxService>): string {
  const { name, url, credentials } = service;
  return line(name, kindOf(service), url, Object.values(credentials).join(' / '));
}

function kindOf(service: LabService<LabBoxService>): string {
  if ('edition' in service) return `${service.driver} ${service.edition}`;
  return `${service.driver} ${service.model} (${service.generation})`;
}

/** A private key does not fit in a line: the file does. */
function linesAround({ bastion, provisioning, keyFile }: Surroundings): readonly string[] {
  const { name, url, credentials } = provisioning.service;
  return [
    line(
      bastion.service.name,
      'ssh',
      bastion.service.url,
      `${bastion.service.credentials.username} / ${keyFile}`,
    ),
    line(name, 'http', url, `${credentials.username} / ${credentials.password}`),
  ];
}

function line(name: string, kind: string, url: string, login: string): string {
  return `  ${name.padEnd(12)} ${kind}  ${url}  ${login}`;
}

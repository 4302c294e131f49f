import type { Line } from './shape.ts';

/** A box as a client's YAML names it. */
export interface BoxAddress {
  readonly driver: string;
  readonly url: string;
  /** `SHA256:…`; none for the in-memory driver. */
  readonly pin: string | null;
}

/** One sealed value, as it stands in secrets.yaml. */
export type Sealed = Readonly<Record<string, { readonly rev: string; readonly age: string }>>;

/** alta.yaml of a workspace with local state. `recipient` is its one person. */
export function workspaceYaml(recipient: string): string {
  return `apiVersion: alta/v1
kind: Workspace
state: { backend: local, path: state }
secrets:
  recipients:
    connect: { bench: ${recipient} }
    values: { bench: ${recipient} }
`;
}

/**
 * client.yaml in the writer's own style: block form, one key a line. SIP passwords are left as they are on the box (as after
 * an import that could not read them) but for the sealed ones.
 */
export function clientYaml(client: string, box: BoxAddress, lines: readonly Line[]): string {
  const pins = box.pin === null ? '' : `    tls:\n      pins:\n        - ${box.pin}\n`;
  return `apiVersion: alta/v1
kind: Client
client:
  id: ${client}
  name: Cliente ${client}
pbx:
  main:
    driver: ${box.driver}
    url: ${box.url}
${pins}policy:
  extensions:
    secrets:
      sip:
        source: unmanaged
extensions:
${lines.map(extensionYaml).join('')}`;
}

function extensionYaml({ number, name, email, callerId, registrations, sealed }: Line): string {
  const secrets = sealed ? '    secrets:\n      sip:\n        source: declared\n' : '';
  return `  - pbx: main
    number: "${number}"
    name: ${name}
    email: ${email}
    callerId: "${callerId}"
    concurrentRegistrations: ${registrations}
    nat: true
${secrets}`;
}

/** A secrets.yaml; `client` null = the workspace's own. */
export function secretsYaml(client: string | null, connect: Sealed, values: Sealed): string {
  const owner = client === null ? '' : `client: ${client}\n`;
  return `apiVersion: alta/v1\nkind: Secrets\n${owner}${group('connect', connect)}${group('values', values)}`;
}

function group(name: string, sealed: Sealed): string {
  const entries = Object.entries(sealed).map(
    ([secret, { rev, age }]) => `  ${secret}:\n    rev: ${rev}\n    age: ${age}\n`,
  );
  return entries.length === 0 ? '' : `${name}:\n${entries.join('')}`;
}

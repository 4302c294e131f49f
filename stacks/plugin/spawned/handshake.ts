import type { Address } from '../server/listen.ts';

/**
 * What Terraform's plugin library agrees on with a program that it starts: environment in, one line of standard output back. The cookie is
 * public; it only tells Terraform from a person.
 */
const cookie = {
  name: 'TF_PLUGIN_MAGIC_COOKIE',
  value: 'd602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2',
};

/** Of the handshake itself, and of Terraform's protocol. */
const handshakeVersion = 1;
const protocolVersion = 6;

const oldestNode = '20.18.1';

export type Handshake =
  /** `client`: PEM of the one certificate that may connect; null = without TLS (TF_DISABLE_PLUGIN_TLS). */
  | { readonly kind: 'agreed'; readonly client: string | null }
  /** `to`: Terraform shows the first line of standard output and nothing of standard error; a person sees both. */
  | { readonly kind: 'refused'; readonly to: 'stdout' | 'stderr'; readonly message: string };

/** @param node the running version: `20.18.1` */
export function handshakeOf(environment: Readonly<NodeJS.ProcessEnv>, node: string): Handshake {
  if (environment[cookie.name] !== cookie.value) return refused('stderr', notByHand);
  if (isOlder(node, oldestNode)) {
    return refused('stdout', `This provider needs Node.js ${oldestNode} or later; ${node} is on PATH.`);
  }
  const versions = environment.PLUGIN_PROTOCOL_VERSIONS?.split(',') ?? [];
  if (!versions.includes(String(protocolVersion))) {
    return refused('stdout', 'This provider speaks plugin protocol 6: use Terraform 1.11 or later.');
  }
  return { kind: 'agreed', client: environment.PLUGIN_CLIENT_CERT || null };
}

const notByHand =
  'This program is a Terraform provider: Terraform starts it, not a person.\n' +
  'Name it as a provider in a configuration, then run terraform init and terraform plan.';

function refused(to: 'stdout' | 'stderr', message: string): Handshake {
  return { kind: 'refused', to, message: `${message}\n` };
}

function isOlder(version: string, than: string): boolean {
  const [left, right] = [version, than].map((text) => text.split('.').map(Number));
  const index = left?.findIndex((part, i) => part !== right?.[i]) ?? -1;
  return index >= 0 && (left?.[index] ?? 0) < (right?.[index] ?? 0);
}

/**
 * `1|6|unix|/tmp/x/s|grpc|MIIB…`
 *
 * @param certificate DER of the server's certificate, sent in base64 without padding; null without TLS
 */
export function handshakeLine({ network, text }: Address, certificate: Uint8Array | null): string {
  const proof = certificate === null ? '' : Buffer.from(certificate).toString('base64').replace(/=+$/, '');
  return `${[handshakeVersion, protocolVersion, network, text, 'grpc', proof].join('|')}\n`;
}

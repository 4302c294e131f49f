import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { generate } from 'selfsigned';
import { type ClientTls, connectPlugin, type PluginClient } from './client.ts';

/** A plugin that was started as a program. */
export interface StartedPlugin {
  readonly process: ChildProcess;
  /** The first line of standard output, in its parts. */
  readonly handshake: readonly string[];
  readonly tls: ClientTls | undefined;
  readonly errors: () => string;
  /** Another connection, as the right client. */
  connect(): Promise<PluginClient>;
  /** Resolves with the exit code. */
  readonly exited: Promise<number | null>;
}

export interface StartOptions {
  readonly tls?: boolean;
  readonly environment?: Readonly<Record<string, string>>;
}

/** What every plugin is started with: a public number. */
export const magicCookie = {
  TF_PLUGIN_MAGIC_COOKIE: 'd602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2',
};

/** Starts a program as Terraform does, and reads its handshake. */
export async function startPlugin(
  program: string,
  { tls = true, environment = {} }: StartOptions = {},
): Promise<StartedPlugin> {
  const identity = tls ? await makeIdentity() : undefined;
  const child = spawn(process.execPath, [program], {
    env: {
      PATH: process.env.PATH,
      ...magicCookie,
      PLUGIN_PROTOCOL_VERSIONS: '5,6',
      ...(identity === undefined ? {} : { PLUGIN_CLIENT_CERT: identity.certificate }),
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let errors = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors += text;
  });
  const exited = once(child, 'exit').then(([code]) => code as number | null);
  const handshake = (await firstLine(child)).split('|');
  const [, , network = '', text = '', , proof = ''] = handshake;
  const known = identity === undefined ? undefined : { ...identity, server: pem(proof) };
  return {
    process: child,
    handshake,
    tls: known,
    errors: () => errors,
    connect: () => connectPlugin({ network, text }, known),
    exited,
  };
}

/** A key and a certificate that nobody else has. */
export async function makeIdentity(): Promise<Omit<ClientTls, 'server'>> {
  const made = await generate([{ name: 'commonName', value: 'localhost' }], {
    algorithm: 'sha256',
    keyType: 'ec',
  });
  return { key: made.private, certificate: made.cert };
}

/** What is printed before the first line ends, or before the program does. */
function firstLine(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    let text = '';
    child.stdout?.setEncoding('utf8').on('data', (part: string) => {
      text += part;
      if (text.includes('\n')) resolve(text.slice(0, text.indexOf('\n')));
    });
    child.stdout?.once('close', () => resolve(text));
  });
}

/** @param proof DER in base64 without padding, which PEM cannot do without */
function pem(proof: string): string {
  const base64 = Buffer.from(proof, 'base64').toString('base64');
  const lines = base64.match(/.{1,64}/g) ?? [];
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
}

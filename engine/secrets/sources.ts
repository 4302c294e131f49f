import { resolve } from 'node:path';
import { AltaError, Secret } from '../model/index.ts';
import type { Group } from './file.ts';
import type { Environment } from './identity.ts';
import { readListedFile } from './listed-file.ts';

/** What a secret from outside secrets.yaml may be used for, and where it may go. */
export interface SourceBinding {
  /** `connect`: a login. `values`: a SIP, portal or PIN secret, never sent as a login. */
  readonly use: Group;
  /** The only origin it may go to (`https://pbx.example.net:1443`). Only `values` may do without. */
  readonly origin?: string;
}

/** `secrets.sources` of alta.yaml. A name that is not listed does not exist. */
export interface SourcesConfig {
  readonly env?: Readonly<Record<string, SourceBinding>>;
  readonly file?: {
    /** Relative to the workspace. May itself be reached through links; nothing inside it may. */
    readonly folder: string;
    /** Name of a file in the folder → binding. */
    readonly names: Readonly<Record<string, SourceBinding>>;
  };
}

/** A source outside secrets.yaml, as {@link SecretSource} names it. */
export type OutsideSource = { readonly env: string } | { readonly file: string };

/** `env:NAME` or `file:NAME`, as messages and markers name a source. */
export function outsideName(source: OutsideSource): string {
  return 'env' in source ? `env:${source.env}` : `file:${source.file}`;
}

/** Reads the listed sources, each at most once. */
export interface Sources {
  /** @throws AltaError `secret-not-listed`. */
  binding(source: OutsideSource): SourceBinding;
  /** Null where the variable is not set or the file does not exist. @throws AltaError `secret-file-refused`. */
  value(source: OutsideSource): Secret | null;
}

/**
 * Takes every listed variable out of `env` at once, so that no child process, crash report or later code can find
 * it there. Files are read when they are asked for.
 */
export function openSources(config: SourcesConfig, workspace: string, env: Environment): Sources {
  const variables = takeVariables(Object.keys(config.env ?? {}), env);
  const files = new Map<string, Secret | null>();
  const readOnce = (name: string): Secret | null => {
    if (!files.has(name))
      files.set(name, readListedFile(resolve(workspace, config.file?.folder ?? '.'), name));
    return files.get(name) ?? null;
  };
  const binding = (source: OutsideSource) => listedBinding(config, source);
  return {
    binding,
    value(source) {
      binding(source);
      return 'env' in source ? (variables.get(source.env) ?? null) : readOnce(source.file);
    },
  };
}

/**
 * Refuses a destination that a source is not bound to. Scheme, host and port must be equal; paths do not matter.
 * A value without an origin may go wherever its extension is configured: the PBX and its devices.
 *
 * @throws AltaError `secret-wrong-origin`.
 */
export function checkOrigin(name: string, binding: SourceBinding, destination: string): void {
  if (binding.origin === undefined && binding.use === 'values') return;
  const bound = originOf(binding.origin ?? '');
  const origin = originOf(destination);
  if (origin !== null && origin === bound) return;
  throw new AltaError('secret-wrong-origin', { name, origin: origin ?? '?', bound: bound ?? '?' });
}

function listedBinding(config: SourcesConfig, source: OutsideSource): SourceBinding {
  const [names, name] = 'env' in source ? [config.env, source.env] : [config.file?.names, source.file];
  const binding = names && Object.hasOwn(names, name) ? names[name] : undefined;
  if (binding === undefined) throw new AltaError('secret-not-listed', { name: outsideName(source) });
  return binding;
}

/** `URL.origin` is the text `null` for ssh and the like, which would make all such hosts equal. */
function originOf(text: string): string | null {
  if (!URL.canParse(text)) return null;
  const { protocol, host } = new URL(text);
  return host === '' ? null : `${protocol}//${host.toLowerCase()}`;
}

function takeVariables(names: readonly string[], env: Environment): ReadonlyMap<string, Secret> {
  const taken = new Map<string, Secret>();
  for (const name of names) {
    const value = env[name];
    if (value) taken.set(name, new Secret(value));
    delete env[name];
  }
  return taken;
}

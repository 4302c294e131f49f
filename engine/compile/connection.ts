import {
  accessNamed,
  type Credential,
  type Endpoint,
  type SecretSource,
  type Target,
  type TlsOptions,
  type Via,
} from '../model/index.ts';
import type { Credentials, SSHAccess, WorkspaceDocument } from '../model/input.ts';
import { type ClientSource, workspaceScope } from './source.ts';

/** What of a PBX or a device says how to talk to it. */
export interface Reach {
  readonly tls?: TlsOptions;
  readonly insecure?: string;
}

export function endpointOf(url: string, reach: Reach, via: Via | undefined): Endpoint {
  return {
    url: url.replace(/\/+$/, ''),
    tls: reach.tls ?? {},
    ...(reach.insecure === undefined ? {} : { insecure: reach.insecure }),
    ...(via === undefined ? {} : { via }),
  };
}

/** The client's own way in before the workspace's. By convention its key is the connect secret `access/<name>/key`. */
export function viaOf(
  name: string | undefined,
  workspace: WorkspaceDocument,
  client: ClientSource,
): Via | undefined {
  if (name === undefined) return undefined;
  const ssh = accessNamed(name, workspace, client.data);
  if (ssh === undefined) return undefined;
  const scope = client.data.access?.[name]?.ssh === undefined ? workspaceScope : client.id;
  return sshOf(name, ssh, `access/${name}/key`, scope);
}

/** A login by key; `secret` is where the key lies by convention. */
export function sshOf(name: string, ssh: SSHAccess, secret: string, scope: string): Via {
  const { host, port = 22, user, hostKeys, identity = { secret } } = ssh;
  return { name, host, port, user, hostKeys, identity: sourceOf(identity, scope) };
}

/** `read` and `write` as declared; one login serves both; without any, the secrets named by convention. */
export function credentialsOf(
  declared: Credentials | undefined,
  scope: string,
  fallback: string,
  parts: readonly string[] = ['username', 'password'],
): Target['credentials'] {
  if (declared === undefined) {
    const named = parts.map((part) => [part, { secret: `${fallback}/${part}`, scope }] as const);
    const both: Credential = Object.fromEntries(named);
    return { read: both, write: both };
  }
  const { read, write, ...both } = declared;
  const shared = credentialOf(both, scope);
  return {
    read: read === undefined ? shared : credentialOf(read, scope),
    write: write === undefined ? shared : credentialOf(write, scope),
  };
}

type Source = string | { secret: string } | { env: string } | { file: string };

function credentialOf(parts: object, scope: string): Credential {
  const entries = Object.entries(parts) as [string, Source][];
  return Object.fromEntries(entries.map(([part, source]) => [part, sourceOf(source, scope)]));
}

function sourceOf(source: Source, scope: string): SecretSource {
  if (typeof source === 'string') return { literal: source };
  return 'secret' in source ? { secret: source.secret, scope } : source;
}

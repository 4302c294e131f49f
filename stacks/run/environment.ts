import { isAbsolute, join } from 'node:path';
import { childEnvironment } from '../../engine/secrets/child-environment.ts';
import { providerAddress } from '../address.ts';

/** An environment as a process has it. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Where age identities come from, in clear or as a path: `engine/secrets/identity.ts`. */
const identityVariables = ['ALTA_AGE_KEY', 'ALTA_IDENTITY'];

/**
 * What Terraform may hold: everything of ours but what the vault takes. Its backends, proxies and plugins need variables that nobody can
 * list, so that this is no allow-list as for other children; the provider runs in the wrapper's process and needs nothing from it.
 *
 * @param listed `secrets.sources.env` of alta.yaml.
 */
export function withoutSecrets(env: Environment, listed: readonly string[]): Record<string, string> {
  const taken = new Set([...identityVariables, ...listed]);
  const entries = Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return Object.fromEntries(entries.filter(([name]) => !taken.has(name)));
}

/** What Terraform needs to reach its registry, and to open a browser for `login`. */
const reaching = new Set([
  'SSL_CERT_FILE',
  'SSL_CERT_DIR',
  'BROWSER',
  'DISPLAY',
  'WAYLAND_DISPLAY',
  'XAUTHORITY',
  'XDG_RUNTIME_DIR',
  'DBUS_SESSION_BUS_ADDRESS',
]);

/**
 * What Terraform may hold where it works on no client, such as for `version`: no workspace is read then, so that nobody knows which names
 * alta.yaml lists. An allow-list, as for other children, with Terraform's own settings; no value of a configuration, since none is read.
 */
export function generalEnvironment(env: Environment): Record<string, string> {
  const settings = Object.keys(env).filter(
    (name) =>
      reaching.has(name) ||
      /^(?:TF_(?!VAR_)|CHECKPOINT_)/.test(name) ||
      /^(?:https?|all|no)_proxy$/i.test(name),
  );
  return childEnvironment(env, settings);
}

/** What Terraform's process of one client is told. */
export interface Told {
  readonly client: string;
  /** TF_REATTACH_PROVIDERS' value for our provider; null = it is not served. */
  readonly reattach: object | null;
  /** What starts Alta for a step of the stack that verifies. */
  readonly program: string;
  /** Absolute path of the workspace. */
  readonly workspace: string;
  /** There is a person at the terminal, who may be asked. */
  readonly mayAsk: boolean;
}

/** @param base of {@link withoutSecrets}. */
export function terraformEnvironment(
  base: Readonly<Record<string, string>>,
  told: Told,
): Record<string, string> {
  return {
    // Its closing words name commands that would run without our provider.
    TF_IN_AUTOMATION: 'alta',
    ...base,
    ...(told.reattach === null ? {} : { TF_REATTACH_PROVIDERS: reattaching(base, told.reattach) }),
    ...(told.mayAsk ? {} : { TF_INPUT: '0' }),
    ...dataFolder(base, told.client),
    ALTA_PROGRAM: told.program,
    ALTA_WORKSPACE: told.workspace,
  };
}

/** Providers that somebody else serves stay. */
function reattaching(base: Readonly<Record<string, string>>, reattach: object): string {
  return JSON.stringify({ ...parsed(base.TF_REATTACH_PROVIDERS), [providerAddress]: reattach });
}

function parsed(text = '{}'): object {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}

/** One folder for all stacks would give each of them the backend of the last. */
function dataFolder(
  { TF_DATA_DIR }: Readonly<Record<string, string>>,
  client: string,
): Record<string, string> {
  if (TF_DATA_DIR === undefined || !isAbsolute(TF_DATA_DIR)) return {};
  return { TF_DATA_DIR: join(TF_DATA_DIR, client) };
}

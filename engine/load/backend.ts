import { isSecretKey } from './mask.ts';
import type { Path } from './problem.ts';

/** Where Terraform finds a backend's login, by backend. Facts: the page of each backend in Terraform's documentation. */
const variables: Readonly<Record<string, readonly string[]>> = {
  http: ['TF_HTTP_USERNAME', 'TF_HTTP_PASSWORD'],
  s3: ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN'],
  pg: ['PGUSER', 'PGPASSWORD'],
  gcs: ['GOOGLE_CREDENTIALS', 'GOOGLE_ENCRYPTION_KEY'],
  azurerm: ['ARM_ACCESS_KEY', 'ARM_SAS_TOKEN', 'ARM_CLIENT_SECRET'],
  consul: ['CONSUL_HTTP_TOKEN', 'CONSUL_HTTP_AUTH'],
  kubernetes: ['KUBE_TOKEN', 'KUBE_PASSWORD', 'KUBE_CLIENT_KEY_DATA'],
  remote: ['TF_TOKEN_<host>'],
  cloud: ['TF_TOKEN_<host>'],
};

/** Logins whose names do not say so. */
const logins: ReadonlySet<string> = new Set(['username', 'user', 'credentials', 'conn_str']);

/**
 * Where `key` of the map at `path` is a login of a Terraform backend: the environment variables that Terraform takes it from. Null
 * everywhere else.
 */
export function backendLogin(path: Path, key: string): readonly string[] | null {
  return isSecretKey(key) || logins.has(key) ? backendVariables(path) : null;
}

/** The environment variables that hold the login of the Terraform backend at `path`; null elsewhere. */
export function backendVariables([root, part, backend]: Path): readonly string[] | null {
  return root === 'terraform' && part === 'backend' ? (variables[String(backend)] ?? null) : null;
}

import type { Origin, Scalar } from './resource.ts';

/** How a target's TLS is trusted. Empty = the system's certificate authorities. */
export interface TlsOptions {
  /** At most two `SHA256:<base64>` of the public key (SPKI) or of the certificate. */
  readonly pins?: readonly string[];
  readonly minVersion?: 'TLSv1' | 'TLSv1.1' | 'TLSv1.2' | 'TLSv1.3';
  /** OpenSSL cipher list, only for boxes that cannot do better. */
  readonly ciphers?: string;
}

/** The bastion a target is reached through. */
export interface Via {
  readonly name: string;
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly hostKeys: readonly string[];
  /** The private key that logs in there. */
  readonly identity: SecretSource;
}

export interface Endpoint {
  /** `https://192.0.2.10:8088`, without a trailing slash. */
  readonly url: string;
  readonly tls: TlsOptions;
  /** The declared reason for speaking plain http outside a tunnel; shown in every plan. */
  readonly insecure?: string;
  readonly via?: Via;
}

/** Where one part of a credential comes from. `secret` names an entry of secrets.yaml in scope `scope`. */
export type SecretSource =
  | { readonly literal: string }
  | { readonly secret: string; readonly scope: string }
  | { readonly env: string }
  | { readonly file: string };

/** Part name (`username`, `password`, `apiKey`) → source. */
export type Credential = Readonly<Record<string, SecretSource>>;

/** Where files for phones are put: a folder here (an absolute path, or one from the workspace's root), or one behind SFTP. */
export interface Store {
  /** Its name in the YAML. */
  readonly name: string;
  readonly place: { readonly directory: string } | { readonly sftp: Via; readonly path: string };
  /** Where phones fetch the files. */
  readonly url?: string;
  /** Access log of the web server that serves the folder, read where the folder is. */
  readonly log?: string;
}

/** A device that fetches its settings instead of being written to. */
export interface Publication {
  readonly store: Store;
  /** How the device is told to fetch, at its endpoint. */
  readonly trigger: 'notify' | 'action-uri' | 'none';
  /** UDP port the device listens on for SIP. */
  readonly sipPort: number;
}

/** Where a PBX can be seen from beside its API: the host it runs on, or its manager interface. */
export interface ObserverPlace {
  /** Which observer looks. */
  readonly driver: string;
  /** The SSH host: the PBX's own, where commands are run, or a way to its manager interface. */
  readonly via: Via;
  /** Host and port of the manager interface as seen from the SSH host. Missing: commands are run on the SSH host. */
  readonly manager?: { readonly host: string; readonly port: number };
  /** Login of the manager interface: `username`, `password`. */
  readonly credentials?: Credential;
  /** The observer's own settings, already checked by the schema. */
  readonly options: Readonly<Record<string, unknown>>;
}

/** One thing converged: a tenant on a PBX, or a device. */
export interface Target {
  /** Label, e.g. `acme/pbx:sede`. */
  readonly address: string;
  readonly client: string;
  readonly label: string;
  readonly kind: 'pbx' | 'device';
  readonly driver: string;
  readonly mode: 'api' | 'guided';
  readonly presence: 'always' | 'sometimes';
  /** Natural key: platform or origin plus tenant; MAC of a device. Survives a change of label. */
  readonly key: string;
  /** Origin shared by all that must take turns: limits and host leases hold per host. */
  readonly host: string;
  /** Name of the shared platform in alta.yaml, if it is one; percent limits hold per platform too. */
  readonly platform?: string;
  /** Null for a guided target without an address. */
  readonly endpoint: Endpoint | null;
  /** Set where the device fetches its settings from a store. */
  readonly publication?: Publication;
  /** Set where registrations can be seen from beside the API. */
  readonly observer?: ObserverPlace;
  /** `plan` uses `read`, `apply` uses `write`; the same where the YAML gives one. */
  readonly credentials: { readonly read: Credential; readonly write: Credential };
  /** What must be true before the first write: tenant code, tenant name, serial, MAC. */
  readonly identity: Readonly<Record<string, string>>;
  /** Where phones register, as declared. */
  readonly sip: Readonly<Record<string, Scalar>>;
  /** The driver's own settings (`api: v1.1.0`, …), already checked by the schema. Of a device: model, firmware, exclusive. */
  readonly options: Readonly<Record<string, unknown>>;
  readonly origin: Origin;
}

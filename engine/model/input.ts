/**
 * Generated from schemas/workspace.schema.json, schemas/client.schema.json, schemas/secrets.schema.json.
 * Do not edit: change the schema and run `npm run generate`.
 */

/**
 * Version of the file format.
 */
export type ApiVersion = 'alta/v1';
/**
 * Kind of PBX: `yeastar` is the S-Series, K2 and the older Cloud PBX; `yeastar-p` the P-Series.
 */
export type PbxDriver = 'pekepbx' | 'meetip' | 'yeastar' | 'yeastar-p';
/**
 * A name you choose: letters, digits, dot, dash and underscore.
 */
export type Label = string;
/**
 * Address of the target. No user or password in it; `http://` only through `via` or with an `insecure` reason.
 */
export type Url = string;
/**
 * Why this target is spoken to without encryption. Shown in every plan.
 */
export type InsecureReason = string;
/**
 * A host name or an IP address, without port.
 */
export type Host = string;
/**
 * A TCP or UDP port.
 */
export type Port = number;
/**
 * How phones register. UDP in the procedure.
 */
export type SipTransport = 'udp' | 'tcp' | 'tls';
/**
 * A user name or id: plain text, or a reference to a secret.
 */
export type CredentialName = string | { secret: string } | { env: string } | { file: string };
/**
 * Where a secret comes from, never the secret itself: `{ secret: name }` of secrets.yaml, `{ env: NAME }` or `{ file: name }`.
 */
export type SecretReference = { secret: string } | { env: string } | { file: string };
/**
 * `api`: Alta writes. `guided`: Alta prints the panel's form and a person fills it in. Default: api.
 */
export type Mode = 'api' | 'guided';
/**
 * `sometimes`: often switched off or away; its changes wait for it instead of failing. Default: always.
 */
export type Presence = 'always' | 'sometimes';
/**
 * Number it calls out with, in quotes; `anonymous`; or `internal` (its own number). Panel: CallerID.
 */
export type CallerId = string | null;
/**
 * Rights in the panel. Panel: Rol de Usuario.
 */
export type Role = 'user' | 'admin' | null;
/**
 * Only internal calls. Panel: Permitir solo llamadas internas.
 */
export type InternalOnly = boolean | null;
/**
 * Device type of the extension, as the PBX lists it: `generic-sip` or its own name. Panel: Dispositivos.
 */
export type UserAgent = string | null;
/**
 * Where the phone is, seen from the PBX. Panel: Localidad.
 */
export type Location = 'remote' | 'local' | null;
/**
 * One line of text without control characters; null: not managed.
 */
export type OptionalText = string | null;
/**
 * Kind of extension. Panel: Type.
 */
export type ExtensionType = 'sip' | 'iax' | null;
/**
 * How many devices may register at once. Panel: Concurrent Registrations.
 */
export type ConcurrentRegistrations = number | null;
/**
 * NAT support: needed for registration and sound behind a router. Panel: Advanced, NAT.
 */
export type Nat = boolean | null;
/**
 * A suspended extension stays, but neither registers nor calls.
 */
export type ExtensionStatus = 'active' | 'suspended' | null;
/**
 * Voicemail on or off.
 */
export type Voicemail = boolean | null;
/**
 * Send voicemail to the extension's e-mail.
 */
export type VoicemailToEmail = boolean | null;
/**
 * Calls at once.
 */
export type CallLimit = number | null;
/**
 * Language of the prompts.
 */
export type Language = string | null;
/**
 * Seconds it rings before the call goes on.
 */
export type RingTimeout = number | null;
/**
 * Longest call in seconds.
 */
export type MaxCallDuration = number | null;
/**
 * Record all calls.
 */
export type CallRecording = boolean | null;
/**
 * How key presses travel.
 */
export type DtmfMode = 'auto' | 'inband' | 'rfc2833' | 'info' | null;
/**
 * Encryption of the sound (SRTP).
 */
export type MediaEncryption = 'off' | 'optional' | 'required' | null;
/**
 * Where one secret of an extension comes from: `{ source: declared }` (secrets.yaml, the default), `{ source: pbx }` (read from the PBX at apply), `{ source: unmanaged }`, or a reference of its own.
 */
export type SecretSource =
  | { source: 'declared' | 'pbx' | 'unmanaged' }
  | { secret: string }
  | { env: string }
  | { file: string };
/**
 * E-mail of extensions that declare none. `{number}`, `{client}` and `{pbx}` are replaced.
 */
export type EmailPattern = string;
/**
 * Lifetime of a registration in seconds. Default: 180. Panel: Server Expires.
 */
export type Expires = number | null;
/**
 * Registration attempts before the next server. Default: 3. Panel: Server Retry Counts.
 */
export type Retries = number | null;
/**
 * Seconds between attempts after a failed registration.
 */
export type RetryInterval = number | null;
/**
 * Seconds between packets that keep the router's mapping open; 0 switches them off.
 */
export type KeepAlive = number | null;
/**
 * One line of text without control characters.
 */
export type Text = string;
/**
 * An https address without user or password in it.
 */
export type WebUrl = string;
/**
 * A path inside the workspace, with forward slashes.
 */
export type RelativePath = string;
/**
 * An address of its own for each client: `{client}` stands for the client's id. Without user, password or token.
 */
export type BackendAddress = string;
/**
 * Method of a request.
 */
export type BackendMethod = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'LOCK' | 'UNLOCK';
/**
 * One line of text; `{client}` stands for the client's id, other braces are refused.
 */
export type BackendText = string;
/**
 * Where a client's state lies. One for each client: `{client}` stands for the client's id.
 */
export type BackendName = string;
/**
 * An e-mail address.
 */
export type Mailbox = string;
/**
 * Name of the client's folder: lower case letters, digits and dashes.
 */
export type ClientId = string;
/**
 * An e-mail address.
 */
export type Email = string | null;
/**
 * Who applies this client: Alta itself, or Terraform with the same drivers. Default: alta.
 */
export type Engine = 'alta' | 'terraform';
/**
 * Number of an extension: digits, always in quotes (YAML would read 010 as ten).
 */
export type ExtensionNumber = string;
/**
 * Consent to take over one that already exists there and differs; `{ secrets: true }` also replaces its secrets (phones that are registered drop).
 */
export type Adopt =
  | boolean
  | {
      readonly secrets?: boolean;
    };
/**
 * From where the phone reaches the PBX: `lan` or `wan` of the PBX's `sip` block.
 */
export type Network = 'lan' | 'wan';
/**
 * An extension as `<pbx label>/<number>`.
 */
export type ExtensionReference = string;
/**
 * A telephone number in quotes, best in international form.
 */
export type PhoneNumber = string;

/**
 * alta.yaml: shared PBX platforms, state, recipients of secrets, policy and safety limits.
 */
export interface WorkspaceDocument {
  readonly apiVersion: ApiVersion;
  readonly kind: 'Workspace';
  /**
   * PBX servers that several clients share, by name.
   */
  readonly platforms?: {
    readonly [k: string]: Platform;
  };
  readonly access?: Access;
  readonly provisioning?: Provisioning;
  readonly state?: StateSettings;
  readonly secrets?: SecretsSettings;
  readonly policy?: Policy;
  readonly safety?: SafetyLimits;
  readonly terraform?: TerraformSettings;
  readonly mail?: MailSettings;
  readonly jds?: JDSSettings;
}
/**
 * A PBX server shared by many clients; each client has a tenant on it.
 */
export interface Platform {
  readonly driver: PbxDriver;
  readonly profile?: Label;
  readonly url?: Url;
  readonly insecure?: InsecureReason;
  readonly tls?: TLSOptions;
  readonly via?: Label;
  readonly sip?: SIPSettings;
  readonly observer?: Observer;
  readonly credentials?: Credentials;
  readonly mode?: Mode;
  readonly presence?: Presence;
  readonly options?: PBXOptions;
  readonly numberFormat?: NumberFormat;
  readonly policy?: Policy;
}
/**
 * How the target's certificate is trusted. Without it: the system's certificate authorities. `alta doctor` shows the pin of a self-signed box.
 */
export interface TLSOptions {
  /**
   * Accepted keys or certificates of a self-signed target; two while one is being replaced.
   *
   * @minItems 1
   * @maxItems 2
   */
  readonly pins?: readonly string[];
  /**
   * Oldest TLS version accepted. Default: TLSv1.2.
   */
  readonly minVersion?: 'TLSv1' | 'TLSv1.1' | 'TLSv1.2' | 'TLSv1.3';
  /**
   * OpenSSL cipher list, only for boxes that cannot do better.
   */
  readonly ciphers?: string;
}
/**
 * Where phones register: one server, or one as seen from the office (`lan`) and one from outside (`wan`).
 */
export interface SIPSettings {
  readonly server?: Host;
  readonly port?: Port;
  readonly transport?: SipTransport;
  readonly domain?: Host;
  readonly outboundProxy?: Host;
  readonly lan?: SIPServer;
  readonly wan?: SIPServer;
}
/**
 * Where phones register.
 */
export interface SIPServer {
  readonly server: Host;
  readonly port?: Port;
  readonly transport?: SipTransport;
  readonly domain?: Host;
  readonly outboundProxy?: Host;
}
/**
 * Where registrations can be seen beside the PBX's own API: the command line of its telephony server, or its manager interface. Reads only.
 */
export interface Observer {
  /**
   * What looks.
   */
  readonly driver: 'asterisk';
  readonly via: Label;
  /**
   * Manager interface, as seen from the SSH host. Without it commands are run on the SSH host itself.
   */
  readonly url?: string;
  readonly credentials?: Credential;
  readonly options?: ObserverOptions;
}
/**
 * The parts of one login. Which ones a target needs depends on its driver.
 */
export interface Credential {
  readonly username?: CredentialName;
  readonly password?: SecretReference;
  readonly apiKey?: SecretReference;
  readonly clientId?: CredentialName;
  readonly clientSecret?: SecretReference;
  readonly token?: SecretReference;
  readonly privateKey?: SecretReference;
  readonly passphrase?: SecretReference;
}
/**
 * How the observer looks.
 */
export interface ObserverOptions {
  /**
   * Channel driver to ask about. Default: auto, found out by asking.
   */
  readonly technology?: 'auto' | 'pjsip' | 'sip';
  /**
   * A SIP proxy stands in front, so that addresses are the proxy's: an address alone is then no proof of a registration. Default: false.
   */
  readonly fronted?: boolean;
  /**
   * sip: only peers whose name matches, to fetch one tenant of many: a prefix after `^`.
   */
  readonly like?: string;
  /**
   * Program on the SSH host. Default: asterisk.
   */
  readonly command?: 'asterisk' | '/usr/sbin/asterisk' | '/usr/local/sbin/asterisk';
  /**
   * Runs it with `sudo -n`. Default: false.
   */
  readonly sudo?: boolean;
}
/**
 * The login of a target: its parts, or two logins under `read` (used by plan) and `write` (used by apply).
 */
export interface Credentials {
  readonly username?: CredentialName;
  readonly password?: SecretReference;
  readonly apiKey?: SecretReference;
  readonly clientId?: CredentialName;
  readonly clientSecret?: SecretReference;
  readonly token?: SecretReference;
  readonly privateKey?: SecretReference;
  readonly passphrase?: SecretReference;
  readonly read?: Credential;
  readonly write?: Credential;
}
/**
 * Settings of one driver. Which of them apply depends on the driver.
 */
export interface PBXOptions {
  /**
   * yeastar: version of the API. Default: auto, found out by asking the box.
   */
  readonly api?: 'auto' | 'v1.0.0' | 'v1.0.1' | 'v1.1.0' | 'v2.0.0';
  /**
   * Least time between two writes to this host, ms. Default: the driver's, see docs/drivers.md.
   */
  readonly writeIntervalMs?: number;
  /**
   * Least time between two reads from this host, ms. Default: the driver's.
   */
  readonly readIntervalMs?: number;
  /**
   * Requests to this host under way at once. Default: the driver's.
   */
  readonly concurrency?: number;
  /**
   * Longest time for one call, ms. Default: the driver's.
   */
  readonly timeLimitMs?: number;
  /**
   * meetip: the server's internal id of the tenant, where the API key may not list tenants. Not the tenant's code.
   */
  readonly serverId?: number;
  /**
   * meetip: id of the device type `Generic SIP` on this server. Default: looked up by name.
   */
  readonly userAgentId?: number;
  /**
   * yeastar-p: organisation that new extensions join, required where organisations are switched on.
   */
  readonly organization?: string;
}
/**
 * How this platform writes outside numbers. Numbers are brought to this form before they are compared.
 */
export interface NumberFormat {
  /**
   * `e164`: +34910000001 · `digits`: 34910000001 · `international`: 0034910000001 · `national`: 910000001.
   */
  readonly form: 'e164' | 'digits' | 'international' | 'national';
  /**
   * Country calling code, in quotes.
   */
  readonly countryCode?: string;
  /**
   * Digit dialled before national numbers, in quotes. Spain has none.
   */
  readonly nationalPrefix?: string;
}
/**
 * Values for every extension and account that declares none itself. They are managed, and plans show where they come from.
 */
export interface Policy {
  readonly extensions?: ExtensionDefaults;
  readonly emailPattern?: EmailPattern;
  readonly accounts?: AccountDefaults;
  /**
   * Account values by device model, e.g. `T46U`.
   */
  readonly models?: {
    readonly [k: string]: AccountDefaults;
  };
}
/**
 * Fields of an extension that make sense for many at once.
 */
export interface ExtensionDefaults {
  readonly callerId?: CallerId;
  readonly role?: Role;
  readonly internalOnly?: InternalOnly;
  readonly userAgent?: UserAgent;
  readonly location?: Location;
  readonly department?: OptionalText;
  readonly type?: ExtensionType;
  readonly concurrentRegistrations?: ConcurrentRegistrations;
  readonly nat?: Nat;
  readonly status?: ExtensionStatus;
  readonly voicemail?: Voicemail;
  readonly voicemailToEmail?: VoicemailToEmail;
  readonly incomingLimit?: CallLimit;
  readonly outgoingLimit?: CallLimit;
  readonly language?: Language;
  readonly ringTimeout?: RingTimeout;
  readonly maxCallDuration?: MaxCallDuration;
  readonly callRecording?: CallRecording;
  readonly dtmfMode?: DtmfMode;
  readonly mediaEncryption?: MediaEncryption;
  readonly secrets?: ExtensionSecrets;
}
/**
 * Sources of the extension's secrets. By convention `extensions/<pbx>/<number>/sip`, `…/portal` and `…/pin` of secrets.yaml.
 */
export interface ExtensionSecrets {
  readonly sip?: SecretSource;
  readonly portal?: SecretSource;
  readonly pin?: SecretSource;
}
/**
 * Fields of an account that make sense for many at once.
 */
export interface AccountDefaults {
  readonly transport?: SipTransport;
  readonly expires?: Expires;
  readonly retries?: Retries;
  readonly retryInterval?: RetryInterval;
  readonly keepAlive?: KeepAlive;
  readonly mediaEncryption?: MediaEncryption;
}
/**
 * Ways into closed networks, by name. A target or device uses one with `via: name`.
 */
export interface Access {
  readonly [k: string]: AccessEntry;
}
/**
 * One way into a closed network.
 */
export interface AccessEntry {
  readonly ssh: SSHAccess;
}
/**
 * An SSH bastion that HTTP travels through. Log-in is by public key.
 */
export interface SSHAccess {
  readonly host: Host;
  readonly port?: Port;
  readonly user: Text;
  /**
   * Host keys accepted, as in known_hosts without the host.
   *
   * @minItems 1
   * @maxItems 8
   */
  readonly hostKeys: readonly string[];
  readonly identity?: SecretReference;
}
/**
 * Places where files for phones are put, by name. A device uses one with `publish: { method: provisioning, store: name }`.
 */
export interface Provisioning {
  readonly [k: string]: Store;
}
/**
 * One folder that phones fetch their files from, here or on another host by SFTP.
 */
export interface Store {
  /**
   * Folder on this machine; a relative path starts at the workspace.
   */
  readonly directory?: string;
  readonly sftp?: SFTP;
  readonly url?: WebUrl;
  /**
   * Access log (common or combined format) of the web server that serves the folder: proves that a phone has fetched its file. Read where the folder is.
   */
  readonly log?: string;
}
/**
 * A folder on another host. Log-in is by public key.
 */
export interface SFTP {
  readonly host: Host;
  readonly port?: Port;
  readonly user: Text;
  /**
   * Host keys accepted, as in known_hosts without the host.
   *
   * @minItems 1
   * @maxItems 8
   */
  readonly hostKeys: readonly string[];
  readonly identity?: SecretReference;
  /**
   * Folder there, absolute or from the user's home.
   */
  readonly path: string;
}
/**
 * Where Alta remembers what is ours. `local` is one machine; `git` and `http` are for teams and CI.
 */
export interface StateSettings {
  /**
   * Default: local.
   */
  readonly backend: 'local' | 'git' | 'http';
  readonly path?: RelativePath;
  /**
   * git: name or address of the remote. Default: origin.
   */
  readonly remote?: string;
  readonly url?: WebUrl;
  readonly lockUrl?: WebUrl;
  readonly lockMethod?: 'LOCK' | 'POST' | 'PUT';
  readonly unlockMethod?: 'UNLOCK' | 'DELETE' | 'POST';
  readonly updateMethod?: 'POST' | 'PUT';
  readonly credentials?: Credential;
  readonly insecure?: InsecureReason;
  /**
   * Life of a lease without a heartbeat. Default: 60.
   */
  readonly leaseSeconds?: number;
}
/**
 * Who can read secrets, and which secrets may come from outside secrets.yaml.
 */
export interface SecretsSettings {
  readonly recipients?: Recipients;
  readonly sources?: SecretSources;
}
/**
 * Public age keys, by name of their holder. `connect`: logins to PBXs and devices. `values`: SIP, portal and PIN.
 */
export interface Recipients {
  readonly connect: RecipientGroup;
  readonly values: RecipientGroup;
}
/**
 * At most four age recipients, by name of their holder.
 */
export interface RecipientGroup {
  readonly [k: string]: string;
}
/**
 * Environment variables and files that the clients' files may refer to.
 */
export interface SecretSources {
  /**
   * Environment variables, by name.
   */
  readonly env?: {
    readonly [k: string]: SourceBinding;
  };
  readonly file?: FileSources;
}
/**
 * What a secret from outside may be used for, and the only place it may be sent to.
 */
export interface SourceBinding {
  /**
   * `connect`: a login. `values`: a SIP, portal or PIN secret.
   */
  readonly use: 'connect' | 'values';
  readonly origin?: Url;
}
/**
 * Files of one folder, by name. Links are refused.
 */
export interface FileSources {
  /**
   * Folder that holds them; relative to the workspace, or absolute.
   */
  readonly folder: string;
  readonly names: {
    readonly [k: string]: SourceBinding;
  };
}
/**
 * Limits that stop a plan before a catastrophe, per client and per platform.
 */
export interface SafetyLimits {
  /**
   * Largest share of objects that may be deleted or have vanished. Default: 30.
   */
  readonly maxDeletePercent?: number;
  /**
   * Largest share of objects that may change. Default: 50.
   */
  readonly maxChangePercent?: number;
  /**
   * Below this many objects the percentages do not bite. Default: 10.
   */
  readonly minimumObjects?: number;
}
/**
 * For clients with `engine: terraform`: what `alta synth` writes into their stacks.
 */
export interface TerraformSettings {
  /**
   * The stack ends with a gate that runs `alta verify` when anything desired changed; where it fails, the apply fails. Default: false.
   */
  readonly verify?: boolean;
  readonly backend?: TerraformBackend;
}
/**
 * Where Terraform keeps the clients' states: exactly one. Keys as in Terraform's own documentation; credentials come from Terraform's environment variables, never from here. Default: a local file for each client, state/terraform/<client>.tfstate.
 */
export interface TerraformBackend {
  readonly local?: LocalBackend;
  readonly http?: HTTPBackend;
  readonly s3?: S3Backend;
  readonly pg?: PostgreSQLBackend;
  readonly gcs?: GoogleCloudStorageBackend;
  readonly azurerm?: AzureBackend;
  readonly consul?: ConsulBackend;
  readonly kubernetes?: KubernetesBackend;
  readonly remote?: RemoteBackend;
  readonly cloud?: CloudSettings;
}
/**
 * A file on this machine.
 */
export interface LocalBackend {
  /**
   * File inside the workspace, with forward slashes. One for each client: `{client}` stands for the client's id. Default: state/terraform/{client}.tfstate.
   */
  readonly path?: string;
  /**
   * Folder inside the workspace for the states of Terraform's workspaces other than `default`: <folder>/<name>/terraform.tfstate. One for each client. Default: terraform.tfstate.d in the folder of the stack.
   */
  readonly workspace_dir?: string;
}
/**
 * A state server; no locking without `lock_address`. Credentials: TF_HTTP_USERNAME, TF_HTTP_PASSWORD.
 */
export interface HTTPBackend {
  readonly address: BackendAddress;
  readonly update_method?: BackendMethod;
  readonly lock_address?: BackendAddress;
  readonly lock_method?: BackendMethod;
  readonly unlock_address?: BackendAddress;
  readonly unlock_method?: BackendMethod;
  readonly retry_max?: number;
  readonly retry_wait_min?: number;
  readonly retry_wait_max?: number;
  /**
   * The server's certificate is not checked: whoever is on the way can read and change the states. Default: false.
   */
  readonly skip_cert_verification?: boolean;
}
/**
 * A bucket of Amazon S3 or a compatible store. Credentials: AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, or whatever else the AWS libraries find.
 */
export interface S3Backend {
  readonly bucket: BackendText;
  readonly key: BackendName;
  readonly region?: BackendText;
  /**
   * Locks by a file beside the state.
   */
  readonly use_lockfile?: boolean;
  readonly dynamodb_table?: BackendText;
  readonly encrypt?: boolean;
  readonly kms_key_id?: BackendText;
  readonly acl?: BackendText;
  readonly profile?: BackendText;
  readonly workspace_key_prefix?: BackendText;
  readonly use_path_style?: boolean;
  readonly skip_credentials_validation?: boolean;
  readonly skip_region_validation?: boolean;
  readonly skip_requesting_account_id?: boolean;
  readonly skip_metadata_api_check?: boolean;
  readonly skip_s3_checksum?: boolean;
  readonly max_retries?: number;
  /**
   * Addresses of a compatible store, by service.
   */
  readonly endpoints?: {
    readonly s3?: BackendText;
    readonly dynamodb?: BackendText;
    readonly iam?: BackendText;
    readonly sts?: BackendText;
    readonly sso?: BackendText;
  };
  readonly assume_role?: AssumedRole;
}
export interface AssumedRole {
  readonly role_arn: BackendText;
  readonly session_name?: BackendText;
  readonly external_id?: BackendText;
  readonly duration?: BackendText;
}
/**
 * A PostgreSQL database. Credentials: PGUSER, PGPASSWORD, or all of PG_CONN_STR.
 */
export interface PostgreSQLBackend {
  /**
   * Address of the database, without user or password. Default: PG_CONN_STR, or PGHOST and its like.
   */
  readonly conn_str?: string;
  readonly schema_name: BackendName;
  readonly skip_schema_creation?: boolean;
  readonly skip_table_creation?: boolean;
}
/**
 * A bucket of Google Cloud Storage. Credentials: GOOGLE_CREDENTIALS, GOOGLE_APPLICATION_CREDENTIALS.
 */
export interface GoogleCloudStorageBackend {
  readonly bucket: BackendText;
  readonly prefix: BackendName;
  readonly kms_encryption_key?: BackendText;
  readonly impersonate_service_account?: BackendText;
  readonly storage_custom_endpoint?: BackendText;
}
/**
 * A container of Azure Blob Storage. Credentials: ARM_ACCESS_KEY, ARM_CLIENT_SECRET and the like.
 */
export interface AzureBackend {
  readonly storage_account_name: BackendText;
  readonly container_name: BackendText;
  readonly key: BackendName;
  readonly resource_group_name?: BackendText;
  readonly subscription_id?: BackendText;
  readonly tenant_id?: BackendText;
  readonly client_id?: BackendText;
  readonly environment?: BackendText;
  readonly metadata_host?: BackendText;
  readonly msi_endpoint?: BackendText;
  readonly use_azuread_auth?: boolean;
  readonly use_oidc?: boolean;
  readonly use_msi?: boolean;
  readonly use_cli?: boolean;
  readonly snapshot?: boolean;
}
/**
 * A Consul key-value store. Credentials: CONSUL_HTTP_TOKEN.
 */
export interface ConsulBackend {
  readonly path: BackendName;
  readonly address?: BackendText;
  readonly scheme?: 'http' | 'https';
  readonly datacenter?: BackendText;
  readonly gzip?: boolean;
  readonly lock?: boolean;
  readonly ca_file?: BackendText;
}
/**
 * A secret of a Kubernetes cluster. Credentials: KUBE_TOKEN, or a configuration file.
 */
export interface KubernetesBackend {
  readonly secret_suffix: BackendName;
  readonly namespace?: BackendText;
  readonly labels?: {
    readonly [k: string]: BackendText;
  };
  readonly in_cluster_config?: boolean;
  readonly config_path?: BackendText;
  readonly config_context?: BackendText;
}
/**
 * HCP Terraform, Terraform Enterprise or a compatible server. Credentials: TF_TOKEN_<host>, or `terraform login`.
 */
export interface RemoteBackend {
  readonly hostname?: BackendText;
  readonly organization: BackendText;
  /**
   * `name` for one workspace of each client, or `prefix` for several, among which TF_WORKSPACE chooses.
   */
  readonly workspaces: {
    readonly name?: BackendName;
    readonly prefix?: BackendName;
  };
}
/**
 * HCP Terraform or Terraform Enterprise by a `cloud` block. Credentials: TF_TOKEN_<host>, or `terraform login`.
 */
export interface CloudSettings {
  readonly hostname?: BackendText;
  readonly organization: BackendText;
  readonly workspaces: {
    readonly name: BackendName;
    readonly project?: BackendText;
  };
}
/**
 * How mails to clients leave. Without it they are only prepared as text.
 */
export interface MailSettings {
  readonly from: Mailbox;
  readonly replyTo?: Mailbox;
  /**
   * @maxItems 10
   */
  readonly bcc?: readonly Mailbox[];
  readonly smtp?: SMTPSettings;
}
/**
 * The outgoing mail server.
 */
export interface SMTPSettings {
  readonly host: Host;
  readonly port?: Port;
  /**
   * Default: starttls.
   */
  readonly security?: 'starttls' | 'tls' | 'none';
  readonly credentials?: Credential;
}
/**
 * How tickets are written. `pack`: texts to paste, the default. The others send them.
 */
export interface JDSSettings {
  readonly driver?: 'pack' | 'mail' | 'webhook' | 'form';
  readonly url?: WebUrl;
  readonly profile?: Label;
  readonly credentials?: Credential;
  readonly defaults?: JDSFields;
}
/**
 * Fields of the ticket, with the words of the CRM.
 */
export interface JDSFields {
  readonly cliente?: Text;
  readonly perfil?: Text;
  readonly tema?: Text;
  readonly tipo?: Text;
  readonly compromiso?: Text;
  /**
   * Prioridad. Default: Alta.
   */
  readonly prioridad?: 'Baja' | 'Media' | 'Alta' | 'Urgente';
  /**
   * Fecha: days until the latest date to solve it.
   */
  readonly fechaDias?: number;
  readonly area?: Text;
  readonly contacto?: Text;
  readonly telefono?: Text;
}
/**
 * A file of clients/<id>/: what one client has. All files of the folder are merged; `client`, `engine` and `policy` stand in one of them.
 */
export interface ClientDocument {
  readonly apiVersion: ApiVersion;
  readonly kind: 'Client';
  readonly client?: ClientBlock;
  readonly engine?: Engine;
  readonly policy?: Policy;
  readonly access?: Access;
  readonly provisioning?: Provisioning;
  /**
   * The client's PBXs, by a short name that extensions refer to.
   */
  readonly pbx?: {
    readonly [k: string]: PBX;
  };
  /**
   * The client's extensions.
   */
  readonly extensions?: readonly Extension[];
  /**
   * Phones and softphones that extensions register on.
   */
  readonly devices?: readonly Device[];
  /**
   * No longer ours, but left where they are: `main/110` for an extension, `device:recepcion/1` for a line.
   */
  readonly released?: readonly string[];
  readonly checks?: Checks;
}
/**
 * Who the client is. Once per folder.
 */
export interface ClientBlock {
  readonly id: ClientId;
  readonly name: Text;
  readonly email?: Email;
  /**
   * Language of mails to the client. Default: es.
   */
  readonly locale?: 'es' | 'en';
  /**
   * `baja`: the client has left; everything of theirs is removed, and the folder stays. Default: activo.
   */
  readonly status?: 'activo' | 'baja';
  readonly jds?: JDSFields;
}
/**
 * A tenant on a platform of alta.yaml (`platform`), or a PBX of the client's own (`driver`).
 */
export interface PBX {
  readonly platform?: Label;
  readonly driver?: PbxDriver;
  /**
   * The client's code on the platform, in quotes: tenant code, company id.
   */
  readonly tenant?: string;
  readonly tenantName?: Text;
  readonly serial?: Text;
  readonly profile?: Label;
  readonly url?: Url;
  readonly insecure?: InsecureReason;
  readonly tls?: TLSOptions;
  readonly via?: Label;
  readonly sip?: SIPSettings;
  readonly observer?: Observer;
  readonly credentials?: Credentials;
  readonly mode?: Mode;
  readonly presence?: Presence;
  readonly options?: PBXOptions;
  readonly numberFormat?: NumberFormat;
  readonly policy?: Policy;
}
/**
 * One extension. A field that is not declared is not managed; null says so aloud, also where a policy has a default.
 */
export interface Extension {
  readonly pbx: Label;
  readonly number: ExtensionNumber;
  readonly name: Text;
  readonly callerIdName?: OptionalText;
  readonly email?: Email;
  readonly callerId?: CallerId;
  /**
   * Number shown to emergency services, in quotes.
   */
  readonly emergencyCallerId?: string | null;
  readonly role?: Role;
  readonly internalOnly?: InternalOnly;
  readonly userAgent?: UserAgent;
  readonly location?: Location;
  readonly department?: OptionalText;
  readonly title?: OptionalText;
  readonly type?: ExtensionType;
  /**
   * Name the phone registers with, where it can be chosen. Panel: Registration Name.
   */
  readonly registrationName?: string | null;
  readonly concurrentRegistrations?: ConcurrentRegistrations;
  readonly nat?: Nat;
  readonly status?: ExtensionStatus;
  readonly voicemail?: Voicemail;
  readonly voicemailToEmail?: VoicemailToEmail;
  readonly incomingLimit?: CallLimit;
  readonly outgoingLimit?: CallLimit;
  /**
   * Mobile number of the user, in quotes.
   */
  readonly mobile?: string | null;
  /**
   * Short number of the user's mobile, in quotes. Panel: Extensión móvil.
   */
  readonly mobileExtension?: string | null;
  readonly language?: Language;
  readonly ringTimeout?: RingTimeout;
  readonly maxCallDuration?: MaxCallDuration;
  /**
   * Do not disturb.
   */
  readonly doNotDisturb?: boolean | null;
  readonly callRecording?: CallRecording;
  readonly dtmfMode?: DtmfMode;
  readonly mediaEncryption?: MediaEncryption;
  /**
   * Number of the queue agent, in quotes.
   */
  readonly agentId?: string | null;
  readonly secrets?: ExtensionSecrets;
  /**
   * Never delete it while this is true.
   */
  readonly protect?: boolean;
  readonly adopt?: Adopt;
}
/**
 * A phone or softphone and its accounts.
 */
export interface Device {
  readonly id: Label;
  /**
   * Kind of device. `generic`: anything else; a person sets it up from a card.
   */
  readonly driver: 'yealink' | 'microsip' | 'linphone' | 'zoiper' | 'groundwire' | 'generic';
  readonly name?: Text;
  /**
   * Model, without the maker.
   */
  readonly model?: string;
  /**
   * Firmware version, where it must be known without asking the phone.
   */
  readonly firmware?: string;
  /**
   * MAC address.
   */
  readonly mac?: string;
  readonly serial?: Text;
  /**
   * System a softphone runs on; `android` adds the battery and background checklist.
   */
  readonly os?: 'android' | 'ios' | 'windows' | 'macos' | 'linux';
  readonly address?: Url;
  readonly insecure?: InsecureReason;
  readonly via?: Label;
  readonly tls?: TLSOptions;
  readonly network?: Network;
  readonly mode?: Mode;
  readonly presence?: Presence;
  /**
   * All lines of the device are ours: lines that are not declared are switched off and emptied.
   */
  readonly exclusive?: boolean;
  readonly credentials?: Credentials;
  readonly publish?: Publish;
  /**
   * microsip: folder of its settings, where it is not the user's own.
   */
  readonly path?: string;
  /**
   * microsip: Modo llamada simple. Default: false, so that calls can be held and transferred.
   */
  readonly singleCallMode?: boolean | null;
  readonly accounts?: readonly Account[];
}
/**
 * How a device that Alta cannot reach gets its settings.
 */
export interface Publish {
  /**
   * `provisioning`: it fetches a file · `rps`: the maker's redirection service · `link`: link or QR code · `card`: a card to type from.
   */
  readonly method: 'provisioning' | 'rps' | 'link' | 'card';
  readonly store?: Label;
  /**
   * provisioning: how the phone is told to fetch, at its `address`. `notify`: SIP NOTIFY check-sync · `action-uri`: its web page · `none`: it fetches by itself. Default: none.
   */
  readonly trigger?: 'notify' | 'action-uri' | 'none';
  /**
   * provisioning, trigger `notify`: the port the phone listens on for SIP. Default: 5060.
   */
  readonly sipPort?: number;
  /**
   * The link stays valid and asks for a password, for apps that fetch it again at each start.
   */
  readonly persistent?: boolean;
  /**
   * Life of a link in hours. Default: 24.
   */
  readonly hours?: number;
  readonly providerId?: Text;
  readonly pageId?: Text;
}
/**
 * One SIP identity on a device, in one line.
 */
export interface Account {
  /**
   * Line of the device, from 1.
   */
  readonly line: number;
  readonly extension: ExtensionReference;
  /**
   * Panel: Line Active. Default: true.
   */
  readonly active?: boolean | null;
  readonly label?: OptionalText;
  readonly displayName?: OptionalText;
  readonly registerName?: OptionalText;
  readonly userName?: OptionalText;
  readonly server?: Host;
  readonly port?: Port;
  readonly domain?: Host;
  readonly outboundProxy?: Host;
  readonly network?: Network;
  readonly transport?: SipTransport;
  readonly expires?: Expires;
  readonly retries?: Retries;
  readonly retryInterval?: RetryInterval;
  readonly keepAlive?: KeepAlive;
  readonly mediaEncryption?: MediaEncryption;
  /**
   * Number that the voicemail key dials, in quotes.
   */
  readonly voicemailNumber?: string | null;
  /**
   * Never delete it while this is true.
   */
  readonly protect?: boolean;
  readonly adopt?: Adopt;
}
/**
 * What `alta verify` proves beside the registrations.
 */
export interface Checks {
  readonly callFlows?: readonly CallFlow[];
  readonly testCalls?: readonly TestCall[];
}
/**
 * A ring group, queue or menu that must reach these extensions.
 */
export interface CallFlow {
  readonly name: Text;
  readonly pbx: Label;
  readonly number?: PhoneNumber;
  /**
   * @minItems 1
   */
  readonly reaches: readonly ExtensionNumber[];
}
/**
 * A call to place, and the number that must be seen at the other end.
 */
export interface TestCall {
  readonly from: ExtensionReference;
  readonly to: PhoneNumber;
  readonly shows?: PhoneNumber;
}
/**
 * secrets.yaml: encrypted values only, one age ciphertext each, bound to its name. Written by `alta secrets`.
 */
export interface SecretsDocument {
  readonly apiVersion: ApiVersion;
  readonly kind: 'Secrets';
  readonly client?: ClientId;
  readonly connect?: SecretGroup;
  readonly values?: SecretGroup;
}
/**
 * Encrypted values by name.
 */
export interface SecretGroup {
  readonly [k: string]: SecretEntry;
}
/**
 * One encrypted value.
 */
export interface SecretEntry {
  /**
   * Random public id of this version of the value (ULID).
   */
  readonly rev: string;
  /**
   * The age file in base64, on one line.
   */
  readonly age: string;
}

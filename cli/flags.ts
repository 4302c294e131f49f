export type Format = 'text' | 'markdown' | 'json' | 'github' | 'gitlab';

/** Every option of every command, after parsing. What was not given is undefined, except lists, which are empty. */
export interface Flags {
  readonly client: readonly string[];
  readonly target: readonly string[];
  readonly exclude: readonly string[];
  readonly since?: string;
  readonly json?: true;
  readonly format?: Format;
  readonly parallelism?: number;
  readonly workspace?: string;
  /** A file, or the folder of `synth`. */
  readonly out?: string;
  /** A file of `terraform state pull`. */
  readonly state?: string;
  readonly detailedExitcode?: true;
  readonly strict?: true;
  /** False with `--no-read`. */
  readonly read?: boolean;
  readonly allowDelete?: number;
  readonly recreate?: number;
  readonly overrideLimits?: string;
  readonly acceptOutage?: string;
  readonly republish?: boolean;
  readonly yes?: true;
  readonly autoApprove?: true;
  readonly rollback?: true;
  /** Milliseconds. */
  readonly lockTimeout?: number;
  readonly report?: string;
  readonly check?: true;
  readonly dryRun?: true;
  readonly note?: string;
  readonly name?: string;
  readonly group?: 'connect' | 'values';
  readonly rotate?: true;
  /** Milliseconds. */
  readonly wait?: number;
  readonly fromFile?: string;
  readonly replace?: true;
  /** `[user@]host[:port]` */
  readonly ssh?: string;
  readonly access?: string;
  readonly profile?: string;
  readonly from?: string;
  /** `field=value` */
  readonly sentinels?: readonly string[];
  readonly canary?: string;
  readonly vouch?: readonly string[];
  readonly extensions?: number;
  /** Milliseconds. */
  readonly latency?: number;
  /** True where it stands alone. */
  readonly boxes?: true | readonly string[];
  /** True where it stands alone. */
  readonly phones?: true | readonly string[];
  readonly fault: readonly string[];
  readonly port?: number;
  /** `terraform`, `tofu`, or a path. */
  readonly program?: string;
}

export const formats: readonly Format[] = ['text', 'markdown', 'json', 'github', 'gitlab'];

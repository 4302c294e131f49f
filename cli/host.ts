import type { Engine } from './engine.ts';

/** A stream that a command writes to. */
export interface Output {
  write(text: string): void;
  readonly isTTY: boolean;
}

/** The world a command line lives in. Tests put their own in its place. */
export interface Host {
  readonly cwd: string;
  /** Mutable: the engine deletes secrets from it. */
  readonly env: Record<string, string | undefined>;
  readonly stdout: Output;
  readonly stderr: Output;
  readonly stdin: {
    readonly isTTY: boolean;
    /** Everything piped in. */
    text(): Promise<string>;
  };
  /**
   * Calls back at every SIGINT and SIGTERM, and at the SIGHUP of a terminal that closes where no signal came before, with its name, until
   * the returned function is called.
   */
  onInterrupt(listener: (signal?: NodeJS.Signals) => void): () => void;
  /** Ends the process now: the third Ctrl-C. */
  exit(code: number): void;
  /** Name of the person or job: claimed, not verified. */
  user(): string;
  /** The engine's commands, loaded when first needed. */
  engine(): Promise<Engine>;
}

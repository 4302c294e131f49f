import type { Lang } from '../../engine/model/messages/message.ts';
import type { Format } from '../flags.ts';
import type { OptionName } from '../options.ts';
import type { Run } from '../shell.ts';

/** One command: its words and options, and where its code is. The code is loaded when the command runs. */
export interface CommandRow {
  /** `plan`, or `secrets set` for a command of a group. */
  readonly name: string;
  /** As commander takes them: `[file]`, `<name>`, `[numbers...]`. */
  readonly args?: readonly ArgumentRow[];
  readonly help: Readonly<Record<Lang, string>>;
  readonly options: readonly OptionName[];
  /** `text` and `json` go without saying. */
  readonly formats?: readonly Format[];
  readonly load: () => Promise<{ readonly run: Run }>;
}

export interface ArgumentRow {
  readonly name: string;
  readonly help: Readonly<Record<Lang, string>>;
}

/** Options of commands that work on clients and targets. */
export const scope = [
  'client',
  'target',
  'exclude',
  'since',
  'parallelism',
] as const satisfies readonly OptionName[];

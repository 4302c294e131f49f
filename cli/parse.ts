import { Command, CommanderError } from 'commander';
import { closest } from 'fastest-levenshtein';
import { AltaError } from '../engine/model/diagnostic.ts';
import type { Lang } from '../engine/model/messages/message.ts';
import type { Flags } from './flags.ts';
import { placeholder, titles, translated } from './help.ts';
import type { OptionRow } from './option-values.ts';
import { type OptionName, options } from './options.ts';
import { type CommandRow, commands, commonOptions, groups } from './table/index.ts';
import { version } from './version.ts';

/** A command line understood: which command, with what. */
export interface Invocation {
  readonly row: CommandRow;
  /** By position; the repeating last one is flattened. */
  readonly args: readonly string[];
  readonly flags: Flags;
}

/** Where help goes: asked for on standard output, unasked for on standard error. */
export interface Printer {
  out(text: string): void;
  err(text: string): void;
}

/**
 * Reads a command line. Null where help or the version was printed instead.
 *
 * @throws AltaError `unknown-command`, `unknown-option`, `missing-argument`, `option-without-value`, `option-value`,
 * `excess-arguments`.
 */
export function parse(argv: readonly string[], lang: Lang, print: Printer): Invocation | null {
  let invocation: Invocation | null = null;
  const program = programOf(lang, print, (row, command) => {
    invocation = { row, args: command.args, flags: flagsOf(command) };
  });
  try {
    program.parse(argv, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return null;
    if (error.code === 'commander.help') throw commandMissing(lang);
    throw new AltaError('usage-invalid', { message: error.message });
  }
  return invocation;
}

/** Help was printed unasked: a command that has others under it stood alone. */
function commandMissing(lang: Lang): AltaError {
  return new AltaError('missing-argument', { command: 'alta', argument: `<${titles[lang].command}>` });
}

type Chosen = (row: CommandRow, command: Command) => void;

function programOf(lang: Lang, print: Printer, chosen: Chosen): Command {
  const program = new AltaCommand('alta');
  program
    .enablePositionalOptions()
    .exitOverride()
    .configureOutput({ writeOut: print.out, writeErr: print.err, outputError: () => undefined });
  program.configureHelp({
    styleTitle: (title) => translated(title, lang),
    commandUsage: (command) => usageOf(command, lang),
    subcommandTerm: (command) =>
      [command.name(), argumentsOf(command)].filter((part) => part !== '').join(' '),
  });
  program.description(titles[lang].description).version(version, '-V, --version', titles[lang].version);
  dress(program, lang);
  for (const row of commands) addCommand(program, row, lang, chosen);
  program.helpCommand(`help [${titles[lang].command}]`, titles[lang].help);
  return program;
}

function addCommand(program: Command, row: CommandRow, lang: Lang, chosen: Chosen): void {
  const [first = '', second] = row.name.split(' ');
  const parent = second === undefined ? program : groupOf(program, first, lang);
  const command = parent.command(second ?? first).description(row.help[lang]);
  for (const { name, help } of row.args ?? []) command.argument(placeholder(name, lang), help[lang]);
  // Others may stand under it: `terraform mirror`.
  command.enablePositionalOptions().helpCommand(false).optionsGroup(titles[lang].options);
  for (const name of row.options) addOption(command, name, lang);
  dress(command, lang).action(() => chosen(row, command));
}

/** The command that others stand under, made when the first of them needs it. */
function groupOf(program: Command, name: string, lang: Lang): Command {
  const known = program.commands.find((command) => command.name() === name);
  if (known !== undefined) return known;
  const group = program.command(name).enablePositionalOptions().helpCommand(false);
  return dress(group.description(groups[name]?.[lang] ?? ''), lang);
}

/** What every command carries: the common options and help, in its language. */
function dress(command: Command, lang: Lang): Command {
  command.optionsGroup(titles[lang].commonOptions);
  for (const name of commonOptions) addOption(command, name, lang);
  return command.helpOption('-h, --help', titles[lang].help);
}

function addOption(command: Command, name: OptionName, lang: Lang): void {
  const { flags: english, help, parse }: OptionRow = options[name];
  const flags = placeholder(english, lang);
  if (parse === undefined) command.option(flags, help[lang]);
  else command.option(flags, help[lang], parse);
}

function usageOf(command: Command, lang: Lang): string {
  const names: string[] = [];
  for (let at: Command | null = command; at !== null; at = at.parent) names.unshift(at.name());
  const next =
    command.commands.length > 0 && command.registeredArguments.length === 0
      ? `<${titles[lang].command}>`
      : '';
  const parts = [...names, `[${titles[lang].optionsWord}]`, next, argumentsOf(command)];
  return parts.filter((part) => part !== '').join(' ');
}

function argumentsOf(command: Command): string {
  return command.registeredArguments
    .map((argument) => {
      const text = `${argument.name()}${argument.variadic ? '...' : ''}`;
      return argument.required ? `<${text}>` : `[${text}]`;
    })
    .join(' ');
}

/** Options may stand before or after the name of the command; the ones after it win. */
function flagsOf(command: Command): Flags {
  const chain: Command[] = [];
  for (let at: Command | null = command; at !== null; at = at.parent) chain.unshift(at);
  const given = Object.assign({}, ...chain.map((at) => at.opts())) as Partial<Flags>;
  return { client: [], target: [], exclude: [], fault: [], ...given };
}

/** Commander with our own complaints: closed codes instead of English sentences. */
class AltaCommand extends Command {
  override createCommand(name?: string): Command {
    return new AltaCommand(name);
  }

  path(): string {
    return this.parent instanceof AltaCommand ? `${this.parent.path()} ${this.name()}` : this.name();
  }

  /** What was given to it is left out: it may be a password. */
  unknownOption(given: string): never {
    const option = given.replace(/=.*$/s, '=…');
    const known = this.options.flatMap(({ long }) => long ?? []);
    throw new AltaError('unknown-option', { option, command: this.path(), similar: closest(option, known) });
  }

  unknownCommand(): never {
    const known = this.commands.map((command) => command.name());
    const name = this.args[0] ?? '';
    throw new AltaError('unknown-command', { name, similar: closest(name, known) });
  }

  missingArgument(argument: string): never {
    throw new AltaError('missing-argument', { command: this.path(), argument: `<${argument}>` });
  }

  optionMissingArgument(option: { flags: string }): never {
    throw new AltaError('option-without-value', { command: this.path(), option: option.flags });
  }

  _excessArguments(received: readonly string[]): never {
    const extra = received.slice(this.registeredArguments.length);
    if (this.path().startsWith('alta secrets ')) extra.fill('…');
    throw new AltaError('excess-arguments', { command: this.path(), arguments: extra });
  }
}

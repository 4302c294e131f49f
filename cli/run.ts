import { AltaError } from '../engine/model/diagnostic.ts';
import type { Format } from './flags.ts';
import type { Host } from './host.ts';
import { exitCode } from './outcome.ts';
import { type Invocation, parse } from './parse.ts';
import { type Preferences, preferencesOf } from './preferences.ts';
import { formatOf, type Shell } from './shell.ts';
import { version } from './version.ts';

/** Runs a command line from its arguments to its exit code. Never throws for what a command meets. */
export async function run(argv: readonly string[], host: Host): Promise<number> {
  if (argv.length === 1 && (argv[0] === '--version' || argv[0] === '-V')) {
    host.stdout.write(`${version}\n`);
    return 0;
  }
  const preferences = preferencesOf(argv, host.env);
  const known: { invocation: Invocation | null } = { invocation: null };
  try {
    known.invocation = parse(argv, preferences.lang, {
      out: (text) => host.stdout.write(text),
      err: (text) => host.stderr.write(text),
    });
    return known.invocation === null ? 0 : exitCode(await carryOut(known.invocation, host, preferences));
  } catch (error) {
    const { fail } = await import('./failure.ts');
    const github = known.invocation?.flags.format === 'github';
    return fail(error, host, preferences, known.invocation?.row.name ?? '', github);
  }
}

async function carryOut({ row, args, flags }: Invocation, host: Host, preferences: Preferences) {
  const format = formatOf(flags, preferences);
  const available: readonly Format[] = ['text', 'json', ...(row.formats ?? [])];
  if (!available.includes(format)) {
    throw new AltaError('format-unavailable', { command: `alta ${row.name}`, format, available });
  }
  const { lang, color, debug } = preferences;
  const shell: Shell = { host, lang, format, command: row.name, args, flags, color, debug };
  const command = await row.load();
  return command.run(shell);
}

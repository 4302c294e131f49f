import type { Lang } from '../engine/model/messages/message.ts';

/** What must be known before the command line is understood, to complain in the right language and form. */
export interface Preferences {
  readonly lang: Lang;
  readonly json: boolean;
  /** False with `--no-color` or NO_COLOR. */
  readonly color: boolean;
  readonly debug: boolean;
}

/** Looks at the raw arguments; never fails. Wrong values are complained about later, by the option itself. */
export function preferencesOf(
  argv: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Preferences {
  const end = argv.indexOf('--');
  const options = end === -1 ? argv : argv.slice(0, end);
  const noColor = options.includes('--no-color') || (env.NO_COLOR ?? '') !== '';
  return {
    lang: langOf(valueAfter('--lang', options), env),
    json: options.includes('--json') || valueAfter('--format', options) === 'json',
    color: !noColor,
    debug: options.includes('--debug'),
  };
}

/** `--lang`, else the first of LC_ALL, LC_MESSAGES, LANG that is set; Spanish where it says so, else English. */
function langOf(flag: string | undefined, env: Readonly<Record<string, string | undefined>>): Lang {
  const locale = flag ?? [env.LC_ALL, env.LC_MESSAGES, env.LANG].find((value) => value);
  return /^es(?![a-z])/i.test(locale ?? '') ? 'es' : 'en';
}

function valueAfter(option: string, argv: readonly string[]): string | undefined {
  const joined = argv.find((argument) => argument.startsWith(`${option}=`));
  if (joined !== undefined) return joined.slice(option.length + 1);
  const at = argv.indexOf(option);
  return at === -1 ? undefined : argv[at + 1];
}

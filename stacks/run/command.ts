import { isAbsolute, normalize } from 'node:path';

/** What is asked of Terraform, as far as Alta must understand it to prepare the ground. Everything else is passed on unread. */
export interface Asked {
  /** `plan`; `state` for `state list`; null where there is only an option, such as `-help`. */
  readonly name: string | null;
  /** All of it, untouched. */
  readonly args: readonly string[];
  /** Asks nothing about any client: runs once, without stacks. */
  readonly general: boolean;
  /** `terraform init` runs before it. */
  readonly init: boolean;
  /** Looks at configuration and state together: `moved` and `import` blocks must be there. */
  readonly known: boolean;
  /** The plan that `apply` or `show` is given, or that `plan -out` writes; relative to the folder of the stack. */
  readonly planFile: string | null;
  /** It would stop and ask a person. */
  readonly asks: boolean;
  /** It names a folder of its own with `-chdir`. */
  readonly elsewhere: boolean;
}

/** Commands about Terraform itself. */
const general = new Set(['version', 'login', 'logout', 'help']);

/** Commands that compare what is written with what is there, or bring one to the other. */
const comparing = new Set(['plan', 'apply', 'destroy', 'refresh', 'import']);

/** Options whose value may follow as a word of its own; all others are switches. From the help of Terraform 1.11 and OpenTofu 1.11. */
const valued = new Set([
  'backend-config',
  'backup',
  'config',
  'exclude',
  'exclude-file',
  'from-module',
  'generate-config-out',
  'lock-timeout',
  'lockfile',
  'out',
  'parallelism',
  'plugin-dir',
  'replace',
  'state',
  'state-out',
  'target',
  'target-file',
  'var',
  'var-file',
]);

/** Reads the words after `--`. Never fails: what is wrong in them Terraform says best. */
export function askedOf(args: readonly string[]): Asked {
  const at = args.findIndex((word) => !word.startsWith('-'));
  const name = at === -1 ? null : (args[at] ?? null);
  const before = at === -1 ? args : args.slice(0, at);
  const words = sorted(at === -1 ? [] : args.slice(at + 1));
  const help = [...before, ...words.options.keys()].some((word) => /^-*(help|h)$/.test(word));
  const isGeneral = help || name === null || general.has(name);
  return {
    name,
    args,
    general: isGeneral,
    init: !isGeneral && name !== 'init',
    known: !isGeneral && comparing.has(name),
    planFile: planFileOf(name, words),
    asks: asks(name, words),
    elsewhere: before.some((word) => /^--?chdir\b/.test(word)),
  };
}

/** A file that would be one and the same for every stack, although each has a plan of its own. */
export function isShared(planFile: string): boolean {
  return isAbsolute(planFile) || /^\.\.(?:[\\/]|$)/.test(normalize(planFile));
}

interface Words {
  /** Name without dashes → value; empty for a switch. */
  readonly options: ReadonlyMap<string, string>;
  readonly operands: readonly string[];
}

function sorted(words: readonly string[]): Words {
  const options = new Map<string, string>();
  const operands: string[] = [];
  let awaiting: string | null = null;
  for (const word of words) {
    const [, option, equals, value = ''] = /^--?([a-z][\w-]*)(=?)(.*)$/s.exec(word) ?? [];
    if (awaiting !== null) {
      options.set(awaiting, word);
      awaiting = null;
    } else if (option === undefined) operands.push(word);
    else if (equals === '' && valued.has(option)) awaiting = option;
    else options.set(option, value);
  }
  return { options, operands };
}

function planFileOf(name: string | null, { options, operands }: Words): string | null {
  if (name === 'plan') return options.get('out') ?? null;
  return name === 'apply' || name === 'show' ? (operands.at(-1) ?? null) : null;
}

/** A saved plan was looked at when it was made. */
function asks(name: string | null, { options, operands }: Words): boolean {
  if (name !== 'apply' && name !== 'destroy') return false;
  const approved = options.has('auto-approve') && !/^(0|f|false)$/i.test(options.get('auto-approve') ?? '');
  return !approved && !(name === 'apply' && operands.length > 0);
}

import { matches, type Rule, sample } from '../rule.ts';
import { isUnder, type SourceFile } from '../source.ts';

/** Everything but the samples of these rules. */
export function isText(file: SourceFile): boolean {
  return !isUnder(file, 'test/tidy/') && !/\.(png|jpg|ico|gz)$/.test(file.path);
}

/** A rule against a pattern anywhere in the repository. */
function patternRule(
  name: string,
  pattern: RegExp,
  samples: { readonly caught: readonly string[]; readonly fine: readonly string[] },
): Rule {
  return {
    name,
    check: (files) =>
      files
        .filter(isText)
        .flatMap((file) => matches(file, pattern, ([text]) => `holds ${text.slice(0, 40)}`)),
    caught: samples.caught.map((text) => sample('docs/a.md', text)),
    fine: samples.fine.map((text) => sample('docs/a.md', text)),
  };
}

export const noMachinePaths = patternRule(
  'no file names a path of one machine',
  /(?<![\w.$}/-])\/(root|work)\/[\w.-]+|(?<![\w.$}/-])\/(home|Users)\/(?!ana\b|alta\b|usuario\b)[a-z][\w-]*\//g,
  {
    caught: ['see /root/notes.txt', "'/work/app/dist'", '`/home/peter/alta/`', '/Users/peter/x'],
    fine: ['`/home/ana/alta/`', 'framework/root/x', 'https://pbx.example.com/work/x'],
  },
);

export const noRegistryHosts = patternRule(
  'no file names a package registry',
  /registry\.(npmjs|yarnpkg|terraform|opentofu)\b[\w.]*|npmjs\.(com|org)|proxy\.golang\.org|artifactory|(?<=_?registry\s*=\s*)https?:\S+/gi,
  {
    caught: [`https://${['registry', 'npmjs'].join('.')}.org/x`, 'registry=https://packages.example.com'],
    fine: ['providers/registry.ts', 'a registry of drivers'],
  },
);

export const noPrivateKeys = patternRule(
  'no file holds a private key',
  /AGE-SECRET-KEY-1[02-9AC-HJ-NP-Z]{58}|-----BEGIN [A-Z ]*PRIVATE KEY-----\s+[A-Za-z0-9+/=]{16,}/g,
  {
    caught: [
      `AGE-SECRET-KEY-1${'Q'.repeat(58)}`,
      `-----BEGIN OPENSSH PRIVATE KEY-----\n${'b3BlbnNzaC1rZXktdjEA'.repeat(2)}`,
    ],
    fine: ['AGE-SECRET-KEY-1…', '-----BEGIN PRIVATE KEY-----'],
  },
);

export const noLeftovers = patternRule(
  'nothing is left to be done',
  /\b(TODO|FIXME|XXX|HACK)\b(?!:? ?[a-z]+\()/g,
  { caught: ['// TODO: later', 'FIXME', '/* XXX */'], fine: ['todo lo que falta', 'método', 'XXXX'] },
);

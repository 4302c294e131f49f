import { resolve } from 'node:path';
import {
  type SentinelName,
  type Sentinels,
  type SwitchName,
  sentinelNames,
  switchNames,
  type Told,
} from '../../engine/load/har/index.ts';
import { AltaError } from '../../engine/model/index.ts';
import { diagnosticsJson } from '../../engine/report/index.ts';
import { type HarResult, importHar } from '../../engine/run/profile/index.ts';
import { withEngine } from '../context.ts';
import { editsText } from '../edits.ts';
import { diagnosticsOutcome } from '../outcome.ts';
import { humanOutput, type Run, type Shell, say, showDiagnostics, styleFor, writeJson } from '../shell.ts';
import { version } from '../version.ts';
import { harText } from './profile-text.ts';

/** Where a profile starts from unless told otherwise. */
const usualProfile = 'pekepbx-v36';

/** What a person is asked to type into the form unless they say what they typed: values that occur nowhere else. */
const usualSentinels: Sentinels = {
  number: '987',
  name: 'ZZ-NAME-1',
  email: 'zz-email-1@example.com',
  role: 'user',
  mobile: '600987001',
  mobileExtension: '98765',
  sip: 'ZZSIPaaaa1111bbb',
  portal: 'ZZ-PASS-1',
};

/** `alta profile import-har FILE --profile NAME`: proposes a profile from what a browser recorded. */
export const run: Run = async (shell) => {
  const { args, flags, host, command } = shell;
  const [filename = ''] = args;
  const { profile, from = usualProfile } = flags;
  if (profile === undefined)
    throw new AltaError('missing-argument', { command: `alta ${command}`, argument: '--profile <name>' });
  if (!/^[a-zA-Z0-9][a-zA-Z0-9._-]{0,62}$/.test(profile))
    throw new AltaError('option-value', { option: '--profile', value: profile, expected: 'a-z 0-9 . _ -' });
  const dryRun = flags.dryRun === true;
  const options = {
    path: resolve(host.cwd, filename),
    filename,
    profile,
    from,
    told: toldIn(flags.sentinels ?? []),
    replace: flags.replace === true,
    dryRun,
  };
  const result = await withEngine(shell, ({ context }) => importHar(context, options));
  await show(shell, result, dryRun);
  return diagnosticsOutcome(result.diagnostics);
};

async function show(shell: Shell, result: HarResult, dryRun: boolean): Promise<void> {
  const { findings, recording, edits, diagnostics } = result;
  await showDiagnostics(shell, diagnostics);
  if (shell.format !== 'json') {
    say(shell, harText(result, shell.lang, styleFor(humanOutput(shell), shell)));
    const heads = edits.map((edit) => ({ ...edit, summary: [] }));
    if (recording !== null) say(shell, editsText(shell, heads, dryRun));
    return;
  }
  writeJson(shell, {
    format_version: '1.0',
    alta_version: version,
    command: shell.command,
    errored: diagnostics.some(({ severity }) => severity === 'error'),
    dry_run: dryRun,
    recording,
    findings: findings.map(({ edits: _edits, ...finding }) => finding),
    edits,
    diagnostics: diagnosticsJson(diagnostics, shell.lang),
  });
}

/**
 * `name=ZZ-NAME-1` and so on over the usual values; `flipped=internalOnly+voicemail` in the order in which they were flipped. A field that
 * was left empty is given as `mobile=`.
 * @throws AltaError `option-value`
 */
function toldIn(pairs: readonly string[]): Told {
  const given = pairs.map((pair) => {
    const at = pair.indexOf('=');
    return [pair.slice(0, Math.max(0, at)), pair.slice(at + 1)] as const;
  });
  const flipped = given.find(([name]) => name === 'flipped')?.[1].split('+') ?? ['internalOnly'];
  for (const [name] of given)
    if (name !== 'flipped' && !isSentinel(name)) throw strange(name, [...sentinelNames, 'flipped']);
  for (const name of flipped) if (!isSwitch(name)) throw strange(name, switchNames);
  const values = { ...usualSentinels, ...Object.fromEntries(given.filter(([name]) => name !== 'flipped')) };
  const typed = Object.entries(values).filter(([, value]) => value !== '');
  for (const [index, [name, value]] of typed.entries()) {
    const other = typed.slice(0, index).find(([, known]) => known === value);
    if (other !== undefined) throw strange(`${name}=${value}`, [`${name} ≠ ${other[0]}`]);
  }
  return { sentinels: Object.fromEntries(typed), flipped: flipped.filter(isSwitch) };
}

function isSentinel(name: string): name is SentinelName {
  return (sentinelNames as readonly string[]).includes(name);
}

function isSwitch(name: string): name is SwitchName {
  return (switchNames as readonly string[]).includes(name);
}

function strange(value: string, expected: readonly string[]): AltaError {
  return new AltaError('option-value', { option: '--sentinels', value, expected });
}

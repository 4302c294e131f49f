import { AltaError } from '../../engine/model/index.ts';
import { diagnosticsJson } from '../../engine/report/index.ts';
import type {
  SiteReport,
  SiteTools,
  SiteToolsSource,
  VisitOptions,
  VisitResult,
} from '../../engine/run/profile/index.ts';
import { placeholder } from '../help.ts';
import { diagnosticsOutcome, joinOutcomes, type Outcome } from '../outcome.ts';
import type { Shell } from '../shell.ts';
import { version } from '../version.ts';

/** Drivers whose API a profile describes, and their tools for a visit on site. */
const tools: Readonly<Record<string, () => Promise<SiteTools>>> = {
  pekepbx: () => import('../../providers/pbx/pekepbx/site/index.ts'),
};

/** Loaded only when a target needs them. */
export const siteTools: SiteToolsSource = async (driver) => {
  const load = Object.hasOwn(tools, driver) ? tools[driver] : undefined;
  return load === undefined ? null : load();
};

/**
 * The one target of a command: `acme/pbx:sede`, or short `acme/sede`, by position or with `--target`.
 * @throws AltaError `missing-argument`, `argument-value`
 */
export function visitOptionsOf({ args, flags, command, lang }: Shell): VisitOptions {
  const [address, second] = [...args, ...flags.target];
  const argument = placeholder('<target>', lang);
  if (address === undefined)
    throw new AltaError('missing-argument', { command: `alta ${command}`, argument });
  const [, client, pbx] = /^([^/:]+)\/(?:pbx:)?([^/:]+)$/.exec(address) ?? [];
  if (client !== undefined && pbx !== undefined && second === undefined)
    return { client, pbx, tools: siteTools };
  throw new AltaError('argument-value', { argument, value: second ?? address, expected: 'acme/pbx:sede' });
}

/** The document of a visit. */
export function visitJson(shell: Shell, { report, diagnostics }: VisitResult, more: object = {}) {
  return {
    format_version: '1.0',
    alta_version: version,
    command: shell.command,
    errored: diagnostics.some(({ severity }) => severity === 'error'),
    ...more,
    report,
    diagnostics: diagnosticsJson(diagnostics, shell.lang),
  };
}

/** A refuted mapping is a verification that failed. */
export function visitOutcome({ report, diagnostics }: VisitResult): Outcome {
  return joinOutcomes(diagnosticsOutcome(diagnostics), {
    verifyFailed: report !== null && isRefuted(report),
  });
}

function isRefuted({ verdicts }: SiteReport): boolean {
  return verdicts.some(({ verdict }) => verdict === 'refuted');
}

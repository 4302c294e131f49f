import type { Clue, Finding } from '../../engine/load/har/index.ts';
import type { Lang } from '../../engine/model/index.ts';
import { fill, type Style, safeText } from '../../engine/report/index.ts';
import type {
  HarResult,
  SiteCall,
  SiteDifference,
  SiteReport,
  SiteStep,
  Verdict,
} from '../../engine/run/profile/index.ts';
import { saidText } from './profile-said.ts';
import { profileWords } from './profile-words.ts';

/** What a recording told, one line for each place of the profile. Ends with a newline. */
export function harText({ findings, recording }: HarResult, lang: Lang, style: Style): string {
  if (recording === null) return '';
  const words = profileWords[lang];
  const { kept, used, leftOut } = recording;
  const width = Math.max(0, ...findings.map(({ place }) => place.length));
  const lines = findings.map((finding) => findingLine(finding, width, lang, style));
  const head = `${fill(words.recording, { kept, used })} ${fill(words.leftOut, { ...leftOut })}`;
  return `${[head, ...lines].join('\n')}\n`;
}

function findingLine(finding: Finding, width: number, lang: Lang, style: Style): string {
  const { place, standing, shown, clues, candidates } = finding;
  const words = profileWords[lang];
  const sign = {
    found: style.good('✓'),
    guessed: style.warn('~'),
    ambiguous: style.warn('?'),
    open: style.dim('–'),
    dropped: style.remove('-'),
  }[standing];
  const said = shown === '' ? words.standings[standing] : safeText(shown);
  const evidence = clues.map((clue) => clueText(clue, lang)).join(' · ');
  const others = candidates.map(safeText).join(', ');
  const more = others === '' ? [] : [fill(words.candidates, { candidates: others })];
  const tail = [...(evidence === '' ? [] : [evidence]), ...more].join('; ');
  return `  ${sign} ${safeText(place).padEnd(width)}  ${said}${tail === '' ? '' : `  ${style.dim(tail)}`}`;
}

function clueText({ kind, count }: Clue, lang: Lang): string {
  return fill(profileWords[lang].clues[kind], { n: count });
}

/** Every verdict of a visit, the refuted ones first, and the steps of a trial. Ends with a newline. */
export function reportText(report: SiteReport, lang: Lang, style: Style): string {
  const words = profileWords[lang];
  const { target, profile, samples, verdicts, steps, calls } = report;
  const failing = calls.filter((call) => call.verdict === 'fails');
  const width = Math.max(0, ...verdicts.map(({ place }) => place.length));
  const order = ['refuted', 'open', 'proven'] as const;
  const said = new Set(failing.map(({ place }) => place));
  const fresh = verdicts.filter(({ place, why }) => why !== 'call-failed' || !said.has(place));
  const lines = order.flatMap((verdict) =>
    fresh.filter((one) => one.verdict === verdict).map((one) => verdictLine(one, width, lang, style)),
  );
  const count = (verdict: Verdict['verdict']) => verdicts.filter((one) => one.verdict === verdict).length;
  const totals = { proven: count('proven'), refuted: count('refuted'), open: count('open') };
  return `${[
    fill(words.samples, { target, profile, n: samples }),
    ...steps.map((step) => stepLine(step, lang, style)),
    ...failing.map((call) => callLine(call, lang, style)),
    ...lines,
    fill(words.totals, totals),
  ].join('\n')}\n`;
}

function verdictLine(
  { place, verdict, why, seen }: Verdict,
  width: number,
  lang: Lang,
  style: Style,
): string {
  const words = profileWords[lang];
  const sign = { proven: style.good('✓'), refuted: style.error('✗'), open: style.warn('?') }[verdict];
  const reason = why === null ? words.verdicts[verdict] : (words.whys[why] ?? why);
  const looked = seen === undefined || seen.of === 0 ? [] : [fill(words.seen, { ...seen })];
  const tail = looked.length === 0 ? '' : `  ${style.dim(looked.join(''))}`;
  return `  ${sign} ${safeText(place).padEnd(width)}  ${reason}${tail}`;
}

function callLine({ place, evidence }: SiteCall, lang: Lang, style: Style): string {
  return `  ${style.error('✗')} ${safeText(place)}: ${safeText(saidText(evidence, lang))}`;
}

/** Who must answer for what no self-test proves, and how. Ends with a newline; '' where there is nothing. */
export function vouchText(profile: string, unprovable: readonly string[], lang: Lang): string {
  if (unprovable.length === 0) return '';
  const params = { profile, places: unprovable, option: unprovable.join(',') };
  return `${fill(profileWords[lang].vouch, params)}\n`;
}

function stepLine({ step, field, outcome, evidence }: SiteStep, lang: Lang, style: Style): string {
  const sign = { done: style.good('✓'), failed: style.error('✗'), skipped: style.dim('–') }[outcome];
  const name = [profileWords[lang].steps[step] ?? step, ...(field === undefined ? [] : [field])].join(' ');
  return `  ${sign} ${safeText(name)}: ${safeText(saidText(evidence, lang))}`;
}

/** What is there and not mapped, and the other way round. Ends with a newline. */
export function differenceText(
  { unmapped, missing, mistyped }: SiteDifference,
  lang: Lang,
  style: Style,
): string {
  const words = profileWords[lang];
  const blocks = [
    ...block(
      words.unmapped,
      unmapped.map(({ path, types }) => `${style.add('+')} ${safeText(path)}  ${style.dim(safeText(types))}`),
    ),
    ...block(
      words.missing,
      missing.map(({ place, path }) => `${style.remove('-')} ${safeText(place)}  ${safeText(path)}`),
    ),
    ...block(
      words.mistyped,
      mistyped.map(({ place, path, expected, found }) => {
        return `${style.change('~')} ${safeText(place)}  ${safeText(path)}: ${safeText(expected)} ≠ ${safeText(found)}`;
      }),
    ),
  ];
  return `${(blocks.length === 0 ? [words.noDifference] : blocks).join('\n')}\n`;
}

function block(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [title, ...lines.map((line) => `  ${line}`)];
}

import type { Action, Change, FieldChange, Lang, TargetPlan } from '../model/index.ts';
import type { Fill } from './fill.ts';
import { momentText } from './phrases.ts';
import { safeText } from './safe.ts';
import { isStateOnly } from './totals.ts';
import { pluralForm, type Words } from './words.ts';

/** `+` create, `~` change, `-` delete, `±` something of Alta's own state. */
export const symbols: Readonly<Record<Action, string>> = {
  create: '+',
  update: '~',
  delete: '-',
  record: '±',
  forget: '±',
};

/** Whom a plan is shown to, and when it was made (RFC 3339): things outstanding have an age. */
export interface Reader {
  readonly lang: Lang;
  readonly words: Words;
  readonly at: string;
}

/** What is worth knowing of a change beside its section, fields and block. */
export function changeNotes(change: Change, { lang, words, at }: Reader, filled: Fill): readonly string[] {
  const { plan } = words;
  const { action, means, previousAddress, since, strands = [], blocked, published } = change;
  const accounts = strands.map(safeText).join(', ');
  return [
    ...(isStateOnly(change) ? [plan.actions[action]] : []),
    ...(means === 'guided' ? [plan.guided] : []),
    ...(means === 'deferred' ? [published === true ? plan.publishedChange : plan.deferredChange] : []),
    ...(previousAddress === undefined ? [] : [filled(plan.previously, { address: previousAddress })]),
    ...(since === undefined ? [] : [outstanding(since, { lang, words, at }, filled)]),
    ...(accounts === '' || blocked !== null ? [] : [filled(plan.strands, { accounts })]),
  ];
}

/** Since when, and from the first day on for how many days. */
function outstanding(since: string, { lang, words, at }: Reader, filled: Fill): string {
  const days = Math.floor((Date.parse(at) - Date.parse(since)) / 86_400_000);
  const params = { since: momentText(since), n: days };
  return days >= 1
    ? filled(pluralForm(lang, days, words.plan.sinceDays), params)
    : filled(words.plan.since, params);
}

/** What sets a field apart from the rest of its change. */
export function fieldNotes(field: FieldChange, change: Change, { plan }: Words): readonly string[] {
  return [
    ...(field.why === 'goes-back' ? [plan.goesBack] : []),
    ...(field.why === 'unconfirmed' ? [plan.unconfirmed] : []),
    ...(field.why === 'republished' ? [plan.republished] : []),
    ...(field.why === 'drift' && change.section !== 'drift' ? [plan.driftField] : []),
    ...(field.guided && change.means !== 'guided' ? [plan.guidedField] : []),
  ];
}

/** How one value is shown: quoted in text, as code in Markdown. */
export type Show = (value: string | number | boolean) => string;

/** `old → new`, or only the new value where there was nothing before. Of a secret, only that it changes. */
export function fieldValues(field: FieldChange, change: Change, { plan }: Words, show: Show): string {
  if (field.sensitive) return plan.secret;
  const valueText = (value: FieldChange['before']): string => (value === null ? plan.absent : show(value));
  const after = field.unknown ? plan.unknown : valueText(field.after);
  return change.action === 'create' ? after : `${valueText(field.before)} → ${after}`;
}

/** What a person should know before anything is written to a target. */
export function targetWarnings(target: TargetPlan, { plan }: Words, filled: Fill): readonly string[] {
  return [
    ...(target.insecure === undefined ? [] : [filled(plan.insecure, { reason: target.insecure })]),
    ...(target.commit === 'after-writes' ? [plan.commitAfterWrites] : []),
    ...(target.commit === 'pending-from-before' ? [plan.commitPending] : []),
  ];
}

import type {
  Action,
  BlockCode,
  Check,
  ClientReport,
  Kind,
  Lang,
  Params,
  Section,
  Severity,
  StepResult,
  TargetReport,
  TargetStatus,
  Unverifiable,
  Written,
} from '../model/index.ts';
import { fill } from './fill.ts';
import { en } from './words.en.ts';
import { es } from './words.es.ts';

/** A text that counts. `{n}` stands for the number. */
export interface Plural {
  readonly one: string;
  readonly other: string;
}

/** Why a change is blocked, in a few words, and what a person can do about it. */
export interface BlockWords {
  readonly reason: string;
  readonly wayOut: string;
}

/** `all-gone` reads differently for what would be deleted and for what vanished. */
export type BlockKey = BlockCode | 'all-gone-vanished';

/** Everything the reports say, in one language. Templates hold `{placeholders}`, the same in both languages. */
export interface Words {
  readonly severity: Readonly<Record<Severity, string>>;
  readonly sections: Readonly<Record<Section, string>>;
  readonly kinds: Readonly<Record<Kind, string>>;
  readonly kindCounts: Readonly<Record<Kind, Plural>>;
  readonly blocks: Readonly<Record<BlockKey, BlockWords>>;
  readonly unverifiable: Readonly<Record<Unverifiable['code'], string>>;
  /** How a target was looked at, where that is not simply `read`. */
  readonly status: Readonly<Record<Exclude<TargetStatus, 'read'>, string>>;
  readonly plan: PlanWords;
  readonly forms: FormWords;
  readonly apply: ApplyWords;
  readonly verify: VerifyWords;
}

export interface PlanWords {
  readonly title: string;
  readonly none: string;
  readonly noneUnread: string;
  readonly unchangedClients: Plural;
  readonly partial: string;
  readonly create: Plural;
  readonly update: Plural;
  readonly delete: Plural;
  readonly blockedCount: Plural;
  readonly stateOnly: Plural;
  readonly changes: Plural;
  readonly deferred: Plural;
  readonly pending: Plural;
  readonly unverifiable: Plural;
  readonly actions: Readonly<Record<Action, string>>;
  readonly blocked: string;
  readonly blockedTitle: Plural;
  readonly guided: string;
  readonly guidedField: string;
  readonly later: string;
  readonly deferredChange: string;
  readonly publishedChange: string;
  readonly since: string;
  readonly sinceDays: Plural;
  readonly strands: string;
  readonly previously: string;
  readonly secret: string;
  readonly unknown: string;
  readonly absent: string;
  readonly goesBack: string;
  readonly republished: string;
  readonly unconfirmed: string;
  readonly driftField: string;
  /** Stands for a field where nothing of the object could be compared. */
  readonly wholeObject: string;
  readonly foreign: Plural;
  readonly more: Plural;
  readonly notCompared: Plural;
  readonly commitAfterWrites: string;
  readonly commitPending: string;
  readonly insecure: string;
  readonly details: string;
  readonly target: string;
  readonly what: string;
  readonly change: string;
  readonly note: string;
  readonly warnings: string;
  readonly problems: string;
  readonly leftOut: Plural;
  readonly digest: string;
}

export interface FormWords {
  readonly title: Plural;
  readonly actions: Readonly<Record<'create' | 'update' | 'delete', string>>;
  readonly open: string;
  readonly set: string;
  readonly press: string;
  readonly secret: string;
  readonly attest: string;
}

export interface ApplyWords {
  readonly title: string;
  readonly results: Readonly<Record<StepResult, string>>;
  readonly resultCounts: Readonly<Record<StepResult, Plural>>;
  /** What a step did, as it is said of one that is done; in Spanish feminine, like every kind of resource. */
  readonly done: Readonly<Record<Action, string>>;
  /** What a step was to do, as it is said of one that is not done. */
  readonly todo: Readonly<Record<Action, string>>;
  readonly written: Readonly<Record<Written, string>>;
  readonly commit: Readonly<Record<TargetReport['commit'], string>>;
  readonly converged: string;
  readonly remaining: Plural;
  readonly notReread: string;
  readonly state: Readonly<Record<ClientReport['state'], string>>;
  readonly interrupted: string;
  readonly override: string;
  readonly nothing: string;
  readonly result: string;
}

export interface VerifyWords {
  readonly title: string;
  readonly checks: Readonly<Record<Check['check'], string>>;
  readonly results: Readonly<Record<Check['result'], string>>;
  readonly resultCounts: Readonly<Record<Check['result'], Plural>>;
  readonly manualNote: string;
  readonly nothing: string;
  readonly evidence: string;
  readonly expects: string;
  readonly seen: Readonly<Record<NonNullable<Check['seen']>, string>>;
}

export const words: Readonly<Record<Lang, Words>> = { en, es };

const rules: Readonly<Record<Lang, Intl.PluralRules>> = {
  en: new Intl.PluralRules('en'),
  es: new Intl.PluralRules('es'),
};

/** The form that fits `n`, filled with `{n}` and the other parameters. */
export function count(lang: Lang, n: number, forms: Plural, params: Params = {}): string {
  return fill(pluralForm(lang, n, forms), { ...params, n });
}

/** The template that fits `n`, for renderers that fill it their own way. */
export function pluralForm(lang: Lang, n: number, forms: Plural): string {
  return rules[lang].select(n) === 'one' ? forms.one : forms.other;
}

/** The texts of one language. `{name}` stands for a parameter; a list is joined with commas. */
export interface Text {
  /** Short, fixed, without a full stop: a title to search for. */
  readonly summary: string;
  /** Full sentences: what happened, where, with the values. */
  readonly detail?: string;
  /** What to do next. */
  readonly hint?: string;
}

export interface Message {
  readonly en: Text;
  readonly es: Text;
}

export type Lang = 'en' | 'es';

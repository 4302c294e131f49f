/** Forms of a target's own panel, for what a person does there. */
import type { FormLine, Scalar } from '../engine/model/index.ts';
import type { GuidedChange } from './contract.ts';

/** One control of the panel. */
export interface Control {
  /** As the panel shows it. */
  readonly label: string;
  /** Canonical field or secret. */
  readonly field: string;
  /** The panel's word for a value, where it is another one. */
  readonly shown?: (value: Scalar) => string;
}

/** What to fill in: one line where the change names the control's field, else none. A secret shows its name only. */
export function lineOf(
  { label, field, shown = String }: Control,
  { values, secrets }: GuidedChange,
): readonly FormLine[] {
  const name = secrets[field];
  if (name !== undefined) return [{ do: 'secret', label, name }];
  const value = values[field];
  return value === undefined ? [] : [{ do: 'set', label, value: shown(value) }];
}

/** `Save`, `Apply`: a button. */
export function press(label: string): FormLine {
  return { do: 'press', label };
}

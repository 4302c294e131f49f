import type { Driver, GuidedChange } from '../../providers/contract.ts';
import type { Change, Desired, FormLine, GuidedForm, State, Target } from '../model/index.ts';
import { stateKey } from '../model/index.ts';
import { type GuidedPart, guidedPart } from '../plan/index.ts';

/** The panel's form for a change that needs a person; null where none is needed. */
export function formOf(
  change: Change,
  desired: Desired | null,
  target: Target,
  driver: Driver | null,
  state: State,
  now: string,
): GuidedForm | null {
  const part = guidedPart(change);
  if (part === null) return null;
  const known = state.guided[stateKey(change.targetKey, change.kind, change.key)];
  const asked = guidedChange(change, part, desired);
  return {
    address: change.address,
    target: change.target,
    action: part.action,
    digest: part.digest,
    since: known?.digest === part.digest ? known.since : now,
    lines: driver === null ? plainForm(asked) : driver.form(asked, target),
  };
}

function guidedChange(change: Change, part: GuidedPart, desired: Desired | null): GuidedChange {
  const secrets = Object.keys(part.markers).map((field) => [field, desired?.secrets[field]?.name ?? field]);
  return {
    action: part.action,
    kind: change.kind,
    key: change.key,
    values: { ...part.values, ...notYet(change) },
    secrets: Object.fromEntries(secrets),
  };
}

/** A line of the form whose value an apply will tell: shown, so that nobody takes the form for complete. */
function notYet({ fields }: Change): Record<string, string> {
  return Object.fromEntries(fields.filter(({ unknown }) => unknown).map(({ field }) => [field, '…']));
}

/** Where no driver knows the panel: the YAML's own names. */
function plainForm(asked: GuidedChange): readonly FormLine[] {
  const set = Object.entries(asked.values).map(([label, value]): FormLine => {
    return { do: 'set', label, value: String(value) };
  });
  const secret = Object.entries(asked.secrets).map(
    ([label, name]): FormLine => ({ do: 'secret', label, name }),
  );
  return [{ do: 'open', path: [asked.kind, asked.key] }, ...set, ...secret];
}

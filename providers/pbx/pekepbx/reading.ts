import { type Actual, type Diagnostic, type Target, warningDiagnostic } from '../../../engine/model/index.ts';
import type { ProfileDocument, ProfileField } from '../../../engine/model/profile.ts';
import type { Capabilities, Reading, Registration } from '../../contract.ts';
import { editionOf } from './edition.ts';
import { facts } from './facts.ts';
import { changesIn } from './guard.ts';
import type { Inventory } from './inventory.ts';
import { operationOf } from './profile/defaults.ts';
import { fieldsOf, isSecretName } from './profile/fields.ts';
import { marksIn } from './profile/marks.ts';
import type { Row } from './rows.ts';
import { type Company, identityOf } from './tenant.ts';

/** Everything in one: whose it is, what can be done, what is there. Pure. */
export function readingOf(
  company: Company,
  inventory: Inventory,
  profile: ProfileDocument,
  target: Target,
  version: string | null,
): Reading {
  const callerIds = inventory.choices.callerId;
  return {
    edition: editionOf(profile, version),
    identity: identityOf(company),
    can: capabilitiesOf(inventory, profile),
    resources: inventory.rows.map(actualOf),
    diagnostics: [...doubts(inventory, profile, target), ...changed(inventory, profile, target, version)],
    lists: {
      numbers: inventory.rows.map(({ key }) => key),
      ...(callerIds === undefined ? {} : { callerIds: callerIds.map(({ shown }) => shown) }),
    },
  };
}

function actualOf({ key, id, values, secrets, registered }: Row): Actual {
  const observed = registered === undefined ? {} : { registered };
  return { kind: 'extension', key, id, values, secrets, observed };
}

/**
 * A call that the profile lacks is a person's job, and so is a field that it does not map or may not send: the panel has them. What no list
 * shows is hidden.
 */
export function capabilitiesOf(
  { unseen }: Pick<Inventory, 'unseen'>,
  profile: ProfileDocument,
): Capabilities {
  const mapped = fieldsOf(profile);
  const writable = Object.entries(facts.kinds.extension?.fields ?? {}).filter(
    ([name, { write }]) => write !== 'no' && name !== 'number',
  );
  const unsent = writable.filter(([name]) => mapped[name] === undefined || mapped[name]?.readOnly === true);
  const hidden = writable.filter(([name]) => {
    const mapping = mapped[name];
    return (
      mapping === undefined || mapping.writeOnly === true || mapping.detail === true || unseen.includes(name)
    );
  });
  const actions = (['create', 'update', 'delete'] as const).filter(
    (action) => operationOf(profile, 'extension', action) === null,
  );
  const guided = unsent.map(([name]) => name).filter((name) => !isSecretName(name));
  return {
    guidedActions: actions.length === 0 ? {} : { extension: actions },
    guidedFields: guided.length === 0 ? {} : { extension: guided },
    hiddenFields: hidden.length === 0 ? {} : { extension: hidden.map(([name]) => name) },
    commit: false,
  };
}

/** What was read with guesses, and which of them were found in nothing. */
function doubts({ unseen }: Inventory, profile: ProfileDocument, target: Target): readonly Diagnostic[] {
  const marks = marksIn(profile);
  if (marks.length === 0) return [];
  const missing = unseen.map((name) => `fields.${name}`).filter((place) => marks.includes(place));
  const { address } = target;
  const about = { profile: profile.name, target: address };
  return [
    warningDiagnostic('profile-unproven', { ...about, count: marks.length }, { address }),
    ...(missing.length === 0
      ? []
      : [warningDiagnostic('profile-unseen', { ...about, missing }, { address })]),
  ];
}

/** Reading goes on where the server has changed; writing does not. */
function changed(
  inventory: Inventory,
  profile: ProfileDocument,
  { host, address }: Target,
  version: string | null,
): readonly Diagnostic[] {
  const changes = changesIn(inventory, profile, version);
  if (changes.length === 0) return [];
  const params = { host, target: address, profile: profile.name, changes };
  return [warningDiagnostic('profile-changed', params, { address })];
}

/** As the server says, which is documented nowhere: only where the profile maps it. */
export function registrationsOf(
  keys: readonly string[],
  rows: readonly Row[],
  mapping: ProfileField,
): readonly Registration[] {
  const byKey = new Map(rows.map((row) => [row.key, row]));
  return keys.map((key) => {
    const row = byKey.get(key);
    if (row === undefined) return { key, status: 'unknown', evidence: 'not in the list' };
    const { registered } = row;
    const status = registered === true ? 'registered' : registered === false ? 'unregistered' : 'unknown';
    return { key, status, evidence: `${mapping.path}: ${wordOf(registered, mapping)}` };
  });
}

/** The server's own word, where the profile has it. */
function wordOf(registered: Row['registered'], { values }: ProfileField): string {
  if (registered === undefined) return '–';
  return typeof registered === 'boolean' ? String(values?.[String(registered)] ?? registered) : '?';
}

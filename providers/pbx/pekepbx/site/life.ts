import type { AltaError, Scalar } from '../../../../engine/model/index.ts';
import type { Write } from '../../../contract.ts';
import { fetchInventory } from '../inventory.ts';
import type { Outcome } from '../known.ts';
import { fieldsOf } from '../profile/fields.ts';
import type { Row } from '../rows.ts';
import { perform } from '../writer.ts';
import { creationOf, secretsOf, type Trials } from './canary.ts';
import type { Said } from './contract.ts';
import { doubt, note, prove, type Run } from './run.ts';
import { saidOf, type Trial, tried } from './trial.ts';
import { readCanary } from './updates.ts';

type Creation = Extract<Write, { readonly action: 'create' }>;

/**
 * A create without a secret that the server requires and never shows: that it names just this one in its refusal proves the name. Where it
 * is accepted instead, it is taken away again.
 * @returns false where that is not certain: then nothing more is made
 */
export async function proveRefusal(run: Run, trials: Trials): Promise<boolean> {
  const { profile } = run.box.link;
  const fields = fieldsOf(profile);
  const names = secretsOf(profile).filter(
    (name) => fields[name]?.required === true && fields[name]?.writeOnly === true,
  );
  for (const name of names) {
    const whole = creationOf(run.number, profile, trials, run.address);
    const { [name]: _left, ...secrets } = whole.secrets;
    const trial = await sent({ ...whole, secrets }, run);
    if (!trial.ok) refused(name, trial.error, run);
    else if (!(await accepted(name, run))) return false;
  }
  return true;
}

/** Sends a create, and remembers that something may be there. An earlier one that may be stays in mind. */
async function sent(write: Creation, run: Run): Promise<Trial<Outcome>> {
  const before = run.sent;
  run.sent = true;
  const trial = await tried(perform(write, run.box, run));
  if (trial.ok) run.made = { id: trial.value.written.id ?? null };
  else if (trial.error.written === 'nothing') run.sent = before;
  return trial;
}

function refused(name: string, error: AltaError, run: Run): void {
  const named = Array.isArray(error.params.fields) && error.params.fields.includes(name);
  if (named) prove(run, `fields.${name}`, 'errors.fields', 'errors.message');
  const evidence = [saidOf(error)];
  note(run, { step: 'refusal', field: name, outcome: named ? 'done' : 'failed', evidence });
}

/** The server makes extensions without it: that says nothing about its name. False where it may still be there. */
async function accepted(name: string, run: Run): Promise<boolean> {
  note(run, { step: 'refusal', field: name, outcome: 'failed', evidence: [{ says: 'accepted-without' }] });
  await lookFor(run);
  if (run.row === null) return false;
  await perform({ action: 'delete', kind: 'extension', key: run.number, address: run.address }, run.box, run);
  run.inventory = await fetchInventory(run.box, run.company);
  if (run.inventory.rows.some(({ key }) => key === run.number)) return false;
  forget(run);
  return true;
}

async function lookFor(run: Run): Promise<void> {
  run.inventory = await fetchInventory(run.box, run.company);
  run.row = run.inventory.rows.find(({ key }) => key === run.number) ?? null;
}

/** It is gone: nothing is there any more. */
function forget(run: Run): void {
  run.sent = false;
  run.made = null;
  run.row = null;
}

/** Makes the canary and reads it back. False where it is not there afterwards: nothing more can be tried then. */
export async function proveCreate(run: Run, trials: Trials): Promise<boolean> {
  const { profile } = run.box.link;
  const write = creationOf(run.number, profile, trials, run.address);
  const trial = await sent(write, run);
  if (!trial.ok) {
    doubt(run, 'resources.extension.create', 'call-failed');
    note(run, { step: 'create', outcome: 'failed', evidence: [saidOf(trial.error)] });
    return false;
  }
  const fields = Object.keys(write.values).length;
  note(run, { step: 'create', outcome: 'done', evidence: [{ says: 'fields', of: { fields } }] });
  await lookFor(run);
  if (run.row === null) {
    doubt(run, 'identity.number', 'not-kept');
    note(run, { step: 'read', outcome: 'failed', evidence: [{ says: 'not-listed' }] });
    return false;
  }
  await judgeCreation(write, run.row, run);
  return true;
}

async function judgeCreation(write: Creation, row: Row, run: Run): Promise<void> {
  const { tenant } = run.box.link.profile;
  const scopes = tenant.scopes.flatMap(({ ops }, index) =>
    ops === undefined || ops.includes('create') ? [`tenant.scopes.${index}`] : [],
  );
  const places = ['create', 'list', 'company'].map((part) => `resources.extension.${part}`);
  prove(run, ...places, 'identity.number', 'list.results', 'resources.extension.list.results', ...scopes);
  // Every call of the trial carried it, and what they made is the company's.
  prove(run, 'tenant.key');
  const { row: shown } = await readCanary(row, run);
  const wrong = Object.entries(write.values).filter(([name, value]) => shown.values[name] !== value);
  for (const [name] of wrong) doubt(run, `fields.${name}`, whyNot(shown.values[name]));
  if (String(shown.values.registrationName).endsWith(run.number)) prove(run, 'fields.registrationName');
  const kept = wrong.length === 0;
  const evidence: readonly Said[] = kept
    ? [{ says: 'as-sent' }]
    : [{ says: 'not-as-sent', of: { fields: wrong.map(([name]) => name) } }];
  note(run, { step: 'read', outcome: kept ? 'done' : 'failed', evidence });
}

function whyNot(shown: Scalar | undefined): 'not-found' | 'not-kept' {
  return shown === undefined ? 'not-found' : 'not-kept';
}

/** Deletes it, and looks that both ways of asking for it say so. */
export async function proveDelete(run: Run): Promise<void> {
  const { box, company, number, address, row } = run;
  if (row === null) return;
  const deleted = await tried(
    perform({ action: 'delete', kind: 'extension', key: number, address }, box, run),
  );
  const evidence: readonly Said[] = [deleted.ok ? { says: 'accepted' } : saidOf(deleted.error)];
  note(run, { step: 'delete', outcome: deleted.ok ? 'done' : 'failed', evidence });
  if (!deleted.ok) return doubt(run, 'resources.extension.delete', 'call-failed');
  const again = await tried(readCanary(row, run));
  const gone = !again.ok && again.error.code === 'not-found';
  const after = await fetchInventory(box, company);
  const listed = after.rows.some(({ key }) => key === number);
  if (gone && !listed) {
    prove(run, 'resources.extension.delete', 'resources.extension.get');
    forget(run);
  } else doubt(run, 'resources.extension.delete', 'not-kept');
  const seen: readonly Said[] = [
    { says: gone ? 'get-gone' : 'get-answers' },
    { says: listed ? 'list-has' : 'list-gone' },
  ];
  note(run, { step: 'absence', outcome: gone && !listed ? 'done' : 'failed', evidence: seen });
}

import type { Scalar, Secret } from '../../../../engine/model/index.ts';
import type { Write } from '../../../contract.ts';
import { isSameSecret } from '../dialect.ts';
import { fetchObject } from '../fetch-object.ts';
import { aboutOf } from '../link.ts';
import { fieldsOf } from '../profile/fields.ts';
import { isPlainKey } from '../profile/fingerprint.ts';
import type { Json } from '../profile/path.ts';
import { type Row, rowOf } from '../rows.ts';
import { companyVariables } from '../tenant.ts';
import { perform } from '../writer.ts';
import { secretsOf, type Trials, throwaway } from './canary.ts';
import type { Said } from './contract.ts';
import { doubt, note, prove, type Run } from './run.ts';
import { saidOf, tried } from './trial.ts';

/** The canary as a get shows it: as it came, and in our words. */
export interface Canary {
  readonly object: Json;
  readonly row: Row;
}

/** @throws `not-found` where it is gone */
export async function readCanary({ id }: Row, run: Run): Promise<Canary> {
  const { box, company, number: key, address, inventory } = run;
  const object = await fetchObject(id, { key, address }, box, { company, inventory });
  const about = aboutOf(box.link, { operation: 'extension/get', object: address });
  const around = { variables: companyVariables(company), choices: inventory.choices };
  return { object, row: rowOf(object, around, box.link, about, true) };
}

/** Changes each field once, by itself, and looks what changed. */
export async function proveUpdates(run: Run, trials: Trials): Promise<void> {
  const fields = fieldsOf(run.box.link.profile);
  for (const [name, [first, second]] of Object.entries(trials)) {
    if (first === undefined) continue;
    if (second === undefined || fields[name]?.createOnly === true) doubt(run, `fields.${name}`, 'one-value');
    else await proveValue(name, first, second, run);
  }
  for (const name of secretsOf(run.box.link.profile)) {
    if (fields[name]?.createOnly === true) doubt(run, `fields.${name}`, 'one-value');
    else await proveSecret(name, run);
  }
}

/** A field is proven where both values came back: the first from the create, the second from here. */
async function proveValue(name: string, first: Scalar, second: Scalar, run: Run): Promise<void> {
  const changed = await change({ values: { [name]: second }, secrets: {} }, name, run);
  if (changed === null) return;
  const { before, after } = changed;
  const there = before.row.values[name] === first;
  const here = after.row.values[name] === second;
  if (!here) doubt(run, `fields.${name}`, 'not-kept');
  if (there && here) prove(run, `fields.${name}`, `fields.${name}.key`, `fields.${name}.shown`);
  const others = sideEffects(name, changed, run);
  const evidence = [{ says: here ? 'as-sent' : 'reads-otherwise' } as const, ...sayOthers(others)];
  note(run, {
    step: 'update',
    field: name,
    outcome: here && others.length === 0 ? 'done' : 'failed',
    evidence,
  });
}

async function proveSecret(name: string, run: Run): Promise<void> {
  const secret = throwaway();
  const changed = await change({ values: {}, secrets: { [name]: secret } }, name, run);
  if (changed === null) return;
  const shown = changed.after.row.secrets[name];
  const same = shown !== undefined && isSameSecret(shown, secret);
  if (same) prove(run, `fields.${name}`);
  else doubt(run, `fields.${name}`, shown === undefined ? 'never-shown' : 'not-kept');
  const others = sideEffects(name, changed, run);
  const says = same ? 'as-sent' : shown === undefined ? 'never-shown' : 'reads-otherwise';
  const outcome = (same || shown === undefined) && others.length === 0 ? 'done' : 'failed';
  note(run, { step: 'update', field: name, outcome, evidence: [{ says }, ...sayOthers(others)] });
}

interface Changed {
  readonly before: Canary;
  readonly after: Canary;
}

/** One update with a look before and after; null where the server refused it. */
async function change(
  sent: { readonly values: Record<string, Scalar>; readonly secrets: Record<string, Secret> },
  name: string,
  run: Run,
): Promise<Changed | null> {
  const { box, company, number: key, address, inventory, row } = run;
  if (row === null) return null;
  const before = await readCanary(row, run);
  const write: Write = {
    action: 'update',
    kind: 'extension',
    key,
    address,
    ...sent,
    before: before.row.values,
  };
  const trial = await tried(perform(write, box, { company, inventory }));
  if (!trial.ok) {
    doubt(run, `fields.${name}`, 'call-failed');
    note(run, { step: 'update', field: name, outcome: 'failed', evidence: [saidOf(trial.error)] });
    return null;
  }
  prove(run, 'resources.extension.update', 'resources.extension.get', 'identity.id');
  return { before, after: await readCanary(row, run) };
}

/**
 * Keys that changed and belong to another field, or to none. Where there is one, the form of the update is not proven; where there is none,
 * it is.
 */
function sideEffects(name: string, { before, after }: Changed, run: Run): readonly string[] {
  const { drift } = run.box.link.profile;
  const field = fieldsOf(run.box.link.profile)[name];
  const own = [field?.path, field?.writePath, ...(field?.also ?? []), ...(drift?.ignore ?? [])].map((path) =>
    path?.split('.').at(0),
  );
  const keys = [...new Set([...Object.keys(before.object), ...Object.keys(after.object)])];
  const others = keys
    .filter((key) => !own.includes(key))
    .filter((key) => JSON.stringify(before.object[key]) !== JSON.stringify(after.object[key]));
  if (others.length > 0) doubt(run, 'update', 'side-effect');
  if (run.doubts.has('update')) run.proven.delete('update');
  else prove(run, 'update');
  return others.map((key) => (isPlainKey(key) ? key : '?'));
}

function sayOthers(others: readonly string[]): readonly Said[] {
  return others.length === 0 ? [] : [{ says: 'also-changed', of: { keys: others } }];
}

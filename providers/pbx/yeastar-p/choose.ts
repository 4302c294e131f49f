/** From the names of the YAML to the ids of this box. */
import { type Box, fetchMenu } from './box.ts';
import type { Chosen } from './dialect.ts';
import { type Known, refusal, type Setting } from './guard.ts';
import { administratorIn, type Option, optionsNamed, organisations, rootOf } from './menus.ts';

/** @throws `value-one-of`, `value-unsupported`, `field-switched-off`; `forbidden` where the box does not tell what there is */
export async function choose(write: Setting, box: Box, known: Known): Promise<Chosen> {
  const role = await chooseRole(write, box, known);
  const departments = await chooseDepartments(write, box, known);
  return {
    ...(role === undefined ? {} : { role: role.id }),
    departments: departments.map(({ id }) => id),
  };
}

/** Only an administrator needs an id: who has no role has none. */
async function chooseRole(write: Setting, box: Box, known: Known): Promise<Option | undefined> {
  if (write.values.role !== 'admin') return undefined;
  const role = administratorIn(known.menus.roles ?? (await fetchMenu(box, 'role')));
  if (role !== undefined) return role;
  throw refusal('value-unsupported', write, box, { field: 'role', value: 'admin' });
}

/** A new extension that names none joins the target's own, else the company itself: a box with organisations demands one. [vendor-docs] */
async function chooseDepartments(write: Setting, box: Box, known: Known): Promise<readonly Option[]> {
  const { department } = write.values;
  if (department !== undefined) return departmentsNamed(String(department), 'department', write, box, known);
  const { organization } = box.link.target.options;
  if (write.action === 'update' || known.menus.departments?.length === 0) return [];
  return typeof organization === 'string'
    ? departmentsNamed(organization, 'organization', write, box, known)
    : rootOf(known.menus);
}

async function departmentsNamed(
  name: string,
  field: string,
  write: Setting,
  box: Box,
  known: Known,
): Promise<readonly Option[]> {
  const all = known.menus.departments ?? (await fetchMenu(box, 'org_list'));
  const found = optionsNamed(all, name);
  if (found !== undefined) return found;
  if (all.length === 0) {
    const { address: target } = box.link.target;
    throw refusal('field-switched-off', write, box, { field, target, feature: organisations });
  }
  throw refusal('value-one-of', write, box, { field, value: name, allowed: all.map((one) => one.name) });
}

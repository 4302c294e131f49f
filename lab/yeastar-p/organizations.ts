import type { Box } from './box.ts';
import { organizationIds } from './fields.ts';
import type { LabYeastarPOrganization } from './settings.ts';
import { type Answer, type ApiCall, ERRCODE, failure, invalid, success, textParam } from './wire.ts';

/** `is_all`: 0 adds how many extensions, 1 their ids too, 2 neither (D); 0 without it (I). A switched-off feature: 70120 (D). */
export function listOrganizations(box: Box, call: ApiCall): Answer {
  if (box.settings.organizations.length === 0) return failure(ERRCODE.organizationDisabled);
  const detail = textParam(call.params, 'is_all') || '0';
  if (!['0', '1', '2'].includes(detail)) return invalid('is_all', 'oneof');
  const roots = branchesOf(box, undefined).map((root) => node(box, root, detail));
  return success({ organization_list: roots });
}

/** The branches below an organisation, or the root without one: those without a parent are below the first (D: one root). */
export function branchesOf({ settings }: Box, parent: string | undefined): LabYeastarPOrganization[] {
  const [root, ...others] = settings.organizations;
  if (root === undefined) return [];
  if (parent === undefined) return [root];
  return others.filter((one) => (one.parent ?? root.id) === parent);
}

function node(box: Box, { id, name, parent }: LabYeastarPOrganization, detail: string): object {
  const order = box.settings.organizations.findIndex((one) => one.id === id);
  const root = box.settings.organizations[0]?.id;
  const members = membersOf(box, id);
  return {
    id: Number(id),
    name,
    parent_id: id === root ? 0 : Number(parent ?? root),
    order,
    ...(detail === '2' ? {} : { ext_number: members.length }),
    children: branchesOf(box, id).map((branch) => node(box, branch, detail)),
    ...(detail === '1' ? { ext_list: members } : {}),
  };
}

function membersOf({ store }: Box, organization: string): number[] {
  const all = [...store.saved.values()];
  const members = all.filter((one) => organizationIds(one.organization_list ?? '[]')?.includes(organization));
  return members.map(({ id }) => Number(id));
}

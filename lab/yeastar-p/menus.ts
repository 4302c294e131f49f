/** `system/get_menuoptions`: the ids that other calls want, by name (D). */
import type { Box } from './box.ts';
import { membersOf } from './flow/targets.ts';
import { branchesOf } from './organizations.ts';
import { idParam } from './paging.ts';
import { callerName } from './record.ts';
import type { LabYeastarPOrganization } from './settings.ts';
import {
  type Answer,
  type ApiCall,
  ERRCODE,
  failure,
  invalid,
  isAnswer,
  success,
  textParam,
} from './wire.ts';

interface Option {
  text: string;
  /** The number of an extension (C). */
  text2?: string;
  value: string;
  type?: string;
  item?: Option[];
}

type Menu = (box: Box, call: ApiCall) => Option[] | Answer;

const NONE: Menu = () => [];
const ivrs: Menu = ({ plan }) => plan.ivrs.map(optionOf);

/** The first guide spells `IVR`, later ones `ivr` (D). What the lab does not simulate is empty. */
const MENUS: Record<string, Menu> = {
  extension: extensionOptions,
  ext_group: NONE,
  org_list: organizationOptions,
  trunk: ({ plan }) => plan.trunks.map((trunk) => ({ ...optionOf(trunk), type: 'register' })),
  role: ({ settings }) => settings.roles.map((text, index) => ({ text, value: String(index + 1) })),
  phonebook: NONE,
  group_vm: NONE,
  IVR: ivrs,
  ivr: ivrs,
  ring_group: ({ plan }) => plan.ringGroups.map(optionOf),
  queue: ({ plan }) => plan.queues.map(optionOf),
  queue_agent: agentOptions,
  conference: NONE,
  pinset: NONE,
};

export function menuOptions(box: Box, call: ApiCall): Answer {
  const name = textParam(call.params, 'menu');
  if (name === '') return invalid('menu', 'required');
  const menu = Object.hasOwn(MENUS, name) ? MENUS[name] : undefined;
  if (menu === undefined) return invalid('menu', 'oneof');
  const data = menu(box, call);
  return isAnswer(data) ? data : success({ data });
}

function extensionOptions({ store }: Box): Option[] {
  return [...store.saved.values()].map((extension) => ({
    text: callerName(extension),
    text2: extension.number,
    value: extension.id,
    type: extension.type,
  }));
}

function organizationOptions(box: Box): Option[] | Answer {
  if (box.settings.organizations.length === 0) return failure(ERRCODE.organizationDisabled);
  const option = ({ id, name }: LabYeastarPOrganization): Option => {
    const branches = branchesOf(box, id).map(option);
    return { text: name, value: id, ...(branches.length > 0 ? { item: branches } : {}) };
  };
  return branchesOf(box, undefined).map(option);
}

/** Needs the queue's `id` (D). */
function agentOptions(box: Box, call: ApiCall): Option[] | Answer {
  const id = idParam(call, 'id');
  if (typeof id !== 'string') return id;
  const queue = box.plan.queues.find((one) => String(one.id) === id);
  if (queue === undefined) return failure(ERRCODE.notFound);
  return membersOf(box, [...queue.agents, ...(queue.dynamic ?? [])]);
}

function optionOf({ id, name }: { id: number; name: string }): Option {
  return { text: name, value: String(id) };
}

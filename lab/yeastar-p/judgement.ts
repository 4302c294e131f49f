import type { Box, BoxSettings } from './box.ts';
import { type Field, fieldOf, organizationIds } from './fields.ts';
import { isTaken } from './flow/plan.ts';
import { textOf } from './record.ts';
import type { StoredExtension } from './store.ts';
import { type Answer, ERRCODE, failure, invalid, type Params } from './wire.ts';

/** What a call asks to change, in the store's texts. */
export type Changes = Record<string, string>;

/**
 * The changes of a call, read by the types of their fields, or the answer that refuses one. `null` is as good as absent (I: what
 * reads the body says so of itself, W).
 */
export function changesOf(
  params: Params,
  named: readonly string[],
  type: string,
  settings: BoxSettings,
): Changes | Answer {
  const changes: Changes = {};
  for (const [key, value] of Object.entries(params)) {
    if (named.includes(key) || value === null || isLeftOut(key, settings)) continue;
    const field = fieldOf(key, settings, type);
    if (field === undefined && settings.doubts.unknownKeys === 'refuse') return invalid(key, 'unknown');
    if (field === undefined) continue;
    const text = textOf(field, value, settings.doubts.wrongType);
    if (typeof text !== 'string') return text;
    changes[key] = text;
  }
  return changes;
}

/** With organisations off, the key that assigns them is dropped (I). */
function isLeftOut(key: string, settings: BoxSettings): boolean {
  return key === 'organization_list' && settings.organizations.length === 0;
}

/** What refuses the extension as it would become: first the rules of the changed fields, then what others have. */
export function judge(box: Box, next: StoredExtension, changes: Changes): Answer | undefined {
  return flawed(box, next, changes) ?? unknownRole(box, changes) ?? duplicate(box, next);
}

/** Digits, 7 at most (D) or 8 (D: a doubt). */
export function numberFlaw(number: string, { doubts }: BoxSettings): Answer | undefined {
  if (!/^\d+$/.test(number)) return invalid('number', 'number');
  return number.length > doubts.maxNumber ? invalid('number', 'max') : undefined;
}

/** With organisations on, an extension belongs to one at least (D). */
export function lacksOrganization(settings: BoxSettings, list: string | undefined): boolean {
  if (settings.organizations.length === 0) return false;
  return list === undefined || organizationIds(list)?.length === 0;
}

function flawed({ settings }: Box, next: StoredExtension, changes: Changes): Answer | undefined {
  for (const [key, value] of Object.entries(changes)) {
    const field: Field | undefined = fieldOf(key, settings, next.type);
    const broken = field?.rule(value, { settings, next });
    if (broken !== undefined) return invalid(key, broken);
  }
  return undefined;
}

function unknownRole({ settings }: Box, { role_id = '0' }: Changes): Answer | undefined {
  return Number(role_id) > settings.roles.length ? failure(ERRCODE.noRole) : undefined;
}

/** Keys whose values no two extensions share; a blank address is nobody's (D: the three are named in the sample and the panel). */
const UNIQUE = ['number', 'email_addr', 'reg_name'] as const;

/** 40003 names each field and whose value it is (D). What an extension had already is not looked at again (I). */
function duplicate({ store, plan }: Box, next: StoredExtension): Answer | undefined {
  const before = store.saved.get(next.id);
  const others = [...store.saved.values()].filter(({ id }) => id !== next.id);
  const clashes = UNIQUE.flatMap((field) => {
    const value = next[field] ?? '';
    if (before?.[field] === value) return [];
    const owner = value === '' ? undefined : others.find((other) => other[field] === value);
    const isFlow = field === 'number' && isTaken(plan, value);
    if (owner === undefined && !isFlow) return [];
    const source = owner === undefined ? 'call_feature' : 'extension';
    return [{ field, value, external_source: source, external_source_name: owner?.number ?? value }];
  });
  if (clashes.length === 0) return undefined;
  const submsg = 'Extension create fail for duplicate fields';
  return failure(ERRCODE.duplicate, { submsg, duplicate_field_list: clashes });
}

import { stillBuilding } from './building.ts';
import { FIELDS } from './fields.ts';
import { changesOf, judgeNumber } from './judgement.ts';
import { type Extension, MASTER, numberOf, type Platform, type Tenant } from './platform.ts';
import { configuration, listElement } from './shape.ts';
import {
  byNumber,
  discard,
  freeNumber,
  registrationOpens,
  save,
  takenBy,
  visible,
  withNumber,
} from './store.ts';
import * as texts from './texts.ts';
import { type Answer, type Call, type Params, phpMap } from './wire.ts';

/** A map from id to summary, all at once (D, V). */
export function listExtensions({ platform, tenant, now }: Call): Answer {
  const shown = byNumber(visible(tenant, now));
  return phpMap(shown.map((extension) => [extension.id, listElement(platform, tenant, extension)]));
}

/** A map with one id (D, V): `id` or `ext`, never both (D). */
export function showExtension(call: Call): Answer {
  const { platform, tenant } = call;
  const extension = named(call);
  if (typeof extension === 'string') {
    const isEmpty =
      extension === texts.UNKNOWN_EXTENSION && platform.settings.doubts.unknownExtension === 'empty';
    return isEmpty ? phpMap([]) : extension;
  }
  return phpMap([[extension.id, configuration(platform, tenant, extension)]]);
}

/** `id` is a string and `ext` a number, so that zeros in front are lost (D, V). */
export function addExtension({ platform, tenant, params, now }: Call): Answer {
  const made = create(platform, tenant, params, now);
  return typeof made === 'string' ? made : written(made);
}

/** Partial: what is not sent stays (D, C). */
export function editExtension(call: Call): Answer {
  const { platform, tenant, params, now } = call;
  const found = edited(call);
  if (typeof found === 'string') return found;
  const changed = change(platform, tenant, found, params, now);
  return typeof changed === 'string' ? changed : written(changed);
}

export function deleteExtension({ platform, tenant, params, now }: Call): Answer {
  const found = visible(tenant, now).get(params.id ?? '');
  if (found === undefined) return texts.UNKNOWN_EXTENSION;
  discard(platform, tenant, found.id, now);
  return { success: `Deleted Extension ID ${found.id} successfully.` };
}

/** The extension that `id` or `ext` names, or the text of the refusal. */
export function named({ tenant, params, now }: Call): Extension | string {
  const { id, ext } = params;
  if (id !== undefined && ext !== undefined) return texts.ID_OR_NUMBER;
  if (id === undefined && ext === undefined) return texts.missing('id');
  const shown = visible(tenant, now);
  const found = id === undefined ? withNumber(shown, ext ?? '') : shown.get(id);
  return found ?? texts.UNKNOWN_EXTENSION;
}

/** Judges and stores a new extension: patterns, then what they mean, then the number (C), then the tenant (I). */
export function create(platform: Platform, tenant: Tenant, params: Params, now: number): Extension | string {
  if (tenant.id === MASTER) return texts.MASTER_HOLDS_NOTHING;
  const wrongNumber = params.ext === undefined ? undefined : judgeNumber(params.ext, tenant);
  if (wrongNumber !== undefined) return wrongNumber;
  const changes = changesOf(params, { settings: platform.settings, tenant, verb: 'creating' });
  if (typeof changes === 'string') return changes;
  const number = params.ext ?? freeNumber(tenant);
  if (number === undefined) return texts.NO_NUMBER_LEFT;
  const taken = takenBy(tenant, number);
  if (taken !== undefined) return taken;
  if (tenant.saved.size >= tenant.maxExtensions) return texts.PACKAGE_FULL;
  const unready = stillBuilding(tenant);
  if (unready !== undefined) return unready;
  const extension = newExtension(platform, tenant, { ...changes, ext: number }, now);
  save(platform, tenant, extension, now);
  return extension;
}

/** Judges and stores an edit. `ext` beside `id` is in doubt. */
export function change(
  platform: Platform,
  tenant: Tenant,
  extension: Extension,
  params: Params,
  now: number,
): Extension | string {
  const changes = changesOf(params, { settings: platform.settings, tenant, verb: 'editing' });
  if (typeof changes === 'string') return changes;
  const number = newNumber(platform, tenant, extension, params);
  if ('refused' in number) return number.refused;
  return store(platform, tenant, extension.id, { ...changes, ...number }, now);
}

/** Stores changes that were judged, on what is saved by now. */
export function store(
  platform: Platform,
  tenant: Tenant,
  id: string,
  changes: Params,
  now: number,
): Extension | string {
  const current = tenant.saved.get(id);
  if (current === undefined) return texts.UNKNOWN_EXTENSION;
  const knock = changes.secret !== undefined;
  const next: Extension = {
    id,
    fields: { ...current.fields, ...changes },
    knocks: current.knocks + (knock ? 1 : 0),
    registersFrom: knock ? registrationOpens(platform, now) : current.registersFrom,
  };
  save(platform, tenant, next, now);
  return next;
}

/** With every default; a user password is made up where none is given (I: the panel does). */
export function newExtension(platform: Platform, tenant: Tenant, given: Params, now: number): Extension {
  platform.issued.extension += 1;
  const initial = Object.fromEntries(FIELDS.map((field) => [field.key, field.initial]));
  const { password: _neverKept, ...fields } = initial;
  const codecs = tenant.codecs.join(':');
  return {
    id: String(platform.issued.extension),
    fields: {
      ...fields,
      acodecs: codecs,
      user_password: 'generated',
      callerid: '',
      calleridstate: 'no',
      ...given,
    },
    knocks: 0,
    registersFrom: registrationOpens(platform, now),
  };
}

function edited(call: Call): Extension | string {
  const { platform, tenant, params, now } = call;
  if (params.id !== undefined) return visible(tenant, now).get(params.id) ?? texts.UNKNOWN_EXTENSION;
  return platform.settings.doubts.editByNumber ? named(call) : texts.missing('id');
}

function newNumber(
  { settings }: Platform,
  tenant: Tenant,
  extension: Extension,
  { id, ext }: Params,
): { ext?: string } | { refused: string } {
  const isWanted = id !== undefined && ext !== undefined && ext !== numberOf(extension);
  if (!isWanted || settings.doubts.editNumber === 'ignored') return {};
  const refused = judgeNumber(ext, tenant) ?? takenBy(tenant, ext);
  return refused === undefined ? { ext } : { refused };
}

function written(extension: Extension): Answer {
  const { id } = extension;
  return { success: `Extension ID: ${id}`, id, ext: Number(numberOf(extension)) };
}

import {
  AltaError,
  type Diagnostic,
  errorDiagnostic,
  type Unverifiable,
  warningDiagnostic,
} from '../../engine/model/index.ts';
import { beforeOf, needsPerson } from '../../engine/plan/index.ts';
import {
  type PlanAnswer,
  type PlanRequest,
  type Remark,
  unknown,
  type ValueObject,
} from '../plugin/contract.ts';
import type { ResourceShape } from '../schema/resource.ts';
import { deferral, deferredPlan, isAway } from './defer.ts';
import { keyIn } from './desired.ts';
import type { Instance } from './instance.ts';
import { decodeMemory, encodeMemory, isStale, type Memory, nothingKnown } from './memory.ts';
import { panelOf } from './panel.ts';
import { planDestroy } from './plan-destroy.ts';
import { fixedFields, plannedState, replacing, type Sides } from './planned.ts';
import { normalValues } from './read.ts';
import { hasError, remarkOf, remarkOfBlock, remarkOfError } from './remark.ts';
import { type Situation, shownSecret, situate, unreadable } from './situation.ts';

/** What an apply would do to one resource: the embedded engine's own plan of it, as Terraform wants to see it. */
export async function planResource(
  instance: Instance,
  shape: ResourceShape,
  request: PlanRequest,
): Promise<PlanAnswer> {
  const { config, proposed } = request;
  if (proposed === null || config === null) return planDestroy(instance, shape, request);
  const address = `${String(config.target)}/${shape.kind}:${keyIn(shape, config) ?? '?'}`;
  if (config.target === unknown || config[shape.keyAttribute] === unknown) return unforeseen(shape, request);
  try {
    return await foreseen(instance, shape, { ...request, config, proposed, address });
  } catch (error) {
    if (!(error instanceof AltaError)) throw error;
    return { planned: proposed, remarks: [remarkOfError(error, instance.lang, address, shape)] };
  }
}

interface Asked extends PlanRequest {
  readonly config: ValueObject;
  readonly proposed: ValueObject;
  readonly address: string;
}

async function foreseen(instance: Instance, shape: ResourceShape, asked: Asked): Promise<PlanAnswer> {
  const { prior, config, proposed, address } = asked;
  const memory = rememberedBy(shape, asked);
  const situation = await situate(instance, shape, config, memory);
  const follow = await leaderChanged(instance, situation, memory);
  const again = memory.commitOpen === true || memory.deferred === true || follow;
  const priorNormal = prior === null ? {} : normalValues(shape, prior, situation);
  const sides: Sides = { prior, config: situation.config, priorNormal, again };
  const replace = replacing(shape, situation, sides);
  const fixed = replace.length > 0 ? [] : fixedFields(shape, situation, sides);
  const before = beforeOf(situation.actual);
  const stale = isStale(memory, situation.id, before) && !isAway(situation);
  const problems = [
    ...fixed.map((field) => errorDiagnostic('provider-field-fixed', { address, field }, { address })),
    ...(stale ? [errorDiagnostic('provider-stale', { address }, { address })] : []),
  ];
  const remarks = [
    ...problems.map((one) => remarkOf(one, instance.lang, shape)),
    ...remarksOn(instance, shape, situation, memory),
  ];
  if (hasError(remarks)) return { planned: proposed, remarks };
  if (prior !== null && replace.length === 0 && isAway(situation)) {
    return { ...deferredPlan(shape, { prior, config }, memory), remarks };
  }
  const rests = { ...memory, ...(follow ? { again: true as const } : {}), before, about: situation.id };
  return { planned: plannedState(shape, situation, sides), replace, private: encodeMemory(rests), remarks };
}

/** Another key is another thing: what is remembered is about the old one. */
export function rememberedBy(
  { keyAttribute }: ResourceShape,
  { prior, config, priorPrivate }: Pick<PlanRequest, 'prior' | 'config' | 'priorPrivate'>,
): Memory {
  if (prior === null || config === null || prior[keyAttribute] !== config[keyAttribute]) return nothingKnown;
  return decodeMemory(priorPrivate) ?? nothingKnown;
}

/** Nothing can be looked up yet: whatever the target alone knows is unknown. */
function unforeseen(shape: ResourceShape, { prior, proposed }: PlanRequest): PlanAnswer {
  const computed = Object.entries(shape.schema.attributes).flatMap(([name, { computed: c }]) =>
    c === true && (proposed?.[name] ?? null) === null ? [[name, prior?.[name] ?? unknown] as const] : [],
  );
  return { planned: { ...proposed, ...Object.fromEntries(computed), applied_digest: unknown } };
}

/**
 * The extension's secret is not the one that this account got, by what its PBX shows: somebody changed it there, and reverting it alone would
 * cut the phone off.
 */
export async function leaderChanged(
  instance: Instance,
  { desired, actual }: Pick<Situation, 'desired' | 'actual'>,
  { follows }: Memory,
): Promise<boolean> {
  const [extension] = desired.dependsOn;
  const ours = desired.secrets.password?.source === 'declared';
  if (follows === undefined || extension === undefined || actual === null || !ours) return false;
  const shown = await shownSecret(instance, extension);
  return shown !== null && shown !== follows;
}

/** What Terraform shows beside the plan, and what keeps the plan from being made. */
function remarksOn(
  instance: Instance,
  shape: ResourceShape,
  situation: Situation,
  memory: Memory,
): readonly Remark[] {
  const { lang } = instance;
  const { change, desired, sight, diagnostics, unverifiable } = situation;
  const why = unreadable(sight);
  // Why a device that is often away is not there now was said when it was read.
  const late = isAway(situation) ? [deferral(situation)] : (why ?? []);
  const told = [...diagnostics, ...[late].flat()].map((one) =>
    remarkOf({ address: desired.address, ...one }, lang, shape),
  );
  const blocked = change?.blocked ?? null;
  return [
    ...told,
    // Of what could not be read, why is said already.
    ...(blocked === null || why !== null ? [] : [remarkOfBlock(desired.address, blocked, lang)]),
    ...noticesOn(situation, memory).map((one) => remarkOf(one, lang, shape)),
    ...unproven(desired.address, unverifiable).map((one) => remarkOf(one, lang, shape)),
  ];
}

function noticesOn(situation: Situation, memory: Memory): readonly Diagnostic[] {
  const { change, desired } = situation;
  const { address } = desired;
  if (change === null) return [];
  if (change.section === 'adopted' && change.action === 'record' && memory.imported !== true) {
    return [warningDiagnostic('provider-adopts', { address }, { address })];
  }
  if (!needsPerson(change)) return [];
  const form = panelOf(situation);
  if (change.means === 'guided' && change.action !== 'update') {
    return [warningDiagnostic('provider-person-first', { address, form }, { address })];
  }
  const fields = change.fields.flatMap(({ field, guided }) => (guided ? [field] : [])).join(', ');
  return [warningDiagnostic('provider-person-needed', { address, fields, form }, { address })];
}

/** A secret that was never replaced stands for phones that may drop one day: that is said. What a box never shows is not. */
function unproven(address: string, unverifiable: readonly Unverifiable[]): readonly Diagnostic[] {
  const never = unverifiable.filter(({ code }) => code === 'never-applied').map(({ field }) => field);
  const blind = unverifiable.filter(({ code }) => code === 'no-fingerprint-key' || code === 'no-marker');
  return [
    ...(never.length === 0
      ? []
      : [warningDiagnostic('provider-never-applied', { address, fields: never.join(', ') }, { address })]),
    ...(blind.length === 0
      ? []
      : [
          warningDiagnostic(
            'provider-not-compared',
            { address, fields: blind.map(({ field }) => field).join(', ') },
            { address },
          ),
        ]),
  ];
}

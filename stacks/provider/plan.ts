import { AltaError, type Diagnostic, errorDiagnostic, stateKey, targetOf } from '../../engine/model/index.ts';
import { beforeOf } from '../../engine/plan/index.ts';
import { type PlanAnswer, type PlanRequest, unknown, type ValueObject } from '../plugin/contract.ts';
import type { ResourceShape } from '../schema/resource.ts';
import { deferredPlan, isAway } from './defer.ts';
import { keyIn } from './desired.ts';
import { emptied } from './emptied.ts';
import { type Instance, placeOf, placeOfKnown } from './instance.ts';
import { encodeMemory, isStale, type Memory, nothingKnown, remembered } from './memory.ts';
import { remarksOn } from './notices.ts';
import { isProtected, planDestroy } from './plan-destroy.ts';
import { fixedFields, plannedState, replacing, type Sides } from './planned.ts';
import { normalValues } from './read.ts';
import { hasError, remarkOf, remarkOfError } from './remark.ts';
import { type Situation, situate } from './situation.ts';

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
  const { prior, config, proposed } = asked;
  const memory = await onThisTarget(instance, asked, rememberedBy(shape, asked));
  const situation = await situate(instance, shape, config, memory);
  const priorNormal = prior === null ? {} : normalValues(shape, prior, situation);
  const again =
    memory.commitOpen === true ||
    memory.deferred === true ||
    memory.again !== undefined ||
    holdsApply(instance, situation);
  const sides: Sides = { prior, config: situation.config, priorNormal, again, open: situation.open };
  const replace = replacing(shape, situation, sides);
  const problems = problemsIn(instance, shape, { ...asked, situation, sides, memory, replace });
  const remarks = [
    ...problems.map((one) => remarkOf(one, instance.lang, shape)),
    ...remarksOn(instance, shape, situation, memory),
  ];
  if (hasError(remarks)) return { planned: proposed, remarks };
  if (prior !== null && replace.length === 0 && isAway(situation)) {
    return { ...deferredPlan(shape, { prior, config }, memory), remarks };
  }
  const rests: Memory = { ...memory, before: beforeOf(situation.actual), about: situation.id };
  return { planned: plannedState(shape, situation, sides), replace, private: encodeMemory(rests), remarks };
}

/** The Apply of its target is due from an earlier run, and this is the resource whose plan holds it. */
function holdsApply({ dues, compiled }: Instance, { target, id }: Situation): boolean {
  const declared = compiled.desired
    .filter(({ address }) => targetOf(address) === target.address)
    .map(({ kind, key }) => stateKey(target.key, kind, key));
  return dues.holds(target, id, declared);
}

interface Findings extends Asked {
  readonly situation: Situation;
  readonly sides: Sides;
  readonly memory: Memory;
  readonly replace: readonly string[];
}

/** What keeps the plan from being made, beside what the engine's own plan says. */
function problemsIn(instance: Instance, shape: ResourceShape, findings: Findings): readonly Diagnostic[] {
  const { prior, situation, sides, memory, replace, address } = findings;
  const { id, actual, sight } = situation;
  const where = { address };
  const fixed = replace.length > 0 ? [] : fixedFields(shape, situation, sides);
  const stale = isStale(memory, id, beforeOf(actual)) && !isAway(situation);
  const shielded = replace.length > 0 && prior !== null && isProtected(prior, memory.entry);
  const lost =
    actual === null && sight.view.reading !== null ? emptied(instance, sight, memory, address) : null;
  const twice = actual !== null && !takes(instance, id);
  return [
    ...fixed.map((field) => errorDiagnostic('provider-field-fixed', { address, field }, where)),
    ...(stale ? [errorDiagnostic('provider-stale', { address }, where)] : []),
    ...(shielded ? [errorDiagnostic('provider-protected', { address }, where)] : []),
    ...(twice ? [errorDiagnostic('provider-both-ways', { address }, where)] : []),
    ...(lost === null ? [] : [lost]),
  ];
}

/** Whether nothing else of this plan destroys it: another name of the configuration, or what a replacement that broke off left behind. */
function takes({ planned }: Instance, id: string): boolean {
  if (planned.get(id) === 'destroyed') return false;
  planned.set(id, 'taken');
  return true;
}

/** A refresh that was left out forgets nothing: what is remembered of one box says nothing about another that has taken its label. */
async function onThisTarget(
  instance: Instance,
  { prior, config, address }: Asked,
  memory: Memory,
): Promise<Memory> {
  if (prior === null) return memory;
  const { target } = placeOf(instance, String(config.target), address);
  const known = await placeOfKnown(instance, prior, memory, address);
  return known?.target.key === target.key ? memory : nothingKnown;
}

/** Another key is another thing: what is remembered is about the old one. */
export function rememberedBy(
  shape: ResourceShape,
  { prior, config, priorPrivate }: Pick<PlanRequest, 'prior' | 'config' | 'priorPrivate'>,
): Memory {
  const { keyAttribute } = shape;
  if (prior === null || config === null || prior[keyAttribute] !== config[keyAttribute]) return nothingKnown;
  return remembered(shape, prior, priorPrivate);
}

/** Nothing can be looked up yet: whatever the target alone knows is unknown, and a key that is not known may be another one. */
function unforeseen(shape: ResourceShape, { prior, proposed, config }: PlanRequest): PlanAnswer {
  const computed = Object.entries(shape.schema.attributes).flatMap(([name, { computed: c }]) =>
    c === true && (proposed?.[name] ?? null) === null ? [[name, prior?.[name] ?? unknown] as const] : [],
  );
  const open = [shape.keyAttribute, 'target'].filter((name) => config?.[name] === unknown);
  const told = { id: unknown, applied_digest: unknown } as const;
  const planned: ValueObject = { ...proposed, ...Object.fromEntries(computed), ...told };
  return { planned, replace: prior === null ? [] : open };
}

import { type Diagnostic, errorDiagnostic, type Lang } from '../../engine/model/index.ts';
import type { Remark, ResourceType, ValueObject } from '../plugin/contract.ts';
import type { ResourceShape } from '../schema/resource.ts';
import { applyResource } from './apply.ts';
import { importResource } from './import.ts';
import type { Instance } from './instance.ts';
import { planResource } from './plan.ts';
import { readResource } from './read.ts';
import { remarkOf } from './remark.ts';

/** `alta_extension` or `alta_account`, as the plugin serves it. */
export function resourceType(shape: ResourceShape, lang: Lang): ResourceType<Instance> {
  return {
    schema: shape.schema,
    validate: (config) => consentProblems(shape, config, lang),
    read: (instance, request) => readResource(instance, shape, request),
    plan: (instance, request) => planResource(instance, shape, request),
    apply: (instance, request, call) => applyResource(instance, shape, request, call),
    import: (instance, id) => importResource(instance, shape, id),
  };
}

function consentProblems(
  { values }: ResourceShape,
  { adopt, leave }: ValueObject,
  lang: Lang,
): readonly Remark[] {
  const known = new Set<unknown>(values.map(({ attribute }) => attribute));
  const names = Array.isArray(leave) ? leave : [];
  const strange = names.filter((name): name is string => typeof name === 'string' && !known.has(name));
  const unclear = typeof adopt === 'string' && adopt !== 'values' && adopt !== 'secrets';
  const told: readonly (readonly [string, Diagnostic])[] = [
    ...(unclear ? [['adopt', errorDiagnostic('provider-adopt-unclear', { adopt })] as const] : []),
    ...strange.map((name) => ['leave', errorDiagnostic('provider-leave-unknown', { name })] as const),
  ];
  return told.map(([path, problem]) => ({ ...remarkOf(problem, lang), path: [path] }));
}

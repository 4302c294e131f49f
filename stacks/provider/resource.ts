import type { Remark, ResourceType, ValueObject } from '../plugin/contract.ts';
import type { ResourceShape } from '../schema/resource.ts';
import { applyResource } from './apply.ts';
import { importResource } from './import.ts';
import type { Instance } from './instance.ts';
import { planResource } from './plan.ts';
import { readResource } from './read.ts';

/** `alta_extension` or `alta_account`, as the plugin serves it. */
export function resourceType(shape: ResourceShape): ResourceType<Instance> {
  return {
    schema: shape.schema,
    validate: (config) => adoptProblems(config),
    read: (instance, request) => readResource(instance, shape, request),
    plan: (instance, request) => planResource(instance, shape, request),
    apply: (instance, request, call) => applyResource(instance, shape, request, call),
    import: (instance, id) => importResource(instance, shape, id),
  };
}

function adoptProblems({ adopt }: ValueObject): readonly Remark[] {
  if (typeof adopt !== 'string' || adopt === 'values' || adopt === 'secrets') return [];
  return [
    {
      severity: 'error',
      summary: 'Unknown consent',
      detail: '`adopt` is `values` or `secrets`.',
      path: ['adopt'],
    },
  ];
}

import { isDeepStrictEqual } from 'node:util';
import { type Diagnostic, errorDiagnostic, type Lang } from '../../engine/model/index.ts';
import type { Remark, ResourceType, ValueObject } from '../plugin/contract.ts';
import type { ResourceShape } from '../schema/resource.ts';
import { applyResource } from './apply.ts';
import { keyIn } from './desired.ts';
import { importResource } from './import.ts';
import type { Instance } from './instance.ts';
import { planResource } from './plan.ts';
import type { Put } from './puts.ts';
import { readResource } from './read.ts';
import { hasError, remarkOf } from './remark.ts';

/** `alta_extension` or `alta_account`, as the plugin serves it. */
export function resourceType(shape: ResourceShape, lang: Lang): ResourceType<Instance> {
  return {
    schema: shape.schema,
    validate: (config) => consentProblems(shape, config, lang),
    read: (instance, request) => readResource(instance, shape, request),
    plan: (instance, request) =>
      noted(instance, shape, request.config, 'planned', async () => {
        const answer = await planResource(instance, shape, request);
        if (hasError(answer.remarks ?? [])) return { answer, put: 'failed' };
        const applies = !isDeepStrictEqual(answer.planned, request.prior);
        return { answer, put: applies ? 'planned' : 'done' };
      }),
    apply: (instance, request, call) =>
      noted(instance, shape, request.planned && request.config, 'under-way', async () => {
        const answer = await applyResource(instance, shape, request, call);
        return { answer, put: hasError(answer.remarks ?? []) ? 'failed' : 'done' };
      }),
    import: (instance, id) => importResource(instance, shape, id),
  };
}

interface Worked<Answer> {
  readonly answer: Answer;
  readonly put: Put;
}

/** Deletions on the same target wait for it. A configuration that is null deletes. */
async function noted<Answer>(
  { puts }: Instance,
  shape: ResourceShape,
  config: ValueObject | null,
  begun: Put,
  work: () => Promise<Worked<Answer>>,
): Promise<Answer> {
  const note = (put: Put): void => {
    const target = String(config?.target);
    if (config !== null) puts.note(target, `${target}/${shape.kind}:${keyIn(shape, config)}`, put);
  };
  note(begun);
  try {
    const { answer, put } = await work();
    note(put);
    return answer;
  } catch (error) {
    note('failed');
    throw error;
  }
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

import {
  type Code,
  type Diagnostic,
  errorDiagnostic,
  type Params,
  type Target,
  warningDiagnostic,
} from '../../../engine/model/index.ts';
import { declaredGeneration, declaredModel, firmwareOf, modelNameOf } from './firmware.ts';
import { generationOf } from './generation.ts';

/** What is wrong with how a phone is declared: its model, its firmware, and the way its settings take. Pure. */
export function wayProblems(target: Target): readonly Diagnostic[] {
  const always = [...modelProblems(target), ...firmwareProblems(target)];
  return target.mode === 'guided' ? always : [...always, ...pathProblems(target), ...triggerProblems(target)];
}

function modelProblems(target: Target): readonly Diagnostic[] {
  if ((declaredModel(target)?.accounts ?? null) !== null) return [];
  const { address } = target;
  const model = modelNameOf(target) ?? '?';
  return [warningDiagnostic('model-limits-unknown', { target: address, model, field: 'model' }, { address })];
}

function firmwareProblems(target: Target): readonly Diagnostic[] {
  const firmware = firmwareOf(target);
  if (firmware === undefined || generationOf(firmware) !== null) return [];
  return [problem(target, 'firmware-unknown', { firmware, field: 'firmware' })];
}

/** A phone that fetches its settings is not asked what it is. */
function pathProblems(target: Target): readonly Diagnostic[] {
  const { publication, endpoint, options } = target;
  if (publication === undefined) return endpoint === null ? [problem(target, 'target-without-way')] : [];
  const model = declaredModel(target);
  const undecided = firmwareOf(target) === undefined && declaredGeneration(target) === null;
  const boundless = options.exclusive === true && (model === null || model.accounts === null);
  return [
    ...(undecided
      ? [problem(target, 'firmware-required', { model: modelNameOf(target) ?? '?', field: 'firmware' })]
      : []),
    ...(boundless ? [problem(target, 'exclusive-boundless', { field: 'exclusive' })] : []),
  ];
}

/** UDP does not ride inside SSH, and somebody must be there to be told. */
function triggerProblems({ publication, endpoint, ...target }: Target): readonly Diagnostic[] {
  const trigger = publication?.trigger ?? 'none';
  if (trigger === 'none') return [];
  if (endpoint === null) return [problem(target, 'trigger-without-address', { trigger, field: 'publish' })];
  if (trigger !== 'notify' || endpoint.via === undefined) return [];
  return [problem(target, 'trigger-through-bastion', { via: endpoint.via.name, field: 'publish' })];
}

function problem({ address }: Pick<Target, 'address'>, code: Code, params: Params = {}): Diagnostic {
  return errorDiagnostic(code, { target: address, ...params }, { address });
}

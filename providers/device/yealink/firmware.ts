import type { Target } from '../../../engine/model/index.ts';
import { type CfgGeneration, generationOf } from './generation.ts';
import { type Model, modelOf } from './models.ts';

/** The declared firmware as text; undefined where none is declared. */
export function firmwareOf({ options }: Target): string | undefined {
  return typeof options.firmware === 'string' ? options.firmware : undefined;
}

/** The declared model as text; undefined where none is declared. */
export function modelNameOf({ options }: Target): string | undefined {
  return typeof options.model === 'string' ? options.model : undefined;
}

/** Null for a model that is not declared or not known. */
export function declaredModel(target: Target): Model | null {
  const name = modelNameOf(target);
  return name === undefined ? null : modelOf(name);
}

/**
 * The names of the keys as far as the YAML alone decides them: by the firmware, or by a model that never had another set of names for
 * its accounts. From V80 on these do not change [vendor-docs, field], so the newest is taken: a boot file that an older one does not ask
 * for does no harm. Null where a phone must be asked.
 */
export function declaredGeneration(target: Target): CfgGeneration | null {
  const firmware = firmwareOf(target);
  if (firmware !== undefined) return generationOf(firmware);
  const oldest = declaredModel(target)?.oldest ?? null;
  return oldest === 'v80' || oldest === 'v81' || oldest === 'v83' ? 'v83' : null;
}

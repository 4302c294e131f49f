export { desiredDigest } from './draft.ts';
export { type GuidedPart, guidedPart } from './guided.ts';
export * from './input.ts';
export { beforeOf } from './match.ts';
export { adoptedSecrets, type Ended, nextState, type RunFacts, sameState } from './next-state.ts';
export * from './plan.ts';
export { followIdentity, resolveOpen } from './resolve.ts';
export { guard, type SafetyFacts } from './safety.ts';

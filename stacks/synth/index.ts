export { type PendingStep, type Synthesis, type SynthesisOptions, synthesise } from './synthesise.ts';

export { type PendingStep, type Synthesis, type SynthesisOptions, synthesise } from './synth/index.ts';

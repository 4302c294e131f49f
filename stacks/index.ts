export { type Synthesis, type SynthesisOptions, synthesise } from './synthesise.ts';

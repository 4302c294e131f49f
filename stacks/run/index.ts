export { type Choice, chooseClients } from './choose.ts';
export { type Asked, askedOf } from './command.ts';
export type { RunResult, Served, Synthesise, TerraformRun, Voice, Written } from './contract.ts';
export { type Ending, type Verdict, verdictOf } from './ending.ts';
export { generalEnvironment, withoutSecrets } from './environment.ts';
export { refuseImpossible } from './objection.ts';
export { programName } from './program.ts';
export { runGeneral, runTerraform } from './run.ts';

/** The settings file of a phone: read, and made. */
export { readCfg, renderCfg, renderLine } from './cfg/dialect.ts';
export { type Doubt, doubtOf, type Flaw, flawOf, LONGEST } from './cfg/flaw.ts';
export { type Cfg, type CfgLine, EMPTY, FACTORY, HEADER, isSecret, keyPattern } from './cfg/line.ts';
export { parseCfg, type Unreadable } from './cfg/parse.ts';

/**
 * What is known of each model and firmware. Tags: see `lab/settings.ts`. Sources: provisioning systems' folders for the
 * common file's number and the firmware's family, and for the number of accounts (C).
 */
import type { LabPhoneGeneration } from '../settings.ts';

export interface Model {
  /** The digits NN of `y0000000000NN.cfg`. */
  code: string;
  /** Accounts the model has (C). */
  lines: number;
}

/** Which spelling of the configuration keys a firmware knows (C, D: V81 put `static.` before some keys). */
export type KeyGeneration = 'V70' | 'V71' | 'V80' | 'V81';

const MODELS: Readonly<Record<string, Model>> = {
  T20P: { code: '07', lines: 2 },
  T22P: { code: '05', lines: 3 },
  T26P: { code: '04', lines: 3 },
  T28P: { code: '00', lines: 6 },
  T32G: { code: '32', lines: 3 },
  T38G: { code: '38', lines: 6 },
  T19P_E2: { code: '53', lines: 1 },
  T21P_E2: { code: '52', lines: 2 },
  T40P: { code: '54', lines: 3 },
  T41P: { code: '36', lines: 6 },
  T42G: { code: '29', lines: 12 },
  T46G: { code: '28', lines: 16 },
  T48G: { code: '35', lines: 16 },
  T41S: { code: '68', lines: 6 },
  T42S: { code: '67', lines: 12 },
  T46S: { code: '66', lines: 16 },
  T48S: { code: '65', lines: 16 },
  T31G: { code: '123', lines: 2 },
  T33G: { code: '124', lines: 4 },
  T43U: { code: '107', lines: 12 },
  T46U: { code: '108', lines: 16 },
  T48U: { code: '109', lines: 16 },
  T53W: { code: '95', lines: 12 },
  T54W: { code: '96', lines: 16 },
  T57W: { code: '97', lines: 16 },
  W70B: { code: '146', lines: 10 },
  T73W: { code: '183', lines: 12 },
  T88: { code: '192', lines: 16 },
};

/** @throws Error for a model the lab has no facts about. */
export function modelNamed(name: string): Model {
  const model = MODELS[name];
  if (model === undefined) throw new Error(`the lab knows no phone model "${name}"`);
  return model;
}

/** The phone each web generation is tried on unless another is named. */
export const USUAL: Readonly<Record<LabPhoneGeneration, { model: string; firmware: string }>> = {
  a: { model: 'T22P', firmware: '7.72.0.25' },
  b0: { model: 'T46G', firmware: '28.80.0.125' },
  b1: { model: 'T21P_E2', firmware: '52.84.0.15' },
  b2: { model: 'T31G', firmware: '124.86.0.75' },
  c: { model: 'T54W', firmware: '96.86.0.70' },
};

/** The second number of a firmware is its generation: '66.86.0.15' is V86 (C). */
export function firmwareNumber(firmware: string): number {
  const number = Number(firmware.split('.')[1]);
  if (!Number.isInteger(number)) throw new Error(`"${firmware}" is no firmware of a Yealink phone`);
  return number;
}

export function keyGeneration(firmware: string): KeyGeneration {
  const number = firmwareNumber(firmware);
  if (number <= 70) return 'V70';
  if (number < 80) return 'V71';
  return number === 80 ? 'V80' : 'V81';
}

/** The common file's name: 'y' and twelve digits (D). */
export function commonFile(model: string): string {
  return `y${modelNamed(model).code.padStart(12, '0')}.cfg`;
}

/** T2 to T4 write the MAC with colons in their User-Agent, some T5x without (C). */
export function usualMacStyle(model: string): 'colons' | 'bare' {
  return /^T5/.test(model) ? 'bare' : 'colons';
}

import { AltaError } from '../../engine/model/index.ts';
import type { LabPhoneGeneration } from '../../lab/settings.ts';
import type { Flags } from '../flags.ts';

/**
 * How a phone of the lab gets its settings: `direct` at its address · `via` an SSH host · `provisioning`: it fetches a file ·
 * `off`: at its address, and without power at the start · `guided`: a person types them in.
 */
export type PhoneWay = 'direct' | 'via' | 'provisioning' | 'off' | 'guided';

/** A phone that the command line asks for. */
export interface PhoneWish {
  readonly name: string;
  readonly generation: LabPhoneGeneration;
  readonly way: PhoneWay;
}

/** One phone of every generation, and every way once. */
const usual = ['mostrador:c', 'despacho:b2:via', 'muelle:b0:provisioning', 'sala:b1:off', 'entrada:a:guided'];

const pattern = /^([a-z0-9][a-z0-9-]{0,30})(?::(a|b0|b1|b2|c)(?::(direct|via|provisioning|off|guided))?)?$/;

/**
 * The phones of `--phones`: none without it, the usual ones where it stands alone.
 *
 * @throws AltaError `option-value`.
 */
export function phonesOf(given: Flags['phones']): readonly PhoneWish[] {
  if (given === undefined) return [];
  return (given === true ? usual : given).map(phoneOf);
}

function phoneOf(text: string): PhoneWish {
  const [, name, generation = 'c', way] = pattern.exec(text) ?? [];
  if (name === undefined) {
    throw new AltaError('option-value', { option: '--phones', value: text, expected: usual });
  }
  // The pages of the oldest phones cannot be written by a program.
  const usualWay = generation === 'a' ? 'guided' : 'direct';
  return {
    name,
    generation: generation as LabPhoneGeneration,
    way: (way as PhoneWay | undefined) ?? usualWay,
  };
}

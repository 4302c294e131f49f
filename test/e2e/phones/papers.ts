import type { LabPhoneService, LabYeastarService } from '../../../lab/index.ts';
import { pbxBlock } from '../../support/bench.ts';
import { trustIn } from '../../support/papers.ts';

/** The numbers that the PBX has, and what they register with. */
export const sips = {
  2000: 'Kf7mQ2xRt-p9WbL4hZc6',
  2001: 'Vx3nTq8sJd_k5YgB7wHu',
  2002: 'Rb6zLm4cPf-x8QjD2tNk',
} as const;

/** What a client's file has beside the accounts. */
export interface Over {
  readonly extensions?: readonly object[];
  /** More of the phone's block. */
  readonly device?: object;
  readonly more?: object;
}

/** The client's file: the lab's PBX with its numbers, and the phone `mesa`. */
export function clientData(
  box: LabYeastarService,
  phone: LabPhoneService,
  accounts: readonly object[],
  over: Over,
): object {
  const numbers = Object.keys(sips).map((number) => ({ pbx: 'sede', number, name: `Puesto ${number}` }));
  return {
    pbx: { sede: pbxBlock(box) },
    extensions: over.extensions ?? numbers,
    devices: [
      {
        id: 'mesa',
        driver: 'yealink',
        model: phone.model,
        mac: phone.mac,
        address: phone.url,
        ...trustIn(phone),
        accounts,
        ...over.device,
      },
    ],
    ...over.more,
  };
}

import type { Desired, Values } from '../../../engine/model/index.ts';
import type { Driver } from '../../contract.ts';
import { check } from './check.ts';
import { facts } from './facts.ts';
import { normalise } from './fields.ts';
import { form } from './form.ts';

/** Yeastar S-Series, K2 and Cloud PBX over their "Web API". What talks is loaded at the first session: validating needs no HTTP client. */
export const driver: Driver = {
  name: 'yeastar',
  version: '1',
  facts,
  check,
  normalise,
  computed,
  form,
  open: async (target, context) => (await import('./session.ts')).openSession(target, context),
};

/** An extension without a registration name of its own registers as its number. [vendor-docs] */
function computed({ kind, key, values }: Desired): Values {
  return kind !== 'extension' || 'registrationName' in values ? {} : { registrationName: key };
}

import type { Desired, Target, Values } from '../../../engine/model/index.ts';
import type { Driver } from '../../contract.ts';
import { check } from './check.ts';
import { checkReading } from './check-reading.ts';
import { facts } from './facts.ts';
import { normalise } from './fields.ts';
import { form } from './form.ts';
import { registrationNameOf } from './rules.ts';

/** MeetIP (PBXware Multi-Tenant) over its action API, and API v2. What talks is loaded at the first session. */
export const driver: Driver = {
  name: 'meetip',
  version: '1',
  facts,
  check,
  checkReading,
  normalise,
  computed,
  form,
  open: async (target, context) => (await import('./session.ts')).openSession(target, context),
  knock: async (target, context) => (await import('./knock.ts')).knock(target, context),
};

/** The registration name is tenant code and number. [field] */
function computed({ kind, key, values }: Desired, target: Target): Values {
  const name = registrationNameOf(key, target);
  const isOurs = kind === 'extension' && !('registrationName' in values);
  return isOurs && name !== null ? { registrationName: name } : {};
}

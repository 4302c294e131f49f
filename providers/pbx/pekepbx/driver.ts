import type { Desired, Target, Values } from '../../../engine/model/index.ts';
import type { Driver } from '../../contract.ts';
import { check, normalise, REGISTRATION_NAME } from './check.ts';
import { checkReading } from './check-reading.ts';
import { facts } from './facts.ts';
import { form } from './form.ts';
import { declaredVariables, profileOf } from './profile/target.ts';
import { fill } from './profile/template.ts';

/** PekePBX over its REST API, as a profile describes it. What talks is loaded at the first session: validating needs no HTTP client. */
export const driver: Driver = {
  name: 'pekepbx',
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

/** The registration name is made of company and number. [vendor-docs] */
function computed({ kind, key }: Desired, target: Target): Values {
  const variables = declaredVariables(target);
  const template = profileOf(target)?.identity.registrationName ?? REGISTRATION_NAME;
  if (kind !== 'extension' || variables.companyId === undefined) return {};
  return { registrationName: fill(template, { ...variables, number: key }) };
}

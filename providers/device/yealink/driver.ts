import type { Driver } from '../../contract.ts';
import { check } from './check.ts';
import { normalise } from './dialect.ts';
import { facts } from './facts.ts';
import { form } from './form.ts';

/** Yealink phones over their web page, or by pull provisioning. What talks is loaded at the first session. */
export const driver: Driver = {
  name: 'yealink',
  version: '1',
  facts,
  check,
  normalise,
  form,
  open: async (target, context) => (await import('./session.ts')).openSession(target, context),
};

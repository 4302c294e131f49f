import type { Driver } from '../../contract.ts';
import { check } from './check.ts';
import { facts } from './facts.ts';
import { normalise } from './fields.ts';
import { form } from './form.ts';
import { openSession } from './session.ts';

/** Yeastar S-Series, K2 and Cloud PBX over their "Web API". */
export const driver: Driver = {
  name: 'yeastar',
  version: '1',
  facts,
  check,
  normalise,
  form,
  open: openSession,
};

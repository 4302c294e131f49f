import type { Driver } from '../contract.ts';
import { check } from './check.ts';
import { normalise } from './dialect.ts';
import { facts } from './facts.ts';
import { form } from './form.ts';
import { openSession } from './session.ts';

const name = 'memory';

/** The reference driver: a PBX in memory behind `memory://name`. Learn from it, copy it, test against it. */
export const driver: Driver = {
  name,
  version: '1',
  facts,
  check: (desired) => check(name, desired),
  normalise,
  form,
  open: openSession,
};

import type { Desired } from '../../../engine/model/index.ts';
import type { Driver } from '../../../providers/contract.ts';
import { driver as memory } from '../../../providers/memory/driver.ts';
import { inDriver, type Mutant } from './mutant.ts';

/** Gives `normalise` a memory: what it made is changed when it comes again. */
function forgetfulNormalise(): Driver['normalise'] {
  const made = new WeakSet<Desired>();
  return (desired, target) => {
    const done = memory.normalise(desired, target);
    const again = made.has(desired) ? { ...done, values: { ...done.values, name: 'Otra vez' } } : done;
    made.add(again);
    return again;
  };
}

/** Defects of the pure functions. */
export const pureMutants: readonly Mutant[] = [
  inDriver('normalise changes what it made before', 'normalise-idempotent', {
    normalise: forgetfulNormalise(),
  }),
  inDriver('check lets unknown fields pass', 'check-finds-problems', {
    check: (desired, target) =>
      memory.check(desired, target).filter(({ code }) => code !== 'field-unsupported'),
  }),
  inDriver('the form forgets the secrets', 'form-says-all', {
    form: (change, target) => memory.form(change, target).filter((line) => line.do !== 'secret'),
  }),
];

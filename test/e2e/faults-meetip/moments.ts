import type { LabBoxControl, LabFault } from '../../../lab/index.ts';

/** The request that asks for an action. `nth`: which of those, from 1. */
export function at(action: string, nth = 1): NonNullable<LabFault['match']> {
  return { path: `pbxware.${action}`, nth };
}

/** The request that changes an extension by API v2: the ids that we get there begin with a 1, and look-ups go by number. */
export function atSecond(nth = 1): NonNullable<LabFault['match']> {
  return { path: '/v2/extensions/1', nth };
}

/** Every request so far: `POST ext.add`, `DELETE /api/org/301/v2/extensions/12`. */
export function asked(box: Pick<LabBoxControl, 'requests'>): readonly string[] {
  return box.requests().entries.map(({ method, path }) => {
    const action = /action=pbxware\.([a-z_.]+)/.exec(path)?.[1];
    return `${method} ${action ?? path}`;
  });
}

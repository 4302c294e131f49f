import type { ActualView, Change, Desired, Target } from '../../../../engine/model/index.ts';
import { driver as memory } from '../../../../providers/memory/driver.ts';
import type { ValueObject } from '../../../../stacks/plugin/contract.ts';
import { wantedOf } from '../../../../stacks/provider/desired.ts';
import { allFacts } from '../../../../stacks/provider/index.ts';
import type { Situation } from '../../../../stacks/provider/situation.ts';
import { resourceShapes } from '../../../../stacks/schema/resource.ts';
import { pbx } from '../fixture.ts';

export const shapes = resourceShapes(await allFacts());

/** A configuration of an extension, all attributes present as Terraform sends them. */
export function config(over: ValueObject = {}): ValueObject {
  const nothing = Object.keys(shapes.extension.schema.attributes).map((name) => [name, null]);
  return { ...Object.fromEntries(nothing), target: 'acme/pbx:main', number: '110', name: 'Puesto', ...over };
}

/** Names every marker after what it is of. */
export const markers = {
  scope: 'acme',
  marker: (source: object) => `rev of ${JSON.stringify(source)}`,
  fingerprint: (context: string) => `hmac of ${context}`,
};

export function wanted(over: ValueObject = {}) {
  return wantedOf(shapes.extension, config(over), { address: 'acme/pbx:main' }, markers);
}

export function actual(
  values: ActualView['values'],
  fingerprints: ActualView['fingerprints'] = {},
): ActualView {
  return { kind: 'extension', key: '110', values, fingerprints, observed: {} };
}

/** What the engine would do. */
export function change(over: Partial<Change> = {}): Change {
  return {
    address: 'acme/pbx:main/extension:110',
    target: 'acme/pbx:main',
    targetKey: 'memory:main',
    kind: 'extension',
    key: '110',
    action: 'update',
    section: 'requested',
    means: 'api',
    fields: [],
    before: 'absent',
    revs: {},
    after: [],
    blocked: null,
    ...over,
  };
}

/** As much of a situation as a planned state rests on. */
export function situation(desired: Desired, found: Change | null, target: Target = pbx('main')): Situation {
  return { change: found, id: 'memory:main#extension:110', desired, driver: memory, target } as Situation;
}

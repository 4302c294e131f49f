import { type Change, type Kind, resourceAddress, type Target } from '../../engine/model/index.ts';

/** The change that deletes one thing. `before`: what it rests on, as in {@link Change}. */
export function deletion(kind: Kind, key: string, target: Target, before = ''): Change {
  return {
    address: resourceAddress(target.address, kind, key),
    target: target.address,
    targetKey: target.key,
    kind,
    key,
    action: 'delete',
    section: 'requested',
    means: 'api',
    fields: [],
    before,
    revs: {},
    after: [],
    blocked: null,
  };
}

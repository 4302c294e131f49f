import {
  type Action,
  type ActualView,
  type Block,
  type Change,
  resourceAddress,
  type Section,
  type StateEntry,
  type Target,
} from '../model/index.ts';
import { awayForNow } from './blind.ts';
import { capabilities, converged, type Verdict, verdict } from './draft.ts';
import { onlyByHand } from './guided.ts';
import type { ClientInput } from './input.ts';
import { beforeOf, type Match } from './match.ts';

/** Ours, and no longer declared. */
export function undesiredVerdict(match: Match, entry: StateEntry, input: ClientInput): Verdict {
  const why = whyForgotten(match.id, entry, input);
  if (why !== null)
    return verdict(forgotten(entry, match.view.target.address, why, beforeOf(match.actual)), []);
  if (match.view.reading?.delivery === 'waiting' && match.actual === null) {
    return verdict(
      { ...undesired(match, entry, 'delete', 'unapplied'), means: 'deferred', published: true },
      [],
    );
  }
  if (match.view.reading !== null && match.actual === null) {
    return verdict(undesired(match, entry, 'record', 'vanished'), []);
  }
  const change = undesired(match, entry, 'delete', 'requested');
  if (match.view.status === 'unreachable' || match.view.status === 'failed') {
    const block: Block = { code: 'target-unreadable', params: {} };
    return verdict(awayForNow(match) ? { ...change, means: 'deferred' } : { ...change, blocked: block }, []);
  }
  return verdict(protectedBlock(change, input), []);
}

/** Why something of ours is left where it is and leaves our state; null where it does not. */
export function whyForgotten(id: string, entry: StateEntry, input: ClientInput): 'released' | 'moved' | null {
  if (input.released.has(id) || input.released.has(entry.address)) return 'released';
  return input.desiredElsewhere.has(id) ? 'moved' : null;
}

/** No longer ours: nothing is written to the target. */
export function forgotten(entry: StateEntry, target: string, section: Section, before = 'absent'): Change {
  return { ...goneFrom(entry, target), action: 'forget', section, means: 'api', before };
}

function protectedBlock(change: Change, input: ClientInput): Change {
  const by = input.referenced.get(change.address);
  if (by === undefined) return change;
  return { ...change, blocked: { code: 'referenced', params: { by } } };
}

/** Neither declared nor ours: shown, and touched only on a device that is declared to be all ours. */
export function foreignVerdict(
  { address: target, key: targetKey, options }: Target,
  actual: ActualView,
): Verdict {
  const { kind, key } = actual;
  if (options.exclusive === true && kind === 'account') {
    const address = resourceAddress(target, kind, key);
    const gone = goneFrom({ address, targetKey, kind, key }, target);
    const before = beforeOf(actual);
    return verdict({ ...gone, action: 'delete', section: 'requested', means: 'api', before }, []);
  }
  const name = typeof actual.values.name === 'string' ? actual.values.name : '';
  return { ...converged, foreign: { target, kind: actual.kind, key: actual.key, name } };
}

function undesired(match: Match, entry: StateEntry, action: Action, section: Section): Change {
  const byHand = action === 'delete' && onlyByHand(capabilities(match), entry.kind, 'delete');
  const means = byHand ? 'guided' : 'api';
  return {
    ...goneFrom(entry, match.view.target.address),
    action,
    section,
    means,
    before: beforeOf(match.actual),
  };
}

/** What every change that takes something of ours away says of it. */
function goneFrom(entry: Pick<StateEntry, 'address' | 'targetKey' | 'kind' | 'key'>, target: string) {
  const { address, targetKey, kind, key } = entry;
  return { address, target, targetKey, kind, key, fields: [], revs: {}, after: [], blocked: null } as const;
}

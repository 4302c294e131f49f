import type { Action, ActualView, Block, Change, Section, StateEntry } from '../model/index.ts';
import { awayForNow } from './blind.ts';
import { capabilities, converged, type Verdict, verdict } from './draft.ts';
import { onlyByHand } from './guided.ts';
import type { ClientInput } from './input.ts';
import { beforeOf, type Match } from './match.ts';

/** Ours, and no longer declared. */
export function undesiredVerdict(match: Match, entry: StateEntry, input: ClientInput): Verdict {
  const released = input.released.has(match.id) || input.released.has(entry.address);
  const elsewhere = input.desiredElsewhere.has(match.id);
  if (released || elsewhere) {
    return verdict(undesired(match, entry, 'forget', released ? 'released' : 'moved'), []);
  }
  if (match.view.status === 'skipped') return converged;
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

function protectedBlock(change: Change, input: ClientInput): Change {
  const by = input.referenced.get(change.address);
  if (by === undefined) return change;
  return { ...change, blocked: { code: 'referenced', params: { by } } };
}

/** Neither declared nor ours: shown, never touched. */
export function foreignVerdict(target: string, actual: ActualView): Verdict {
  const name = typeof actual.values.name === 'string' ? actual.values.name : '';
  return { ...converged, foreign: { target, kind: actual.kind, key: actual.key, name } };
}

function undesired(match: Match, entry: StateEntry, action: Action, section: Section): Change {
  const by = action === 'delete' && onlyByHand(capabilities(match), entry.kind, 'delete');
  return {
    address: entry.address,
    target: match.view.target.address,
    targetKey: match.view.target.key,
    kind: entry.kind,
    key: entry.key,
    action,
    section,
    means: by ? 'guided' : 'api',
    fields: [],
    before: beforeOf(match.actual),
    revs: {},
    after: [],
    blocked: null,
  };
}

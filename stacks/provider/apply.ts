import {
  AltaError,
  type Change,
  type Diagnostic,
  errorDiagnostic,
  originOf,
} from '../../engine/model/index.ts';
import { beforeOf, isRemoteChange } from '../../engine/plan/index.ts';
import { type PreparedWrite, prepareWrite } from '../../engine/run/apply/write.ts';
import type { ApplyAnswer, ApplyRequest, Call, ValueObject } from '../plugin/contract.ts';
import type { ResourceShape } from '../schema/resource.ts';
import { deferredAnswer, isAway, waits } from './defer.ts';
import { keyIn } from './desired.ts';
import { destroyResource } from './destroy.ts';
import { doubtful } from './doubtful.ts';
import { withPassword } from './follow.ts';
import type { Instance } from './instance.ts';
import { awaitLate } from './late.ts';
import { decodeMemory, isStale, type Memory, nothingKnown } from './memory.ts';
import { recorded, type Task, written } from './outcome.ts';
import { panelOf } from './panel.ts';
import { remarkOfError } from './remark.ts';
import { applyVault, givenSecrets, preflight } from './secrets.ts';
import { type Situation, situate, unreadable } from './situation.ts';

/** Carries out one planned change, or says why nothing was done. Whatever exists afterwards is in the answer's state. */
export async function applyResource(
  instance: Instance,
  shape: ResourceShape,
  request: ApplyRequest,
  call: Call,
): Promise<ApplyAnswer> {
  const { prior, config, planned, plannedPrivate } = request;
  if (planned === null || config === null) return destroyResource(instance, shape, request, call);
  const address = `${String(config.target)}/${shape.kind}:${keyIn(shape, config) ?? '?'}`;
  try {
    const memory = decodeMemory(plannedPrivate) ?? nothingKnown;
    const situation = await lookAgain(instance, shape, config, memory);
    const task: Task = { instance, shape, prior, planned, memory, situation };
    if (isAway(situation)) return deferredAnswer(task);
    const problem = whyNot(task);
    if (problem !== null) throw new AltaError(problem.code, problem.params, { address });
    return await carryOut(task, config, call);
  } catch (error) {
    if (!(error instanceof AltaError)) throw error;
    const remarks = [remarkOfError(error, instance.lang, address, shape)];
    return { state: prior, private: plannedPrivate, remarks };
  }
}

/** An absence is believed only once a create that a killed run sent can no longer appear. */
async function lookAgain(
  instance: Instance,
  shape: ResourceShape,
  config: ValueObject,
  memory: Memory,
): Promise<Situation> {
  const situation = await situate(instance, shape, config, memory);
  if (!(await awaitLate(instance, situation))) return situation;
  instance.readings.drop(situation.target);
  return situate(instance, shape, config, memory);
}

/** Why nothing may be written; null where nothing speaks against it. */
function whyNot({ memory, situation, instance }: Task): Diagnostic | null {
  const { change, desired, actual, sight, diagnostics } = situation;
  const { address } = desired;
  const error = diagnostics.find(({ severity }) => severity === 'error') ?? unreadable(sight);
  if (error !== null) return error;
  const ours = instance.claims.of(situation.id) !== null;
  if (!ours && isStale(memory, situation.id, beforeOf(actual))) {
    return errorDiagnostic('provider-stale', { address });
  }
  if (change?.blocked) {
    return errorDiagnostic('provider-blocked', { address, reason: change.blocked.code, wayOut: '' });
  }
  if (change?.means === 'guided' && change.action === 'create') {
    return errorDiagnostic('provider-person-first', { address, form: panelOf(situation) });
  }
  return null;
}

async function carryOut(task: Task, config: ValueObject, call: Call): Promise<ApplyAnswer> {
  const { memory, situation, instance } = task;
  const change = memory.again === true ? withPassword(situation) : situation.change;
  const writes = change !== null && isRemoteChange(change);
  if (!writes && memory.commitOpen !== true) return recorded(task, change);
  if (change !== null) await preflight(instance, change);
  const prepared = writes ? await preparedOf(task, change) : null;
  const { claims, hub, readings } = instance;
  const delivered = await hub.convoys.send({
    situation,
    prepared,
    readings,
    signal: call.signal,
    announce: async () => {
      if (prepared?.write.action !== 'create') return;
      await claims.make({ write: prepared.pending, at: new Date(hub.context.clock.now()).toISOString() });
    },
  });
  if (delivered.result === 'done') return written(task, prepared, delivered);
  return waits(situation, delivered) ? deferredAnswer(task) : doubtful(task, config, delivered);
}

async function preparedOf({ instance, situation }: Task, change: Change): Promise<PreparedWrite> {
  const { desired, actual, entry, target } = situation;
  const sources = {
    desired,
    actual,
    entry,
    scope: instance.client,
    origin: originOf(target),
    given: await givenSecrets(instance, situation, change),
  };
  return prepareWrite(change, sources, await applyVault(instance));
}

import {
  AltaError,
  type Change,
  type Diagnostic,
  errorDiagnostic,
  originOf,
} from '../../engine/model/index.ts';
import { beforeOf, isRemoteChange } from '../../engine/plan/index.ts';
import { type PreparedWrite, prepareWrite } from '../../engine/run/apply/write.ts';
import type { ApplyAnswer, ApplyRequest, Call, Remark, ValueObject } from '../plugin/contract.ts';
import type { ResourceShape } from '../schema/resource.ts';
import type { Claim, Claims } from './claims.ts';
import type { Delivered } from './convoy.ts';
import { deferredAnswer, isAway, waits } from './defer.ts';
import { keyIn } from './desired.ts';
import { destroyResource } from './destroy.ts';
import { doubtful } from './doubtful.ts';
import { emptied } from './emptied.ts';
import { withSecrets } from './follow.ts';
import type { Instance } from './instance.ts';
import { awaitLate } from './late.ts';
import { afterPlan, encodeMemory, isStale, type Memory, remembered } from './memory.ts';
import { recorded, type Task, written } from './outcome.ts';
import { panelOf } from './panel.ts';
import { remarkOf, remarkOfBlock, remarkOfError } from './remark.ts';
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
  const memory = remembered(shape, prior, plannedPrivate);
  const refused = (remark: Remark): ApplyAnswer => ({
    state: prior,
    private: encodeMemory(afterPlan(memory)),
    remarks: [remark],
  });
  try {
    const situation = await lookAgain(instance, shape, { config, memory }, call);
    const task: Task = { instance, shape, prior, planned, memory, situation };
    if (isAway(situation)) return deferredAnswer(task);
    const problem = whyNot(task);
    return problem === null ? await carryOut(task, config, call) : refused(problem);
  } catch (error) {
    if (!(error instanceof AltaError)) throw error;
    return refused(remarkOfError(error, instance.lang, address, shape));
  }
}

/** An absence is believed only once a create that a killed run sent can no longer appear. */
async function lookAgain(
  instance: Instance,
  shape: ResourceShape,
  { config, memory }: { readonly config: ValueObject; readonly memory: Memory },
  { signal }: Call,
): Promise<Situation> {
  const situation = await situate(instance, shape, config, memory);
  if (!(await awaitLate(instance, situation, signal))) return situation;
  instance.readings.drop(situation.target);
  return situate(instance, shape, config, memory);
}

/** Why nothing may be written; null where nothing speaks against it. */
function whyNot({ memory, situation, instance, shape }: Task): Remark | null {
  const { change, desired, actual, sight, diagnostics, entry, id } = situation;
  const { address } = desired;
  const told = (one: Diagnostic): Remark => remarkOf({ address, ...one }, instance.lang, shape);
  const error = diagnostics.find(({ severity }) => severity === 'error') ?? unreadable(sight);
  if (error !== null) return told(error);
  // A create of a killed run that proves to be ours may have appeared since the plan.
  const resumed = memory.entry === null && entry !== null;
  if (!resumed && isStale(memory, id, beforeOf(actual)))
    return told(errorDiagnostic('provider-stale', { address }));
  const lost = actual === null ? emptied(instance, sight, memory, address) : null;
  if (lost !== null) return told(lost);
  if (change?.blocked) return remarkOfBlock(address, change.blocked, instance.lang);
  if (change?.means === 'guided' && change.action === 'create') {
    return told(errorDiagnostic('provider-person-first', { address, form: panelOf(situation) }));
  }
  return null;
}

async function carryOut(task: Task, config: ValueObject, call: Call): Promise<ApplyAnswer> {
  const { memory, situation, instance } = task;
  const { claims, dues, hub, readings } = instance;
  const { id, target } = situation;
  const change = withSecrets(situation, memory.again ?? []);
  const writes = change !== null && isRemoteChange(change);
  const due = memory.commitOpen === true || dues.holds(target, id, [id]);
  if (!writes && !due) return recorded(task, change);
  if (change !== null) await preflight(instance, change);
  const prepared = writes ? await preparedOf(task, change) : null;
  const creating = prepared?.write.action === 'create' ? prepared.pending : null;
  const announced: { claim: Claim | null } = { claim: null };
  const announce = async (): Promise<void> => {
    if (creating === null) return;
    const claim = { write: creating, at: new Date(hub.context.clock.now()).toISOString() };
    await claims.make(claim);
    announced.claim = claim;
  };
  const delivered = await hub.convoys.send({
    situation,
    prepared,
    readings,
    signal: call.signal,
    announce,
    dues,
  });
  await settleClaim(claims, announced.claim, delivered);
  if (delivered.result === 'done') return written(task, prepared, delivered);
  return waits(situation, delivered) ? deferredAnswer(task) : doubtful(task, config, delivered);
}

/** Only who has sent nothing takes back what he announced: an older claim is about what a killed run sent. */
async function settleClaim(
  claims: Claims,
  claim: Claim | null,
  { result, written }: Delivered,
): Promise<void> {
  if (claim === null) return;
  if (result === 'done') await claims.make({ ...claim, done: true });
  else if (written === 'nothing') claims.settle(claim.write.key);
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

import { AltaError, type Diagnostic, type StateEntry, toDiagnostic } from '../../model/index.ts';
import type { StateWriter } from '../../state/index.ts';
import { awayCodes } from '../targets/read.ts';
import type { Execution, Fate, Lane, Outcome } from './lane.ts';
import type { Scoreboard } from './scoreboard.ts';
import type { PreparedWrite } from './write.ts';

/** The journal or the lease failing ends the target. Answers what went wrong, null where nothing did. */
export async function orFatal(
  step: () => Promise<unknown>,
  address: string,
  fate: Fate,
): Promise<Diagnostic | null> {
  try {
    await step();
    return null;
  } catch (error) {
    const diagnostic = toDiagnostic(error, { address });
    fate.fatal ??= diagnostic;
    return diagnostic;
  }
}

/** One write, if nothing speaks against it by now. Never throws. */
export async function runWrite(
  lane: Lane,
  prepared: PreparedWrite,
  execution: Execution,
  board: Scoreboard,
  fate: Fate,
  broken: boolean,
): Promise<Outcome> {
  const { change } = prepared;
  const skip = (diagnostic: Diagnostic): Outcome => ({ change, result: 'skipped', diagnostic });
  const where = { address: change.address };
  if (fate.fatal !== null) return skip({ ...fate.fatal, ...where });
  if (broken) return skip(notice('deletes-wait', { target: lane.target.address }, where));
  const failed = await board.firstFailed(change.after, lane.target.address);
  if (failed !== null) return skip(notice('depends-on-failed', { on: failed }, where));
  // A phone whose extension has a new secret by now must get it: the chain is finished.
  const owed = board.rotates(change.after);
  if (execution.stop.aborted && !owed) return skip(notice('interrupted', {}, where));
  if (await execution.inUse(lane, change)) {
    return skip(
      notice('extension-in-use', { address: change.address, accounts: change.vacates ?? [] }, where),
    );
  }
  try {
    const whole = prepared.late
      ? await execution.complete(prepared, (target) => board.doneOn(target))
      : prepared;
    return await send(lane, whole, execution, fate);
  } catch (error) {
    return { change, result: 'failed', written: 'nothing', diagnostic: toDiagnostic(error, where) };
  }
}

/** Intent, call, outcome. */
async function send(
  lane: Lane,
  prepared: PreparedWrite,
  { writer, now }: Execution,
  fate: Fate,
): Promise<Outcome> {
  const { change, pending } = prepared;
  const { address } = change;
  let seq = 0;
  const announce = async (): Promise<void> => {
    seq = await writer.intent(pending);
  };
  const unannounced = await orFatal(announce, address, fate);
  if (unannounced !== null) {
    return { change, result: 'failed', written: 'nothing', diagnostic: { ...unannounced, address } };
  }
  try {
    await lane.session.apply(prepared.write);
  } catch (error) {
    return failedWrite(lane, prepared, seq, error, writer, fate);
  }
  const unnoted = await orFatal(() => writer.done(seq, stamped(prepared, now())), address, fate);
  if (unnoted === null) return { change, result: 'done', pending };
  return { change, result: 'failed', written: 'something', diagnostic: { ...unnoted, address } };
}

async function failedWrite(
  lane: Lane,
  { change }: PreparedWrite,
  seq: number,
  error: unknown,
  writer: StateWriter,
  fate: Fate,
): Promise<Outcome> {
  const { address } = change;
  const written = error instanceof AltaError ? (error.written ?? 'unknown') : 'unknown';
  const diagnostic = toDiagnostic(error, { address });
  if (error instanceof AltaError && endsTarget.has(error.code)) fate.fatal ??= diagnostic;
  // Without its lease a run has nothing to say in the journal: whoever holds it now reads the target.
  const deposed = error instanceof AltaError && error.code === 'lease-lost';
  if (!deposed) await orFatal(() => writer.failed(seq, written), address, fate);
  const away = lane.target.presence === 'sometimes' && awayCodes.has(diagnostic.code);
  const later = written === 'nothing' && (isForLater(diagnostic.code) || away);
  return { change, result: later ? 'deferred' : 'failed', written, diagnostic: { ...diagnostic, address } };
}

/** The target is there and cannot be disturbed now: the next apply tries again. */
export function isForLater(code: string): boolean {
  return code === 'device-in-call' || code === 'device-busy';
}

/** After these, nothing else sent to the same target could succeed, or it would do harm to try. */
const endsTarget: ReadonlySet<string> = new Set([
  'lease-lost',
  'unreachable',
  'wrong-credentials',
  'locked-out',
  'wrong-identity',
  'not-in-effect',
  'tls-untrusted',
  'tls-pin-mismatch',
  'tls-handshake',
  'ssh-host-key',
  'ssh-auth',
  'ssh-unreachable',
  'aborted',
]);

function stamped(prepared: PreparedWrite, now: string): StateEntry | null {
  const { after } = prepared.pending;
  return after === null ? null : { ...after, appliedAt: now };
}

function notice(
  code: 'deletes-wait' | 'depends-on-failed' | 'interrupted' | 'extension-in-use',
  params: Diagnostic['params'],
  where: { readonly address: string },
): Diagnostic {
  return { severity: 'warning', code, params, ...where };
}

import { AltaError } from '../../engine/model/index.ts';

/** A process of ours that is at work. */
export interface Member {
  /** In a process group of its own: the terminal's Ctrl-C does not reach it. */
  readonly apart: boolean;
  kill(signal: NodeJS.Signals): void;
}

/** The processes at work, and whether a signal told us to stop. */
export interface Crew {
  /** Aborted by the first signal: nothing new is started. */
  readonly stop: AbortSignal;
  /** Returns how to leave. After a signal whoever joins is told of it at once. */
  join(member: Member): () => void;
  dispose(): void;
}

/** Tells of signals: Ctrl-C is SIGINT. Returns how to stop listening. */
export type Signals = (listener: (signal?: NodeJS.Signals) => void) => () => void;

/**
 * Passes signals on, each exactly once for each process: SIGTERM, which only we get, to all; SIGINT, which a terminal gives to its whole
 * group, to those in a group of their own. SIGHUP is passed on as SIGTERM: Terraform ends in order at that, and dies of the other. We
 * ourselves wait for them: a provider that ends before Terraform leaves resources behind that no state knows.
 */
export function crewUnder(signals: Signals): Crew {
  const stop = new AbortController();
  const members = new Set<Member>();
  const tell = (member: Member, signal: NodeJS.Signals): void => {
    if (member.apart || signal !== 'SIGINT') member.kill(signal === 'SIGHUP' ? 'SIGTERM' : signal);
  };
  let last: NodeJS.Signals = 'SIGINT';
  const dispose = signals((signal = 'SIGINT') => {
    last = signal;
    stop.abort(new DOMException('interrupted', 'AbortError'));
    for (const member of members) tell(member, signal);
  });
  return {
    stop: stop.signal,
    join(member) {
      members.add(member);
      if (stop.signal.aborted) tell(member, last);
      return () => void members.delete(member);
    },
    dispose,
  };
}

/** @throws AltaError `command-interrupted` after a signal. */
export function demandRunning({ stop }: Crew): void {
  if (stop.aborted) throw new AltaError('command-interrupted', { command: 'alta terraform' });
}

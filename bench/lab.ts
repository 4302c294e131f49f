import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { childEnv } from './child.ts';
import type { Shape } from './fleet/shape.ts';
import type { FleetBox } from './fleet/workspace.ts';

/** A lab in a process of its own, so that its work does not count as ours. */
export interface LabProcess {
  /** Client → its box. */
  readonly boxes: Readonly<Record<string, FleetBox>>;
  /** Requests since the last call: path → count. */
  requests(): Promise<Readonly<Record<string, number>>>;
  stop(): Promise<void>;
}

const program = fileURLToPath(new URL('./programs/lab.js', import.meta.url));

export async function startLabProcess(shape: Shape): Promise<LabProcess> {
  const child = fork(program, [JSON.stringify(shape)], { env: childEnv });
  const { boxes } = (await messageOf(child)) as { boxes: LabProcess['boxes'] };
  return {
    boxes,
    requests: async () => {
      child.send('count');
      return ((await messageOf(child)) as { counts: Record<string, number> }).counts;
    },
    stop: async () => {
      child.disconnect();
      await once(child, 'exit');
    },
  };
}

async function messageOf(child: ChildProcess): Promise<unknown> {
  const [message] = await once(child, 'message');
  return message;
}

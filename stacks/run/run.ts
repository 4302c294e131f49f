import pLimit from 'p-limit';
import { runInTerminal } from './child.ts';
import { carryOut, prepare, type StackWork } from './client.ts';
import type { RunResult, TerraformRun, Written } from './contract.ts';
import { type Crew, crewUnder, demandRunning } from './crew.ts';
import { type Ending, endingOf } from './ending.ts';
import { refuseImpossible } from './objection.ts';
import { findProgram } from './program.ts';
import { openRelay } from './relay.ts';

/**
 * Runs one command of Terraform's in the stack of every client, with the drivers served from this process: one server for all of them.
 * Order: synthesis (for the backend) → `init` → `state pull` → synthesis again (`moved` and `import` blocks) → the command. What goes
 * wrong for one client leaves the others alone.
 *
 * @throws AltaError of {@link refuseImpossible} and {@link findProgram}; `command-interrupted` where a signal came before Terraform ran.
 */
export async function runTerraform(run: TerraformRun): Promise<RunResult> {
  refuseImpossible(run.asked, run.clients);
  const crew = crewUnder(run.signals);
  try {
    await findProgram(crew, run.program, { cwd: run.workspace, env: run.env });
    run.voice.stage('synthesise', null);
    const written = await run.synthesise(null);
    if (written.stacks.length === 0) return { diagnostics: written.diagnostics, endings: [] };
    demandRunning(crew);
    return await withServer(run, crew, (work) => inStacks(run, written, work));
  } finally {
    crew.dispose();
  }
}

/** Runs what concerns no client, such as `version`, once, in the workspace. Returns its exit code; null where a signal ended it. */
export async function runGeneral(
  run: Pick<TerraformRun, 'asked' | 'program' | 'env' | 'signals' | 'workspace' | 'person'>,
): Promise<number | null> {
  const crew = crewUnder(run.signals);
  const place = { cwd: run.workspace, env: run.env };
  try {
    await findProgram(crew, run.program, place);
    return await runInTerminal(crew, run.program, run.asked.args, place, run.person);
  } finally {
    crew.dispose();
  }
}

/** Terraform comes and goes between the two ends of the server. */
async function withServer<T>(
  run: TerraformRun,
  crew: Crew,
  work: (stack: StackWork) => Promise<T>,
): Promise<T> {
  const relay = await openRelay(run, crew);
  try {
    const served = await run.serve();
    try {
      return await work({ run, crew, reattach: served.reattach, alta: relay.program });
    } finally {
      await served.close();
    }
  } finally {
    await relay.close();
  }
}

async function inStacks(run: TerraformRun, first: Written, work: StackWork): Promise<RunResult> {
  const turns = pLimit(run.parallelism);
  // Terraform does not guard its plugin cache against several inits at once.
  const inits = run.env.TF_PLUGIN_CACHE_DIR === undefined ? turns : pLimit(1);
  const ready = await Promise.all(first.stacks.map((client) => inits(() => prepare(work, client))));
  demandRunning(work.crew);
  const states = ready.flatMap(({ client, state }) => (state === null ? [] : [[client, state] as const]));
  const written = run.asked.known ? await run.synthesise(new Map(states)) : first;
  const going = ready.filter(({ client, ending }) => ending === null && written.stacks.includes(client));
  const ended = await Promise.all(
    going.map(({ client }) => turns(() => carryOut(work, client).catch((error) => endingOf(client, error)))),
  );
  const unprepared = ready.flatMap(({ ending }) => ending ?? []);
  return { diagnostics: written.diagnostics, endings: inOrder(run.clients, [...unprepared, ...ended]) };
}

/** Every client has an ending. One without a stack has errors of its own, which were told with the stacks. */
function inOrder(clients: readonly string[], endings: readonly Ending[]): readonly Ending[] {
  const known = new Map(endings.map((ending) => [ending.client, ending]));
  return clients.map((client) => known.get(client) ?? { client, code: null, failure: null });
}

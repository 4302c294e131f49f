import { join } from 'node:path';
import { AltaError } from '../../engine/model/index.ts';
import { type Heard, hear, type Place, runInTerminal, runListening } from './child.ts';
import { withoutColour } from './colour.ts';
import type { TerraformRun } from './contract.ts';
import { type Crew, demandRunning } from './crew.ts';
import { type Ending, endingOf } from './ending.ts';
import { terraformEnvironment } from './environment.ts';
import { type LinePrinter, linePrinter } from './lines.ts';
import { refuseStalePlan } from './saved-plan.ts';

/** What the work on every stack shares. */
export interface StackWork {
  readonly run: TerraformRun;
  readonly crew: Crew;
  readonly reattach: object;
  /** What starts Alta. */
  readonly alta: string;
}

/** A stack whose backend is there. `ending` says what kept it from getting so far. */
export interface Prepared {
  readonly client: string;
  /** What `terraform state pull` said, empty where there is no state yet; null where it was not asked. */
  readonly state: string | null;
  readonly ending: Ending | null;
}

/** Initialises a stack, which Terraform demands wherever there is a backend, and asks for the state where it matters. Never throws. */
export async function prepare(work: StackWork, client: string): Promise<Prepared> {
  const { init, known } = work.run.asked;
  try {
    if (init) {
      work.run.voice.stage('prepare', client);
      await demand(work, client, ['init', '-input=false', '-no-color']);
    }
    const state = known ? (await demand(work, client, ['state', 'pull'])).out : null;
    return { client, state, ending: null };
  } catch (error) {
    return { client, state: null, ending: endingOf(client, error) };
  }
}

/**
 * Runs the command in the stack of a client.
 *
 * @throws AltaError `terraform-plan-stale`, `command-interrupted` where nothing was started.
 */
export async function carryOut(work: StackWork, client: string): Promise<Ending> {
  const { run, crew } = work;
  const { asked, voice } = run;
  const place = placeOf(work, client);
  if (asked.name === 'apply' && asked.planFile !== null) {
    await refuseStalePlan(client, place.cwd, asked.planFile);
  }
  demandRunning(crew);
  voice.stage('run', client);
  // Elsewhere its lines pass through our hands.
  const words = voice.color ? asked.args : withoutColour(asked, place.env);
  const code = hasTerminal(run)
    ? await runInTerminal(crew, run.program, words, place, run.person)
    : await inLines(work, client, place);
  return { client, code, failure: null };
}

async function inLines({ run, crew }: StackWork, client: string, place: Place): Promise<number | null> {
  const printers = { out: printer(run, client, 'out'), err: printer(run, client, 'err') };
  const code = await runListening(crew, run.program, run.asked.args, place, {
    out: (piece) => printers.out.write(piece),
    err: (piece) => printers.err.write(piece),
  });
  printers.out.end();
  printers.err.end();
  return code;
}

/** Runs a step of ours. What it says is shown only where it fails. */
async function demand(work: StackWork, client: string, args: readonly string[]): Promise<Heard> {
  const { run, crew } = work;
  demandRunning(crew);
  const heard = await hear(crew, run.program, args, placeOf(work, client));
  if (heard.code === 0) return heard;
  const shown = printer(run, client, 'err');
  shown.write(heard.out + heard.err);
  shown.end();
  throw new AltaError('terraform-step-failed', { client, step: `${args[0]}`, program: run.program });
}

function placeOf({ run, reattach, alta }: StackWork, client: string): Place {
  const { env, workspace, outdir } = run;
  const told = { client, reattach, program: alta, workspace, mayAsk: hasTerminal(run) };
  return { cwd: join(outdir, 'stacks', client), env: terraformEnvironment(env, told) };
}

function hasTerminal({ clients, terminal }: TerraformRun): boolean {
  return terminal && clients.length === 1;
}

/** One client needs no name before its lines. */
function printer({ clients, voice }: TerraformRun, client: string, stream: 'out' | 'err'): LinePrinter {
  const width = Math.max(...clients.map(({ length }) => length));
  const named = clients.length > 1 ? { client, width } : null;
  return linePrinter(named, (text) => voice.line(stream, text), voice.color);
}

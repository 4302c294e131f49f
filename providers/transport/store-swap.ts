import type { Sftp } from './sftp.ts';
import { PlaceError, type Stage } from './store-place.ts';

/** The paths of one replacement, and whether there is a file to replace. */
export interface Places {
  readonly temporary: string;
  readonly file: string;
  readonly aside: string;
  readonly isThere: boolean;
}

/**
 * In one step where the server can. Where it cannot, the old file steps aside first and comes back if the new one is refused. Whoever is
 * cut off in between leaves no file for the phone: the next reading finds the old one aside, and the next write puts things right.
 */
export async function putInPlace(
  sftp: Pick<Sftp, 'replace' | 'rename' | 'unlink'>,
  places: Places,
  stage: Stage,
): Promise<void> {
  const { temporary, file, aside, isThere } = places;
  if (await step(stage, 'nothing', () => sftp.replace(temporary, file))) return;
  if (isThere) await step(stage, 'nothing', () => sftp.rename(file, aside));
  try {
    await step(stage, isThere ? 'something' : 'nothing', () => sftp.rename(temporary, file));
  } catch (error) {
    if (isThere && !isLost(error)) await comeBack(sftp, places, stage);
    throw error;
  }
  stage.written = 'unknown';
  await sftp.unlink(aside).catch(() => {});
}

/** What went wrong before is what is told. */
async function comeBack(sftp: Pick<Sftp, 'rename'>, { file, aside }: Places, stage: Stage): Promise<void> {
  const back = await sftp.rename(aside, file).then(
    () => true,
    () => false,
  );
  if (back) stage.written = 'nothing';
}

/** While it is under way, and where its answer was lost, nobody knows whether it happened; where it was refused, `sofar` holds. */
async function step<T>(stage: Stage, sofar: Stage['written'], work: () => Promise<T>): Promise<T> {
  stage.written = 'unknown';
  try {
    const result = await work();
    stage.written = sofar;
    return result;
  } catch (error) {
    if (!isLost(error)) stage.written = sofar;
    throw error;
  }
}

/** The connection is gone, and with it every answer. */
export function isLost(error: unknown): boolean {
  return error instanceof PlaceError && error.kind === 'lost';
}

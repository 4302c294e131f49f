import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Lab, LabYeastar } from '../../../lab/index.ts';
import { startWorld } from '../run/world.ts';
import { alta, type Ended, type Running, type Surroundings, startAlta } from './alta.ts';

/** A technician's place: a workspace that points at a lab, and the command to run there. */
export interface Desk {
  readonly root: string;
  readonly lab: Lab;
  /** Declares these extensions of acme on `sede`; whatever else is given joins the document. */
  declare(extensions: readonly object[], over?: object): Promise<void>;
  /** Seals a SIP secret for each number. */
  passwords(numbers: readonly string[], pbx?: string): Promise<void>;
  pbx(name: string, over?: object): object;
  run(args: readonly string[], over?: Partial<Surroundings>): Promise<Ended>;
  start(args: readonly string[], over?: Partial<Surroundings>): Promise<Running>;
  read(filename: string): Promise<string>;
  write(filename: string, text: string | Uint8Array): Promise<void>;
  close(): Promise<void>;
}

export const sede: LabYeastar = { name: 'sede', edition: 'v2.0.0', extensions: 1 };

/** A password that every box takes. */
export const password = 'Kf7mQ2xRt-p9WbL4hZc6';

/** An extension of the YAML on `sede`. */
export function extension(number: string, over: object = {}): object {
  return { pbx: 'sede', number, name: `Puesto ${number}`, ...over };
}

export async function openDesk(boxes: readonly LabYeastar[] = [sede]): Promise<Desk> {
  const world = await startWorld(boxes);
  const { root, lab } = world;
  const where = (over: Partial<Surroundings>): Surroundings => ({ cwd: root, ...over });
  return {
    root,
    lab,
    declare: (extensions, over = {}) =>
      world.client({ pbx: { sede: world.pbx('sede') }, extensions, ...over }),
    passwords: async (numbers, pbx = 'sede') => {
      for (const number of numbers) await world.secret('values', `extensions/${pbx}/${number}/sip`, password);
    },
    pbx: world.pbx,
    run: (args, over = {}) => alta(args, where(over)),
    start: (args, over = {}) => startAlta(args, where(over)),
    read: (filename) => readFile(join(root, filename), 'utf8'),
    write: (filename, text) => writeFile(join(root, filename), text),
    close: world.close,
  };
}

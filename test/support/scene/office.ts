import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LabBoxControl, LabPhone, LabYeastar, LabYeastarService } from '../../../lab/index.ts';
import { goodSecret } from '../site.ts';
import type { SceneOptions } from './contract.ts';
import { type Scene, startScene } from './index.ts';

/** A client with one box of the S-Series, `sede`, on which are two extensions of others: 1000 and 1001. */
export interface Office {
  readonly scene: Scene<LabYeastarService>;
  readonly box: LabBoxControl;
  /** Declares extensions on it, by number or whole, and more of the client's file. Their SIP secrets are sealed where they are not yet. */
  declare(extensions: readonly (string | object)[], more?: object): Promise<void>;
  /** `update acme/pbx:sede/extension:2000` for each change of a plan. */
  changes(...args: readonly string[]): Promise<readonly string[]>;
  /** How often the box was asked for paths that hold this text. */
  asked(path: string): number;
}

export type OfficeOptions = Partial<Omit<SceneOptions<LabYeastar>, 'boxes'>> & {
  /** What differs from the usual box. */
  readonly box?: Partial<LabYeastar>;
  /** More of its block in the YAML. */
  readonly pbx?: object;
};

/** A phone that a program can set up. */
export const mesa: LabPhone = {
  name: 'mesa',
  generation: 'c',
  model: 'T54W',
  firmware: '96.86.0.70',
  tls: false,
};

export async function startOffice({ box, pbx, ...options }: OfficeOptions = {}): Promise<Office> {
  const usual: LabYeastar = { name: 'sede', edition: 'v2.0.0', extensions: 2, tls: false };
  const scene = await startScene({ ...options, boxes: [{ ...usual, ...box }] });
  const sealed = new Set<string>();
  const control = scene.lab.box('sede');
  return {
    scene,
    box: control,
    declare: async (extensions, more) => {
      const all = extensions.map((one) =>
        typeof one === 'string' ? extension(one) : { ...extension(''), ...one },
      );
      for (const { number } of all) {
        if (sealed.has(number)) continue;
        sealed.add(number);
        await scene.secret('values', `extensions/sede/${number}/sip`, goodSecret);
      }
      await scene.declare({ pbx: { sede: scene.pbx('sede', pbx) }, extensions: all, ...more });
    },
    changes: async (...args) =>
      (await scene.changes(...args)).map(({ actions, address }) => `${actions} ${address}`),
    asked: (path) => control.requests().entries.filter((entry) => entry.path.includes(path)).length,
  };
}

function extension(number: string) {
  return { pbx: 'sede', number, name: 'Puesto' };
}

/** The address of an extension there. */
export function at(number: string): string {
  return `acme/pbx:sede/extension:${number}`;
}

/** Creates of unknown outcome were sent so long ago that they can no longer appear: nobody waits for them. */
export async function later({ scene }: Pick<Office, 'scene'>): Promise<void> {
  const folder = join(scene.root, '.alta/terraform/acme');
  for (const name of await readdir(folder)) {
    const { key, note } = JSON.parse(await readFile(join(folder, name), 'utf8'));
    await writeFile(
      join(folder, name),
      JSON.stringify({ key, note: { ...note, at: '2026-01-01T00:00:00.000Z' } }),
    );
  }
}

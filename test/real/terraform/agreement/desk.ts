import { expect } from 'vitest';
import type { Change } from '../../../../engine/model/index.ts';
import type { LabBoxControl, LabPhoneControl } from '../../../../lab/index.ts';
import { plan } from '../../../support/commands.ts';
import { type Scene, startScene } from '../../../support/scene/index.ts';
import type { PbxKind } from '../../../support/scene/kinds.ts';
import { mesa } from '../../../support/scene/office.ts';
import { goodSecret } from '../../../support/site.ts';

/** What the client's file says, apart from where things are. */
export interface Declared {
  /** Label of the PBX. */
  readonly label: string;
  readonly extensions: readonly Readonly<Record<string, unknown>>[];
  /** More of the account in the phone's first line; null = the line is not declared. */
  readonly account: { readonly number: string; readonly label?: string } | null;
  readonly released?: readonly string[];
}

/** A client that either engine could own: both know everything there as theirs. */
export interface Desk {
  readonly scene: Scene;
  readonly box: LabBoxControl;
  readonly phone: LabPhoneControl;
  readonly kind: PbxKind;
  /** One extension, and the phone's first line with it. */
  readonly base: Declared;
  /** An extension of this number, with secrets of its own. */
  extension(number: string, over?: object): Readonly<Record<string, unknown>>;
  declare(declared: Declared, engine: 'alta' | 'terraform'): Promise<void>;
  alta(): Promise<readonly Change[]>;
  /** `update acme/pbx:sede/extension:10`, sorted; where the plan fails, `blocked acme/pbx:sede/extension:10`. */
  terraform(): Promise<readonly string[]>;
}

export async function openDesk(kind: PbxKind): Promise<Desk> {
  const scene = await startScene({ boxes: [kind.box], phones: [mesa] });
  // With one extension declared, a vanished one is all of them.
  await scene.server.restart({ ALTA_RECREATE: 'true' });
  const fields = Object.entries({ ...kind.secrets, sip: goodSecret });
  for (const number of [kind.number, kind.other]) {
    for (const [field, value] of fields) await scene.secret('values', `${number}-${field}`, value);
  }
  const extension: Desk['extension'] = (number, over) => ({
    number,
    name: 'Puesto',
    ...kind.extension(number),
    secrets: Object.fromEntries(fields.map(([field]) => [field, { secret: `${number}-${field}` }])),
    ...over,
  });
  return {
    scene,
    box: scene.lab.box('sede'),
    phone: scene.lab.phone('mesa'),
    kind,
    extension,
    base: { label: 'sede', extensions: [extension(kind.number)], account: { number: kind.number } },
    declare: (declared, engine) => scene.declare({ ...fileOf(scene, kind, declared), engine }),
    alta: async () => {
      const { plan: made, diagnostics } = await plan(scene);
      expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
      return made?.clients.flatMap((client) => client.changes) ?? [];
    },
    terraform: () => inTerraform(scene),
  };
}

function fileOf(scene: Scene, { pbx }: PbxKind, { label, extensions, account, released }: Declared): object {
  const accounts =
    account === null
      ? []
      : [
          {
            line: 1,
            extension: `${label}/${account.number}`,
            ...(account.label && { label: account.label }),
          },
        ];
  return {
    pbx: { [label]: scene.pbx('sede', pbx) },
    extensions: extensions.map((one) => ({ pbx: label, ...one })),
    devices: [scene.device('mesa', accounts)],
    ...(released === undefined ? {} : { released }),
  };
}

const blocked = /\[provider-blocked · (\S+)\]/g;

/** A plan of Terraform has no blocked change: it fails, and says of which. */
async function inTerraform(scene: Scene): Promise<readonly string[]> {
  const { output, changes } = await scene.planned();
  if (changes !== null) return changes.map(({ actions, address }) => `${actions} ${address}`).sort();
  const found = [...output.matchAll(blocked)].map(([, address]) => `blocked ${address}`);
  expect(found, output).not.toEqual([]);
  return found;
}

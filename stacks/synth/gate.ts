import { digestOf } from '../../engine/model/index.ts';
import type { Placed } from './adopt.ts';
import type { HandOff } from './hand-off.ts';
import { wishOf } from './hand-off.ts';
import type { HandOffBlock, StackBlock } from './model.ts';
import { literal } from './template.ts';

/** Names of ours hold a `_`. */
const gateName = 'verified';

/**
 * The step that proves the rest: created after everything else, again whenever anything desired changed. `alta verify` decides whether the
 * apply succeeds; where it fails, Terraform marks the step as tainted and the next plan asks again. `ALTA_PROGRAM` is the program to start
 * (default: `alta` on PATH), `ALTA_WORKSPACE` its workspace (default: the nearest folder upwards with alta.yaml).
 */
export function gateOf(
  client: string,
  placed: readonly Placed[],
  handOffs: readonly HandOff[],
  blocks: readonly StackBlock[],
): HandOffBlock {
  const wishes = Object.fromEntries(placed.map(({ id, desired }) => [id, wishOf(desired)]));
  const vouched = Object.fromEntries(handOffs.map(({ id, attested }) => [id, attested]));
  return {
    type: 'null_resource',
    name: gateName,
    dependsOn: blocks.map(({ type, name }) => `${type}.${name}`).sort(),
    triggers: { digest: digestOf({ wishes, vouched }) },
    command: literal(
      `"\${ALTA_PROGRAM:-alta}" verify --client ${client} \${ALTA_WORKSPACE:+--workspace "$ALTA_WORKSPACE"}`,
    ),
  };
}

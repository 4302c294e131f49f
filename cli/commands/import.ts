import { AltaError, type Lang } from '../../engine/model/index.ts';
import { withEngine } from '../context.ts';
import { showEdits } from '../edits.ts';
import { placeholder } from '../help.ts';
import type { Run } from '../shell.ts';

/** `alta import acme/pbx:sede [NUMBER…]`: writes into the YAML what a PBX has already. */
export const run: Run = async (shell) => {
  const [target = '', ...numbers] = shell.args;
  const { client, pbx } = targetOf(target, shell.lang);
  const dryRun = shell.flags.dryRun === true;
  const engine = await shell.host.engine();
  const result = await withEngine(shell, ({ context }) => {
    return engine.importTarget(context, { client, pbx, numbers, dryRun });
  });
  return showEdits(shell, result, dryRun);
};

/** `acme/pbx:sede`, or short `acme/sede`. */
function targetOf(address: string, lang: Lang): { client: string; pbx: string } {
  const [, client, pbx] = /^([^/:]+)\/(?:pbx:)?([^/:]+)$/.exec(address) ?? [];
  if (client !== undefined && pbx !== undefined) return { client, pbx };
  throw new AltaError('argument-value', {
    argument: placeholder('<target>', lang),
    value: address,
    expected: 'acme/pbx:sede',
  });
}

import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Cost, runNode } from '../child.ts';
import { writeFleet } from '../fleet/workspace.ts';
import { altaByName } from '../product.ts';
import { type Group, processRow } from '../row.ts';
import { inTurns } from '../sample.ts';

const nobody = {
  driver: 'yeastar',
  url: 'https://192.0.2.10:8088',
  pin: null,
  username: 'api',
  password: 'unused',
};

/** How long a person waits for the shortest commands, as they type them. */
export const startup: Group = async ({ rounds, folder, say }) => {
  say('start');
  const cwd = await folder('one-client');
  await writeFleet(cwd, { clients: 1, extensions: 100, secrets: 2 }, () => nobody);
  const bare = () => runNode(['-e', '0'], { cwd });
  const against = async (ours: () => Promise<Cost>) => {
    await ours();
    const times = await inTurns(rounds, ours, bare);
    return [times.ours, { name: 'node -e 0', costs: times.floor }] as const;
  };
  const cold = async () => {
    await rm(join(cwd, '.alta', 'cache'), { recursive: true, force: true });
    return altaByName(['validate'], { cwd });
  };
  return [
    processRow('alta --version', '≤ 150 ms', ...(await against(() => altaByName(['--version'], { cwd })))),
    processRow(
      'validate, 1 client of 100, warm',
      '≤ 400 ms',
      ...(await against(() => altaByName(['validate'], { cwd }))),
    ),
    processRow('validate, 1 client of 100, cold', '≤ 400 ms', ...(await against(cold))),
  ];
};
